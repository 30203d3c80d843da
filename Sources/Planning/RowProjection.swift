import Catalog
import Checks
import StructuredSQL

/// What of a failing row leaves the server, and how: all columns or the chosen ones, personal ones masked by the server.
struct RowProjection {
    /// Name of the row while it becomes JSON.
    static let alias = "assay:row"
    /// The row itself, even if one of its columns has the name.
    private static let whole: SQL = "\(identifier: alias).*"

    private let relation: Relation?
    private let check: Check

    init(_ planned: PlannedCheck) {
        relation = planned.relation
        check = planned.check
    }

    /// The row of the dataset as JSON text, its columns in their order.
    var json: SQL {
        let kept = check.keptColumns.map { Set($0 + key + check.columns) }
        let columns = (relation?.columns ?? []).filter { kept?.contains($0.name) ?? true }
        return object(of: columns) ?? "'{}'"
    }

    /// The row's key as JSON text, masked like the row; NULL if the dataset has none.
    var keyJSON: SQL {
        object(of: key.compactMap { relation?.column(named: $0) }) ?? "NULL"
    }

    /// The suite's key, else the primary key.
    private var key: [String] {
        check.dataset.key.isEmpty ? relation?.primaryKey ?? [] : check.dataset.key
    }

    /// The columns of a whole row for people, masked like the JSON; `*` where nothing is left out or masked.
    var selectList: SQL {
        let columns = relation?.columns ?? []
        guard !check.dataset.masking.isEmpty || columns.contains(where: { !$0.isSelectable }) else { return "*" }
        return list(of: columns).joined(separator: ", ")
    }

    private func object(of columns: [Column]) -> SQL? {
        let list = list(of: columns)
        guard !list.isEmpty else { return nil }
        if relation?.isSharded == true, columns.count <= Self.maximumPairs {
            // Engines that send parts of a statement elsewhere do not send a subquery in its list.
            let pairs: [SQL] = columns.compactMap { column in
                value(of: column).map { "\(bind: column.name)::pg_catalog.text, \($0)" }
            }
            return "pg_catalog.json_build_object(\(pairs.joined(separator: ", ")))::pg_catalog.text"
        }
        return
            "(SELECT pg_catalog.row_to_json(\(Self.whole)) FROM (SELECT \(list.joined(separator: ", "))) AS \(identifier: Self.alias))"
    }

    private func list(of columns: [Column]) -> [SQL] {
        columns.compactMap { column in
            value(of: column).map { value in
                check.dataset.masking[column.name] == nil ? value : "\(value) AS \(identifier: column.name)"
            }
        }
    }

    /// The column as it may leave the server; `nil` if it must not.
    private func value(of column: Column) -> SQL? {
        guard column.isSelectable else { return nil }
        return switch check.dataset.masking[column.name] {
        case nil: "\(identifier: column.name)"
        case .drop?: nil
        case let rule?: rule.masked("\(identifier: column.name)::pg_catalog.text")
        }
    }

    /// A function takes 100 arguments.
    private static let maximumPairs = 50

    /// Key and row of a query of the user's own as JSON text; its columns are known by name only.
    var queryJSON: (key: SQL, row: SQL) {
        let row = maskedRow
        guard !key.isEmpty else { return ("NULL", row) }
        let parts: [SQL] = key.map {
            "\(bind: $0)::pg_catalog.text, (\(row))::pg_catalog.jsonb -> \(bind: $0)::pg_catalog.text"
        }
        return ("pg_catalog.jsonb_build_object(\(parts.joined(separator: ", ")))::pg_catalog.text", row)
    }

    private var maskedRow: SQL {
        var rules = check.dataset.masking
        // What a kind's query calls "value" are values of the check's column.
        if !(check.kind is CustomQuery) {
            let strictest = check.columns.compactMap { check.dataset.masking[$0] }.max { $1.isStricter(than: $0) }
            for name in ["value", relation?.unusedName("value") ?? "value"] { rules[name] = strictest ?? rules[name] }
        }
        let masking = rules.sorted { $0.key < $1.key }
        let row: SQL
        if let columns = check.keptColumns {
            let names = SQLArray.text(columns + key)
            row = """
                (SELECT coalesce(pg_catalog.jsonb_object_agg("assay:name", pg_catalog.to_jsonb(\(Self.whole)) -> "assay:name")
                    FILTER (WHERE pg_catalog.jsonb_exists(pg_catalog.to_jsonb(\(Self.whole)), "assay:name")), '{}')
                FROM pg_catalog.unnest(\(bind: names)::pg_catalog.text[]) AS "assay:names" ("assay:name"))
                """
        } else {
            guard !masking.isEmpty else { return "pg_catalog.row_to_json(\(Self.whole))" }
            row = "pg_catalog.to_jsonb(\(Self.whole))"
        }
        var result: SQL = row
        for (column, rule) in masking {
            result = "(\(result) - \(bind: column)::pg_catalog.text)"
            guard rule != .drop else { continue }
            let value: SQL = "(\(row) ->> \(bind: column)::pg_catalog.text)"
            result = """
                (\(result) || CASE WHEN pg_catalog.jsonb_exists(\(row), \(bind: column)::pg_catalog.text) \
                THEN pg_catalog.jsonb_build_object(\(bind: column)::pg_catalog.text, \(rule.masked(value))) \
                ELSE '{}'::pg_catalog.jsonb END)
                """
        }
        return "(\(result))::pg_catalog.text"
    }
}

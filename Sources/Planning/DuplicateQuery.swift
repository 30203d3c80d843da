import Catalog
import Checks
import StructuredSQL

/// Finds rows that share their key with another row.
///
/// On one server a hash aggregation counts, and a window with the same grouping brings the rows. Where rows of one key
/// may be on several servers, only keys that occur more than once are put together, and rows are looked up by them: a
/// window there would bring every row to one server.
struct DuplicateQuery {
    let relation: Relation
    let columns: [String]
    let nulls: NullPolicy
    /// Columns within whose values keys are compared; NULLs of theirs are equal.
    var groups: [String] = []

    /// The number of rows that share a key.
    private var count: SQL { "\(identifier: relation.unusedName("count"))" }

    private var names: SQL { (groups + columns).map { "\(identifier: $0)" as SQL }.joined(separator: ", ") }

    private var isTogether: Bool { !groups.isEmpty || relation.keepsTogether(columns) }

    /// Whether so many rows with a key fail; with `nulls: pass`, a key with a NULL in it is never shared.
    private func isShared(_ count: SQL) -> SQL {
        let several: SQL = "\(count) > 1"
        guard nulls == .pass else { return several }
        return ([several] + columns.map { "\(identifier: $0) IS NOT NULL" }).joined(separator: " AND ")
    }

    /// Rows that fail and rows looked at.
    func count(in rows: SQL) -> SQL {
        guard isTogether else {
            return """
                SELECT coalesce(sum(\(count)), 0), (SELECT count(*) FROM \(rows))
                FROM (SELECT \(names), count(*) AS \(count) FROM \(rows) GROUP BY \(names) HAVING \(isShared("count(*)")))
                    AS assay_groups
                """
        }
        return """
            SELECT coalesce(sum(\(count)) FILTER (WHERE \(isShared(count))), 0), coalesce(sum(\(count)), 0)
            FROM (SELECT \(names), count(*) AS \(count) FROM \(rows) GROUP BY \(names)) AS assay_groups
            """
    }

    /// What a statement that reads ``rows(in:)`` begins with.
    func beginning(in rows: SQL) -> SQL {
        guard !isTogether else { return SQL() }
        return """
            WITH \(identifier: KeyTable.name) AS MATERIALIZED
                (SELECT \(names) FROM \(rows) GROUP BY \(names) HAVING \(isShared("count(*)")))

            """
    }

    /// The failing rows themselves, as a relation.
    func rows(in rows: SQL) -> SQL {
        guard isTogether else {
            let conditions: [SQL] = columns.map { column in
                let equality = KeyTable.equality(on: column, of: relation, nulls: nulls)
                return "\(identifier: KeyTable.name, column) \(equality) \(identifier: "assay_rows", column)"
            }
            return """
                (SELECT \(readable) FROM \(rows)) AS assay_rows
                WHERE EXISTS (SELECT 1 FROM \(identifier: KeyTable.name) WHERE \(conditions.joined(separator: " AND ")))
                ORDER BY \(names)
                """
        }
        return """
            (SELECT \(readable), count(*) OVER (PARTITION BY \(names)) AS \(count) FROM \(rows)) AS assay_rows
            WHERE \(isShared(count))
            ORDER BY \(names)
            """
    }

    /// The columns that the role may read.
    private var readable: SQL {
        let columns = relation.columns
        guard columns.contains(where: { !$0.isSelectable }) else { return "*" }
        return columns.filter(\.isSelectable).map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
    }
}

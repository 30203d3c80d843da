import Catalog
import StructuredSQL

/// Parts of the queries that kinds make of their own.
extension Subject {
    /// A name for a column of the query's own, quoted: one that no column of the dataset has.
    func own(_ name: String) -> SQL { "\(identifier: relation.unusedName(name))" }

    /// What a column of a query's result is called: `name`, unless a column by which rows are grouped is.
    func label(_ name: String) -> SQL { groups.contains { $0.name == name } ? own(name) : "\(identifier: name)" }

    /// The columns of a whole row that the role may read.
    var wholeRow: SQL {
        relation.columns.filter(\.isSelectable).map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
    }

    /// The columns of ``groups``, each with a comma behind it, to begin a select list or GROUP BY with.
    var groupPrefix: SQL { groups.map { "\(identifier: $0.name), " as SQL }.joined(separator: "") }

    /// The columns of ``groups`` and ``columns``, each once.
    var groupedColumnList: SQL {
        let names = Set(groups.map(\.name))
        let all = groups + columns.filter { !names.contains($0.name) }
        return all.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
    }

    /// PARTITION BY the groups and further columns; nothing where there are none.
    func partition(by further: [SQL] = []) -> SQL {
        let all: [SQL] = groups.map { "\(identifier: $0.name)" } + further
        return all.isEmpty ? "" : "PARTITION BY \(all.joined(separator: ", ")) "
    }

    /// Whole rows for which a condition holds on what window functions say of each.
    ///
    /// - Parameters:
    ///   - derived: Names from ``own(_:)`` and what they stand for.
    ///   - rows: Only these rows take part; `nil` means all.
    ///   - condition: True where the row fails.
    /// - Returns: A query.
    func rows(deriving derived: [(name: SQL, value: SQL)], among rows: SQL? = nil, where condition: SQL) -> SQL {
        let added: [SQL] = derived.map { ", \($0.value) AS \($0.name)" }
        return """
            SELECT \(wholeRow) FROM (
                SELECT \(wholeRow)\(added.joined(separator: "")) FROM \(self.rows(and: rows))
            ) AS judged WHERE \(condition)
            """
    }

    /// Whole rows whose text is one of several that come to the same.
    ///
    /// - Parameters:
    ///   - text: The text of a row.
    ///   - form: What makes texts alike.
    ///   - rows: Only these rows take part.
    /// - Returns: A query.
    func rows(havingSeveral text: SQL, alike form: SQL, among rows: SQL) -> SQL {
        let (first, last) = (own("first"), own("last"))
        // Byte by byte: a locale may take two spellings for the same.
        let exact: SQL = "(\(text)) COLLATE pg_catalog.\"C\""
        let window: SQL = "OVER (\(partition(by: [form])))"
        return self.rows(
            deriving: [(first, "min(\(exact)) \(window)"), (last, "max(\(exact)) \(window)")],
            among: rows, where: "\(first) <> \(last)")
    }

    /// Columns that a parameter names.
    func columns(named names: [String], of parameter: String) throws(SubjectError) -> [SQL] {
        var result: [SQL] = []
        for name in names {
            guard relation.column(named: name) != nil else {
                throw SubjectError("column \"\(name)\" of \"\(parameter)\" does not exist in \(relation.name)")
            }
            result.append("\(identifier: name)")
        }
        return result
    }

    /// A list of values in a column's type, as a query of one column `value`; with groups, the list for each of them.
    func wanted(_ values: [String], in column: Column) -> SQL {
        let list: SQL = "pg_catalog.unnest(\(bind: SQLArray.text(values))::\(listed(column).type)[])"
        guard !groups.isEmpty else { return "SELECT wanted.\"value\" FROM \(list) AS wanted (\"value\")" }
        let names = groups.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        return """
            SELECT \(groupPrefix)\(own("wanted")) AS \(label("value")) FROM (SELECT DISTINCT \(names) FROM \(rows)) AS present \
            CROSS JOIN \(list) AS wanted (\(own("wanted")))
            """
    }

    /// A column's value and its type, without a length or scale that would cut values which are compared with it.
    func listed(_ column: Column) -> (value: SQL, type: SQL) {
        let plain: SQL = "\(identifier: column.name)"
        if column.type.category == .string || comparable(column) != plain {
            return (text(of: column), "pg_catalog.text")
        }
        guard column.type.isBuiltIn, let open = column.type.formatted.firstIndex(of: "("),
            let close = column.type.formatted.firstIndex(of: ")")
        else { return (plain, column.type.sql) }
        var formatted = column.type.formatted
        formatted.removeSubrange(open...close)
        return (plain, SQL(quotedByServer: formatted))
    }

    /// The relation as a value of type `regclass`.
    var regclass: SQL { relation.regclass }

    /// True where every one of ``columns`` has a value.
    var allPresent: SQL { columns.allPresent }

    /// The different values of ``columns`` that are not NULL, ready to stand after FROM: one row for each, by group.
    ///
    /// - Parameter rows: The name of the column with the number of rows that have the value, from ``own(_:)``.
    /// - Returns: A derived table.
    func countedValues(_ rows: SQL) -> SQL {
        let list = groupedColumnList
        return "(SELECT \(list), count(*) AS \(rows) FROM \(self.rows(and: allPresent)) GROUP BY \(list)) AS counted"
    }

    /// The relation, its partitions and children, as a query of their oids in a column `oid`.
    ///
    /// By inheritance and not by `pg_partition_tree`, which would lock every partition until the run is over.
    var treeOids: SQL {
        """
        WITH RECURSIVE tree (oid) AS (
            SELECT \(regclass)::pg_catalog.oid
            UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN tree ON tree.oid = i.inhparent
        ) SELECT oid FROM tree
        """
    }

    /// Whether a number of this column is one that arithmetic can use: neither NaN nor infinite.
    func isFinite(_ column: Column) -> SQL {
        guard column.type.hasNaN else { return "\(identifier: column.name) IS NOT NULL" }
        return "\(identifier: column.name) NOT IN ('NaN', 'Infinity', '-Infinity')"
    }
}

extension [Column] {
    /// True where every one of them has a value.
    var allPresent: SQL { map { "\(identifier: $0.name) IS NOT NULL" as SQL }.joined(separator: " AND ") }
}

import Catalog
import StructuredSQL

/// Counts the different combinations of values in columns; a NULL makes no combination.
struct DistinctQuery {
    let relation: Relation
    let columns: [String]

    /// Grouping hashes and runs in parallel, where `count(DISTINCT …)` sorts and does not.
    func statement(in rows: (_ condition: SQL) -> SQL) -> SQL {
        let names = columns.map { "\(identifier: $0)" as SQL }.joined(separator: ", ")
        let present: [SQL] = columns.map { "\(identifier: $0) IS NOT NULL" }
        // Servers that hand each other rows cannot do so with rows of no column.
        let list: SQL = relation.isSharded ? "\(names) " : ""
        let groups: SQL = "SELECT \(list)FROM \(rows(present.joined(separator: " AND "))) GROUP BY \(names)"
        return "SELECT count(*) FROM (\(groups)) AS groups"
    }

    /// The same by sorting, for one column of machine words and many values: less work than a hash table of them.
    func sortingStatement(in rows: SQL, ignoringCosts: Bool) -> SQL? {
        guard columns.count == 1, !relation.isSharded, let column = relation.column(named: columns[0]),
            column.type.isWord, let statistics = column.statistics,
            statistics.distinctCount > Self.manyValues || ignoringCosts
        else { return nil }
        return "SELECT count(DISTINCT \(identifier: column.name)) FROM \(rows)"
    }

    private static let manyValues = 50_000.0
}

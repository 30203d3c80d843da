import Catalog
import Checks
import StructuredSQL

/// Finds rows that share their key with another row.
struct DuplicateQuery {
    let relation: Relation
    let columns: [String]
    let nulls: NullPolicy

    /// The number of rows that share a key.
    private var count: SQL { "\(identifier: relation.unusedName("count"))" }

    private var names: SQL { columns.map { "\(identifier: $0)" as SQL }.joined(separator: ", ") }

    /// With `nulls: pass`, a key with a NULL in it is never shared.
    private var isComparable: SQL? {
        guard nulls == .pass else { return nil }
        return columns.map { "\(identifier: $0) IS NOT NULL" as SQL }.joined(separator: " AND ")
    }

    /// Whether a row of so many with its key fails.
    private var isShared: SQL {
        let several: SQL = "\(count) > 1"
        return isComparable.map { "\(several) AND \($0)" } ?? several
    }

    /// Rows that fail and rows looked at; one hash aggregation, no sort.
    func count(in rows: SQL) -> SQL {
        """
        SELECT coalesce(sum(\(count)) FILTER (WHERE \(isShared)), 0), coalesce(sum(\(count)), 0)
        FROM (SELECT \(names), count(*) AS \(count) FROM \(rows) GROUP BY \(names)) AS assay_groups
        """
    }

    /// The failing rows themselves, as a relation: the same grouping as a window, so that it finds the same rows.
    func rows(in rows: SQL) -> SQL {
        """
        (SELECT \(readable), count(*) OVER (PARTITION BY \(names)) AS \(count) FROM \(rows)) AS assay_rows
        WHERE \(isShared)
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

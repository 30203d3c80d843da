import Checks
import StructuredSQL

/// Conditions that pick the failing rows, in the one form that counting and fetching share.
enum RowCondition {
    /// The violation, looked at only where the filter holds.
    ///
    /// SQL promises no order for AND; CASE does. A division that the filter keeps safe stays safe, fused or alone.
    static func guarded(_ violation: SQL, filter: SQL?) -> SQL {
        guard let filter else { return violation }
        return "CASE WHEN (\(filter)) THEN (\(violation)) ELSE false END"
    }

    /// The same for WHERE: with the filter a second time where an index can use it, and for what was counted apart in the
    /// count's own form, which the server turns into an anti-join.
    static func selecting(_ violation: SQL, _ behaviour: AggregateClass, filter: SQL?) -> SQL {
        guard let filter else { return "(\(violation))" }
        return behaviour.isShared
            ? "(\(filter)) AND \(guarded(violation, filter: filter))" : "(\(filter)) AND (\(violation))"
    }
}

/// Finds rows that share their key with another row.
struct DuplicateQuery {
    var columns: [String]
    var nulls: NullPolicy

    /// Name of the number of rows that share a key; one that no column has.
    private static let count = "assay:count"

    private var names: SQL { columns.map { "\(identifier: $0)" as SQL }.joined(separator: ", ") }

    /// With `nulls: pass`, a key with a NULL in it is never shared.
    private var isComparable: SQL? {
        guard nulls == .pass else { return nil }
        return columns.map { "\(identifier: $0) IS NOT NULL" as SQL }.joined(separator: " AND ")
    }

    /// Whether a row of so many with its key fails.
    private var isShared: SQL {
        let several: SQL = "\(identifier: Self.count) > 1"
        return isComparable.map { "\(several) AND \($0)" } ?? several
    }

    /// Rows that fail and rows looked at; one hash aggregation, no sort.
    func count(in rows: SQL) -> SQL {
        """
        SELECT coalesce(sum(\(identifier: Self.count)) FILTER (WHERE \(isShared)), 0), coalesce(sum(\(identifier: Self.count)), 0)
        FROM (SELECT \(names), count(*) AS \(identifier: Self.count) FROM \(rows) GROUP BY \(names)) AS assay_groups
        """
    }

    /// The failing rows themselves, as a relation: the same grouping as a window, so that it finds the same rows.
    func rows(in rows: SQL) -> SQL {
        """
        (SELECT *, count(*) OVER (PARTITION BY \(names)) AS \(identifier: Self.count) FROM \(rows)) AS assay_rows
        WHERE \(isShared)
        ORDER BY \(names)
        """
    }
}

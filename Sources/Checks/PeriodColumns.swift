import Catalog
import StructuredSQL

/// Two columns that bound a period, or one of a range type, and the key whose periods are compared.
struct PeriodColumns {
    static let parameters = [Parameter("per", .columns, "the key; all rows are compared if not given")]
    static let semantics = """
        Takes a start and an end, or one column of a range type. The start belongs to a period, the end does not, unless a \
        range says otherwise; NULL is open. Periods that end where they start, or before, are left out; so are rows with a NULL in the key. Sorts the rows.
        """

    private let subject: Subject
    private let key: [SQL]
    private let start: SQL
    private let end: SQL
    private let isEmpty: SQL
    /// Whether the start and the end belong to the period.
    private let (startBelongs, endBelongs): (SQL, SQL)

    init(_ subject: Subject, key: [String]) throws(SubjectError) {
        self.subject = subject
        self.key = try subject.columns(named: key, of: "per")
        let names: [SQL] = subject.columns.map { "\(identifier: $0.name)" }
        switch names.count {
        case 1 where subject.columns[0].type.baseName.hasSuffix("range"):
            (start, end) = ("lower(\(names[0]))", "upper(\(names[0]))")
            isEmpty = "coalesce(isempty(\(names[0])), true)"
            (startBelongs, endBelongs) = ("lower_inc(\(names[0]))", "upper_inc(\(names[0]))")
        case 2:
            let comparable = try subject.comparableColumns()
            (start, end) = (comparable[0], comparable[1])
            isEmpty = "coalesce(\(end) <= \(start), false)"
            (startBelongs, endBelongs) = ("true", "false")
        default: throw SubjectError("a period has a start and an end, or one column of a range type")
        }
    }

    /// Names of what is known of each row: its bounds, the latest end before it, whether one before it is open, and the row
    /// after it.
    private var from: SQL { subject.own("from") }
    private var to: SQL { subject.own("to") }
    private var latest: SQL { subject.own("latest") }
    private var isOpen: SQL { subject.own("open") }
    private var place: SQL { subject.own("place") }
    private var next: SQL { subject.own("next") }
    private var hasNext: SQL { subject.own("has_next") }
    /// The latest end before it that belongs to its period, and whether this row and the next meet where both belong.
    private var latestInside: SQL { subject.own("latest_inside") }
    private var begins: SQL { subject.own("begins") }
    private var meetsNext: SQL { subject.own("meets_next") }

    /// Whether a row overlaps one before it or the one after it, which begins first of all that follow.
    var overlaps: SQL {
        """
        \(place) > 1 AND (\(from) IS NULL OR \(isOpen) OR \(latest) > \(from) OR \(latestInside) = \(from) AND \(begins)) \
        OR \(hasNext) AND (\(to) IS NULL OR \(next) IS NULL OR \(next) < \(to) OR \(meetsNext))
        """
    }

    /// Whether nothing before a row reaches to it.
    var followsGap: SQL { "\(place) > 1 AND NOT \(isOpen) AND \(from) > \(latest)" }

    /// Whole rows for which a condition holds.
    func failing(where condition: SQL) -> SQL {
        let order: SQL = "\(subject.partition(by: key))ORDER BY \(start) NULLS FIRST, \(end) NULLS LAST"
        let before: SQL = "\(order) ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
        let present: [SQL] = key.map { "\($0) IS NOT NULL" } + ["NOT (\(isEmpty))"]
        return subject.rows(
            deriving: [
                (from, start), (to, end), (latest, "max(\(end)) OVER (\(before))"),
                (isOpen, "coalesce(bool_or(\(end) IS NULL) OVER (\(before)), false)"),
                (place, "row_number() OVER (\(order))"), (next, "lead(\(start)) OVER (\(order))"),
                (hasNext, "lead(true, 1, false) OVER (\(order))"),
                (latestInside, "max(CASE WHEN \(endBelongs) THEN \(end) END) OVER (\(before))"), (begins, startBelongs),
                (
                    meetsNext,
                    "lead(\(start)) OVER (\(order)) = \(end) AND \(endBelongs) AND lead(\(startBelongs)) OVER (\(order))"
                ),
            ],
            among: present.joined(separator: " AND "), where: condition)
    }
}

import Catalog
import ExactJSON
import StructuredSQL

/// The distribution of a column's values, beside the one it is compared with.
///
/// The baseline is another relation, other rows of the same one, both, or what an earlier run recorded. Groups are compared
/// with the same groups there.
package struct Baseline: Sendable {
    private let other: OtherTable?
    private let filter: SQL?
    private let column: String?
    let bins: Int?
    let edges: [String]
    let fewest: Int
    /// The run whose histogram is the baseline; `nil` where it is in the database.
    package let recorded: RecordedHistogram.Choice?

    static let relationParameters = [
        Parameter("baseline", .relation, "the relation to compare with; the dataset itself if not given"),
        Parameter("baseline_where", .expression, "only its rows for which this holds, such as at < :window_start"),
        Parameter("baseline_column", .column, "its column; the one of the same name if not given"),
    ]

    static let runParameter = Parameter(
        "baseline_run", .choice(RecordedHistogram.Choice.allCases.map(\.rawValue)),
        "compare with what an earlier run of this check recorded instead: the first, or the previous one")

    static let leastRows = Parameter(
        "min_rows", .count, "the fewest values on each side, below which nothing is computed; 30 if not given")

    static let binParameters = [
        Parameter(
            "bins", .count,
            "numbers are sorted into so many bins, equally full in the baseline; 10 if not given, 0 takes each for itself"
        ),
        Parameter("edges", .values, "the bins' edges instead, ascending; an edge belongs to the bin above it"),
    ]

    static let semantics = """
        NULL is left out on both sides; a group is compared with the same group there. What runs record is not by group, and \
        steps of a backfill are compared with what was recorded before it began. With fewer values than min_rows on a \
        side the value is NULL, which is an error unless on_empty says else.
        """

    init(_ arguments: Arguments) throws(ArgumentError) {
        other = arguments.text("baseline") == nil ? nil : try OtherTable(arguments, parameter: "baseline")
        filter = arguments.expression("baseline_where")?.sql
        column = arguments.text("baseline_column")
        bins = arguments.count("bins")
        edges = arguments.list("edges") ?? []
        fewest = arguments.count("min_rows") ?? 30
        recorded = arguments.text("baseline_run").flatMap(RecordedHistogram.Choice.init)
        if recorded != nil {
            for name in ["baseline", "baseline_where", "baseline_column"] where arguments.values[name] != nil {
                throw ArgumentError(name, "\"baseline_run\" and \"\(name)\" are two baselines")
            }
        } else if other == nil, filter == nil {
            throw ArgumentError(
                nil, "there is nothing to compare with",
                hint: "Give baseline, baseline_where or both, or baseline_run where the kind takes it.")
        }
        if bins != nil, !edges.isEmpty { throw ArgumentError("edges", "\"bins\" and \"edges\" are two ways to say it") }
        try Arguments.requireAscending(edges, of: "edges")
        if bins == 1 { throw ArgumentError("bins", "a single bin holds everything, on both sides") }
    }

    var candidates: [RelationName] { other?.candidates ?? [] }

    /// Whether the column's numbers are sorted into bins.
    func isBinned(_ column: Column) -> Bool {
        column.type.category == .numeric && (bins ?? 10) > 0 || !edges.isEmpty
    }

    /// The rows of the baseline that have a value, ready to stand after FROM, and that value.
    func rows(for subject: Subject) throws(SubjectError) -> (rows: SQL, value: SQL) {
        let relation = try other?.relation(for: subject) ?? subject.relation
        let own = try subject.column().name
        let name = column ?? own
        for name in [name] + subject.groups.map(\.name) where relation.column(named: name) == nil {
            throw SubjectError("column \"\(name)\" does not exist in the baseline \(relation.name)")
        }
        let present: SQL = "\(identifier: name) IS NOT NULL"
        let condition = filter.map { "(\($0)) AND \(present)" } ?? present
        return ("\(relation.name.sql) WHERE \(condition)", "\(identifier: name)")
    }

    /// Names of columns in which both sides are counted.
    struct Counts {
        let value: SQL
        /// Rows of the dataset.
        let own: SQL
        /// Rows of the baseline.
        let other: SQL
    }

    /// Both sides as one query: each row, or each bin of what was recorded, with what it counts for on its side.
    ///
    /// `names` says what the columns are called beside the groups', `sorted` what a value is sorted into.
    func bothSides(
        _ subject: Subject, _ names: Counts, sorted: (SQL) -> SQL = { $0 }
    ) throws(SubjectError) -> SQL {
        let column = try subject.column()
        let own: SQL = "\(identifier: column.name)"
        let prefix = subject.groupPrefix
        let isText = if case .values? = subject.past?.histogram?.bins { recorded != nil } else { false }
        let here: SQL = """
            SELECT \(prefix)\(isText ? recordedText(of: column, on: subject) : sorted(own)) AS \(names.value), 1::pg_catalog.int8 AS \(names.own), 0::pg_catalog.int8 AS \(names.other)
            FROM \(subject.rows(and: "\(own) IS NOT NULL"))
            """
        let there: SQL
        if recorded != nil {
            there = try recordedSide(subject, column)
        } else {
            let (baseline, value) = try rows(for: subject)
            there = "SELECT \(prefix)\(sorted(value)), 0, 1 FROM \(baseline)"
        }
        return "\(here) UNION ALL \(there)"
    }

    private func recordedSide(_ subject: Subject, _ column: Column) throws(SubjectError) -> SQL {
        guard let histogram = subject.past?.histogram else {
            throw SubjectError("no earlier run has recorded how the values are distributed")
        }
        guard subject.groups.isEmpty else { throw SubjectError("what was recorded is not by group") }
        let counts: SQL = "\(bind: SQLArray.text(histogram.counts.map(String.init)))::pg_catalog.int8[]"
        switch histogram.bins {
        case .numbers:
            return
                "SELECT position::int - 1, 0, count FROM unnest(\(counts)) WITH ORDINALITY AS recorded (count, position) WHERE count > 0"
        case .values(let values):
            let list: SQL = "\(bind: SQLArray.text(values))::pg_catalog.text[]"
            return
                "SELECT value COLLATE pg_catalog.\"C\", 0, count FROM unnest(\(list), \(counts)) AS recorded (value, count) WHERE count > 0"
        }
    }

    /// A value as it is recorded: its text, byte by byte, of whatever type.
    func recordedText(of column: Column, on subject: Subject) -> SQL {
        "(\(subject.listed(column).value))::pg_catalog.text COLLATE pg_catalog.\"C\""
    }
}

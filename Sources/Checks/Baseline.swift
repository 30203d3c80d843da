import Catalog
import StructuredSQL

/// The distribution of a column's values, beside the one it is compared with.
///
/// The baseline is another relation, other rows of the same one, or both. Groups are compared with the same groups there.
struct Baseline: Sendable {
    private let other: OtherTable?
    private let filter: SQL?
    private let column: String?
    private let bins: Int?
    private let edges: [String]
    private let fewest: Int

    static let parameters = [
        Parameter("baseline", .relation, "the relation to compare with; the dataset itself if not given"),
        Parameter("baseline_where", .expression, "only its rows for which this holds, such as at < :window_start"),
        Parameter("baseline_column", .column, "its column; the one of the same name if not given"),
        Parameter(
            "min_rows", .count, "the fewest values on each side, below which nothing is computed; 30 if not given"),
    ]

    static let binParameters = [
        Parameter(
            "bins", .count,
            "numbers are sorted into so many bins, equally full in the baseline; 10 if not given, 0 takes each for itself"
        ),
        Parameter("edges", .values, "the bins' edges instead, ascending; an edge belongs to the bin above it"),
    ]

    static let semantics = """
        NULL is left out on both sides; a group is compared with the same group there. With fewer values than min_rows on a side the value is NULL, which is an error \
        unless on_empty says else.
        """

    init(_ arguments: Arguments) throws(ArgumentError) {
        other = arguments.text("baseline") == nil ? nil : try OtherTable(arguments, parameter: "baseline")
        filter = arguments.expression("baseline_where")?.sql
        column = arguments.text("baseline_column")
        bins = arguments.count("bins")
        edges = arguments.list("edges") ?? []
        fewest = arguments.count("min_rows") ?? 30
        guard other != nil || filter != nil else {
            throw ArgumentError(nil, "there is nothing to compare with", hint: "Give baseline, baseline_where or both.")
        }
        if bins != nil, !edges.isEmpty { throw ArgumentError("edges", "\"bins\" and \"edges\" are two ways to say it") }
        try Arguments.requireAscending(edges, of: "edges")
        if bins == 1 { throw ArgumentError("bins", "a single bin holds everything, on both sides") }
    }

    var candidates: [RelationName] { other?.candidates ?? [] }

    /// The rows of the baseline that have a value, ready to stand after FROM, and that value.
    private func rows(for subject: Subject) throws(SubjectError) -> (rows: SQL, value: SQL) {
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

    /// An expression over the categories, in columns `p` and `q` of their shares now and in the baseline, and `n` and `m`
    /// of their rows.
    ///
    /// No share is less than `floor`.
    func categories(
        _ subject: Subject, _ expression: SQL, floor: String = "0", test: DerivedTest? = nil
    ) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let (baseline, value) = try rows(for: subject)
        let own: SQL = "\(identifier: column.name)"
        let current = subject.rows(and: "\(own) IS NOT NULL")
        let isBinned = column.type.category == .numeric && (bins ?? 10) > 0 || !edges.isEmpty
        var prelude: SQL = ""
        var sorted: (own: SQL, other: SQL) = (own, value)
        if isBinned {
            prelude = "WITH edges (list, top) AS MATERIALIZED (\(edgeList(value, baseline))) "
            // Where the last edge is the greatest value of the baseline, what is greater still is a bin of its own: else a
            // baseline of one value could not be told from anything above it.
            let bucket: (SQL) -> SQL = { value in
                let number: SQL = "\(value)::pg_catalog.float8"
                return """
                    pg_catalog.width_bucket(\(number), (SELECT list FROM edges)) \
                    + CASE WHEN \(number) > (SELECT top FROM edges) THEN 1 ELSE 0 END
                    """
            }
            sorted = (bucket(own), bucket(value))
        }
        let groups = subject.groupPrefix
        let whole = subject.partition()
        let (n, m, total, other) = (subject.own("n"), subject.own("m"), subject.own("total"), subject.own("other"))
        let cell = subject.own("category")
        let (p, q): (SQL, SQL) = (
            "GREATEST(\(n) / nullif(\(total), 0), \(bind: floor)::pg_catalog.float8)",
            "GREATEST(\(m) / nullif(\(other), 0), \(bind: floor)::pg_catalog.float8)"
        )
        let source: SQL = """
            (\(prelude)SELECT *, \(p) AS p, \(q) AS q, \(n) AS n, \(m) AS m FROM (
                SELECT \(groups)sum(\(n))::pg_catalog.float8 AS \(n), sum(\(m))::pg_catalog.float8 AS \(m),
                    sum(sum(\(n))) OVER (\(whole))::pg_catalog.float8 AS \(total),
                    sum(sum(\(m))) OVER (\(whole))::pg_catalog.float8 AS \(other)
                FROM (
                    SELECT \(groups)\(sorted.own) AS \(cell), 1 AS \(n), 0 AS \(m) FROM \(current)
                    UNION ALL
                    SELECT \(groups)\(sorted.other), 0, 1 FROM \(baseline)
                ) AS both_sides GROUP BY \(groups)\(cell)
            ) AS counted) AS shares
            """
        return .derived(expression: enough(expression, total, other), source: source, test: test)
    }

    /// An expression over the distinct numbers in order, in columns `f` and `h` of the shares up to each, now and in the
    /// baseline, `width` to the next number, `n` and `m` of all values.
    func steps(_ subject: Subject, _ expression: SQL, test: DerivedTest? = nil) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        let (baseline, value) = try rows(for: subject)
        let own: SQL = "\(identifier: column.name)"
        let isFinite: (SQL) -> SQL = { "\($0)::pg_catalog.float8 NOT IN ('NaN', 'Infinity', '-Infinity')" }
        let (x, n, m) = (subject.own("x"), subject.own("n"), subject.own("m"))
        let (total, other) = (subject.own("total"), subject.own("other"))
        let whole = subject.partition()
        let groups = subject.groupPrefix
        let source: SQL = """
            (SELECT *, \(n) / nullif(\(total), 0) AS f, \(m) / nullif(\(other), 0) AS h, \(total) AS n, \(other) AS m,
                lead(\(x)) OVER (\(whole)ORDER BY \(x)) - \(x) AS width
            FROM (
                SELECT \(groups)\(x), sum(sum(\(n))) OVER (\(whole)ORDER BY \(x))::pg_catalog.float8 AS \(n),
                    sum(sum(\(m))) OVER (\(whole)ORDER BY \(x))::pg_catalog.float8 AS \(m),
                    sum(sum(\(n))) OVER (\(whole))::pg_catalog.float8 AS \(total),
                    sum(sum(\(m))) OVER (\(whole))::pg_catalog.float8 AS \(other)
                FROM (
                    SELECT \(groups)\(own)::pg_catalog.float8 AS \(x), 1 AS \(n), 0 AS \(m) FROM \(subject.rows(and: isFinite(own)))
                    UNION ALL
                    SELECT \(groups)\(value)::pg_catalog.float8, 0, 1 FROM \(baseline) AND \(isFinite(value))
                ) AS both_sides GROUP BY \(groups)\(x)
            ) AS counted) AS steps
            """
        return .derived(expression: enough(expression, total, other), source: source, test: test)
    }

    /// Values, or bins, that only one side has, as queries of `value` and `rows`.
    func missing(_ subject: Subject, from side: Side) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let (baseline, other) = try rows(for: subject)
        let value = subject.label("value")
        let own: SQL =
            "SELECT \(subject.groupPrefix)\(identifier: column.name) AS \(value) FROM \(subject.rows(and: "\(identifier: column.name) IS NOT NULL"))"
        let baselineRows: SQL = "SELECT \(subject.groupPrefix)\(other) AS \(value) FROM \(baseline)"
        let (here, there) = side == .baseline ? (own, baselineRows) : (baselineRows, own)
        let names: SQL = "\(subject.groupPrefix)\(value)"
        let (count, others) = (subject.own("rows"), subject.own("others"))
        // Counted on both sides and put together, so that a group that is NULL finds itself.
        return .query(
            failing: """
                SELECT \(names), sum(\(count)) AS \(subject.label("rows")) FROM (
                    SELECT \(names), count(*) AS \(count), 0 AS \(others) FROM (\(here)) AS here GROUP BY \(names)
                    UNION ALL
                    SELECT \(names), 0, count(*) FROM (\(there)) AS there GROUP BY \(names)
                ) AS counted GROUP BY \(names) HAVING sum(\(others)) = 0
                """,
            of: "SELECT DISTINCT * FROM (\(here)) AS here")
    }

    /// The sides of a comparison.
    enum Side {
        case current, baseline
    }

    private func enough(_ expression: SQL, _ total: SQL, _ other: SQL) -> SQL {
        "CASE WHEN min(\(total)) >= \(bind: fewest) AND min(\(other)) >= \(bind: fewest) THEN \(expression) END"
    }

    /// The inner edges of the bins, in order and each once.
    private func edgeList(_ value: SQL, _ baseline: SQL) -> SQL {
        guard edges.isEmpty else {
            return "SELECT \(bind: SQLArray.text(edges))::pg_catalog.float8[], NULL::pg_catalog.float8"
        }
        let count = bins ?? 10
        let fractions = (1..<count).map { "\(Double($0) / Double(count))" }
        let number: SQL = "\(value)::pg_catalog.float8"
        return """
            SELECT list, CASE WHEN list[pg_catalog.array_upper(list, 1)] = greatest THEN greatest END FROM (
                SELECT ARRAY(SELECT DISTINCT edge FROM pg_catalog.unnest(quantiles) AS q (edge)
                    WHERE edge IS NOT NULL ORDER BY edge) AS list, greatest
                FROM (SELECT percentile_cont(\(bind: SQLArray.text(fractions))::pg_catalog.float8[])
                    WITHIN GROUP (ORDER BY \(number)) AS quantiles, max(\(number)) AS greatest FROM \(baseline)) AS found
            ) AS edges
            """
    }
}

import Catalog
import StructuredSQL

/// Comparing shares, of values or of bins.
extension Baseline {
    /// Names of what is known of each category.
    struct Shares {
        /// The value, or the number of the bin.
        let category: SQL
        /// Its share now, and in the baseline.
        let p: SQL, q: SQL
        /// Its rows now, and in the baseline.
        let n: SQL, m: SQL
        /// All rows now, and in the baseline.
        let total: SQL, other: SQL
    }

    /// An expression over the categories, made of aggregates over what is known of each; no share is less than `floor`.
    func categories(
        _ subject: Subject, floor: String = "0", test: ((Shares) -> DerivedTest)? = nil, _ expression: (Shares) -> SQL
    ) throws(SubjectError) -> Assertion {
        let (shares, source) = try sharesSource(subject, floor: floor)
        return .derived(
            expression: enough(expression(shares), shares.total, shares.other), source: source,
            test: test.map { $0(shares) })
    }

    /// What is known of each category, ready to stand after FROM.
    private func sharesSource(_ subject: Subject, floor: String) throws(SubjectError) -> (shares: Shares, source: SQL) {
        let column = try subject.column()
        let isBinned = isBinned(column)
        let prelude: SQL =
            isBinned ? "WITH edges (list, top) AS MATERIALIZED (\(try edgeList(for: subject, column))) " : ""
        let groups = subject.groupPrefix
        let whole = subject.partition()
        let (total, other) = (subject.own("total"), subject.own("other"))
        let names = Counts(value: subject.own("category"), own: subject.own("n"), other: subject.own("m"))
        let shares = Shares(
            category: names.value, p: subject.own("p"), q: subject.own("q"), n: names.own, m: names.other, total: total,
            other: other)
        let least: SQL = "\(bind: floor)::pg_catalog.float8"
        let source: SQL = """
            (\(prelude)SELECT *, GREATEST(\(shares.n) / nullif(\(total), 0), \(least)) AS \(shares.p),
                GREATEST(\(shares.m) / nullif(\(other), 0), \(least)) AS \(shares.q) FROM (
                SELECT \(groups)\(names.value), sum(\(names.own))::pg_catalog.float8 AS \(shares.n),
                    sum(\(names.other))::pg_catalog.float8 AS \(shares.m),
                    sum(sum(\(names.own))) OVER (\(whole))::pg_catalog.float8 AS \(total),
                    sum(sum(\(names.other))) OVER (\(whole))::pg_catalog.float8 AS \(other)
                FROM (\(try bothSides(subject, names) { isBinned ? Self.bucket($0) : $0 })) AS both_sides
                GROUP BY \(groups)\(names.value)
            ) AS counted) AS shares
            """
        return (shares, source)
    }

    /// The values or bins whose shares changed most.
    func changedShares(_ subject: Subject) throws(SubjectError) -> Evidence {
        let (shares, source) = try sharesSource(subject, floor: "0")
        let column = try subject.column()
        func percent(_ share: SQL) -> SQL { "pg_catalog.round((100 * \(share))::pg_catalog.numeric, 2)" }
        let isBinned = isBinned(column)
        let prelude: SQL =
            isBinned ? "WITH edges (list, top) AS MATERIALIZED (\(try edgeList(for: subject, column))) " : ""
        let edge: (SQL) -> SQL = { "(SELECT list[\(shares.category)\($0)] FROM edges)" }
        let place: SQL =
            isBinned ? "\(edge("")) AS \"from\", \(edge(" + 1")) AS \"to\"" : "\(shares.category) AS \"value\""
        return Evidence(
            .parts(
                """
                \(prelude)SELECT \(place), \(percent(shares.p)) AS percent_now, \(percent(shares.q)) AS percent_before
                FROM \(source) WHERE \(shares.p) <> \(shares.q)
                ORDER BY abs(\(shares.p) - \(shares.q)) DESC, \(shares.category)
                """), of: isBinned ? "bins that changed most" : "values that changed most")
    }

    /// Values that only one side has, as queries of `value` and `rows`.
    func missing(_ subject: Subject, from side: Side) throws(SubjectError) -> Assertion {
        let value = subject.label("value")
        let names = Counts(value: value, own: subject.own("n"), other: subject.own("m"))
        let (here, there) = side == .baseline ? (names.own, names.other) : (names.other, names.own)
        let list: SQL = "\(subject.groupPrefix)\(value)"
        // Counted on both sides and put together, so that a group that is NULL finds itself.
        let counted: SQL = """
            SELECT \(list), sum(\(here))::pg_catalog.int8 AS \(subject.label("rows")), sum(\(there)) AS \(subject.own("others"))
            FROM (\(try bothSides(subject, names))) AS both_sides GROUP BY \(list) HAVING sum(\(here)) > 0
            """
        return .query(
            failing:
                "SELECT \(list), \(subject.label("rows")) FROM (\(counted)) AS counted WHERE \(subject.own("others")) = 0",
            of: counted)
    }

    /// The sides of a comparison.
    enum Side {
        case current, baseline
    }

    /// The expression where both sides have enough rows, else NULL.
    func enough(_ expression: SQL, _ total: SQL, _ other: SQL) -> SQL {
        "CASE WHEN min(\(total)) >= \(bind: fewest) AND min(\(other)) >= \(bind: fewest) THEN \(expression) END"
    }

    /// The number of a value's bin.
    ///
    /// Where the last edge is the greatest value of the baseline, what is greater still is a bin of its own: else a baseline
    /// of one value could not be told from anything above it.
    private static func bucket(_ value: SQL) -> SQL {
        let number: SQL = "\(value)::pg_catalog.float8"
        return """
            pg_catalog.width_bucket(\(number), (SELECT list FROM edges)) \
            + CASE WHEN \(number) > (SELECT top FROM edges) THEN 1 ELSE 0 END
            """
    }

    /// A query of the inner edges of the bins, in order and each once, and of the greatest value where it is one of them.
    private func edgeList(for subject: Subject, _ column: Column) throws(SubjectError) -> SQL {
        guard recorded != nil else {
            guard edges.isEmpty else { return Self.edgeList(edges, top: nil) }
            let (baseline, value) = try rows(for: subject)
            return quantiles(of: value, in: baseline)
        }
        guard case .numbers(let edges, let top)? = subject.past?.histogram?.bins else {
            throw SubjectError("what was recorded of column \"\(column.name)\" is no histogram of numbers")
        }
        return Self.edgeList(edges, top: top)
    }

    private static func edgeList(_ edges: [String], top: String?) -> SQL {
        "SELECT \(bind: SQLArray.text(edges))::pg_catalog.float8[], \(bind: top)::pg_catalog.float8"
    }

    private func quantiles(of value: SQL, in rows: SQL) -> SQL {
        let count = bins ?? 10
        let fractions = (1..<count).map { "\(Double($0) / Double(count))" }
        let number: SQL = "\(value)::pg_catalog.float8"
        return """
            SELECT list, CASE WHEN list[pg_catalog.array_upper(list, 1)] = greatest THEN greatest END FROM (
                SELECT ARRAY(SELECT DISTINCT edge FROM pg_catalog.unnest(quantiles) AS q (edge)
                    WHERE edge IS NOT NULL ORDER BY edge) AS list, greatest
                FROM (SELECT percentile_cont(\(bind: SQLArray.text(fractions))::pg_catalog.float8[])
                    WITHIN GROUP (ORDER BY \(number)) AS quantiles, max(\(number)) AS greatest FROM \(rows)) AS found
            ) AS edges
            """
    }

    // MARK: Recording

    /// A statement that gives the distribution of the dataset's own values, as the JSON that ``RecordedHistogram`` reads.
    func histogram(of subject: Subject) throws(SubjectError) -> SQL {
        let column = try subject.column()
        let own: SQL = "\(identifier: column.name)"
        let rows = subject.rows(and: "\(own) IS NOT NULL")
        guard isBinned(column) else { return try values(of: subject) }
        let list = edges.isEmpty ? quantiles(of: own, in: rows) : Self.edgeList(edges, top: nil)
        return """
            WITH edges (list, top) AS MATERIALIZED (\(list)), counted AS MATERIALIZED (
                SELECT \(Self.bucket(own)) AS bin, count(*) AS count FROM \(rows) GROUP BY 1
            )
            SELECT pg_catalog.json_build_object('edges', list::pg_catalog.text[], 'top', top::pg_catalog.text, 'counts', (
                SELECT json_agg(coalesce(counted.count, 0) ORDER BY bins.bin)
                FROM pg_catalog.generate_series(0, cardinality(list) + 1) AS bins (bin) LEFT JOIN counted USING (bin)
            ))::pg_catalog.text FROM edges
            """
    }

    /// A statement that gives the dataset's own values with their numbers, in the same form.
    func values(of subject: Subject) throws(SubjectError) -> SQL {
        let column = try subject.column()
        let value = recordedText(of: column, on: subject)
        return """
            SELECT CASE WHEN count(*) > \(bind: RecordedHistogram.maximumValues)
                THEN pg_catalog.json_build_object('distinct', count(*))
                ELSE pg_catalog.json_build_object('values', coalesce(json_agg(value ORDER BY value), '[]'),
                    'counts', coalesce(json_agg(count ORDER BY value), '[]')) END::pg_catalog.text
            FROM (
                SELECT \(value) AS value, count(*) AS count FROM \(subject.rows(and: "\(identifier: column.name) IS NOT NULL"))
                GROUP BY 1
            ) AS counted
            """
    }
}

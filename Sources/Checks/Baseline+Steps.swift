import Catalog
import StructuredSQL

/// Comparing distribution functions, number by number.
extension Baseline {
    /// Names of what is known of each distinct number.
    struct Steps {
        /// The share of the numbers up to it, now and in the baseline.
        let f: SQL, h: SQL
        /// The distance to the next number; NULL of the last.
        let width: SQL
        /// All numbers now, and in the baseline.
        let n: SQL, m: SQL
    }

    /// An expression over the distinct numbers in order, the finite ones.
    func steps(
        _ subject: Subject, test: ((Steps) -> DerivedTest)? = nil, _ expression: (Steps) -> SQL
    ) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        let (baseline, value) = try rows(for: subject)
        let own: SQL = "\(identifier: column.name)"
        let isFinite: (SQL) -> SQL = { "\($0)::pg_catalog.float8 NOT IN ('NaN', 'Infinity', '-Infinity')" }
        let (x, n, m) = (subject.own("x"), subject.own("n"), subject.own("m"))
        let steps = Steps(
            f: subject.own("f"), h: subject.own("h"), width: subject.own("width"), n: subject.own("total"),
            m: subject.own("other"))
        let whole = subject.partition()
        let groups = subject.groupPrefix
        let source: SQL = """
            (SELECT *, \(n) / nullif(\(steps.n), 0) AS \(steps.f), \(m) / nullif(\(steps.m), 0) AS \(steps.h),
                lead(\(x)) OVER (\(whole)ORDER BY \(x)) - \(x) AS \(steps.width)
            FROM (
                SELECT \(groups)\(x), sum(sum(\(n))) OVER (\(whole)ORDER BY \(x))::pg_catalog.float8 AS \(n),
                    sum(sum(\(m))) OVER (\(whole)ORDER BY \(x))::pg_catalog.float8 AS \(m),
                    sum(sum(\(n))) OVER (\(whole))::pg_catalog.float8 AS \(steps.n),
                    sum(sum(\(m))) OVER (\(whole))::pg_catalog.float8 AS \(steps.m)
                FROM (
                    SELECT \(groups)\(own)::pg_catalog.float8 AS \(x), 1 AS \(n), 0 AS \(m) FROM \(subject.rows(and: isFinite(own)))
                    UNION ALL
                    SELECT \(groups)\(value)::pg_catalog.float8, 0, 1 FROM \(baseline) AND \(isFinite(value))
                ) AS both_sides GROUP BY \(groups)\(x)
            ) AS counted) AS steps
            """
        return .derived(
            expression: enough(expression(steps), steps.n, steps.m), source: source, test: test.map { $0(steps) })
    }
}

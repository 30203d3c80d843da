import Catalog
import StructuredSQL

/// `cramers_v`: two columns are as independent as they should be.
package struct CramersV: StatisticKind {
    package static let definition = statisticDefinition(
        "cramers_v", "Cramér's V of two columns, the strength of their association, lies between bounds",
        scope: .columns,
        semantics: """
            sqrt(chi-square / (n (k - 1))), k being the smaller number of different values: 0 where the columns are \
            independent, 1 where one decides the other; without correction for bias. Rows with a NULL in either are left out; \
            NULL where a column has a single value.
            """,
        otherNames: ["expect_column_pair_cramers_phi_value_to_be_less_than", "cramers_phi"],
        example: KindExample("{cramers_v: {columns: [status, gift], max: 0.9}}", gives: "fail: 1"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard subject.columns.count == 2 else { throw SubjectError("cramers_v is of two columns") }
        let (x, y): (SQL, SQL) = ("\(identifier: subject.columns[0].name)", "\(identifier: subject.columns[1].name)")
        let (both, left, right) = (subject.own("both"), subject.own("left"), subject.own("right"))
        let (first, second) = (subject.own("first"), subject.own("second"))
        func number(_ name: SQL) -> SQL { "\(name)::pg_catalog.float8" }
        // chi-square / n is sum(n_xy² / (n_x n_y)) - 1, in which combinations that do not occur have no part.
        return .derived(
            expression: """
                sqrt(GREATEST(0, sum(power(\(number(both)), 2) / (\(number(left)) * \(number(right)))) - 1)
                    / nullif(LEAST(count(*) FILTER (WHERE \(first)), count(*) FILTER (WHERE \(second))) - 1, 0))
                """,
            source: """
                (SELECT \(subject.groupPrefix)count(*) AS \(both),
                    sum(count(*)) OVER (\(subject.partition(by: [x]))) AS \(left),
                    sum(count(*)) OVER (\(subject.partition(by: [y]))) AS \(right),
                    row_number() OVER (\(subject.partition(by: [x]))) = 1 AS \(first),
                    row_number() OVER (\(subject.partition(by: [y]))) = 1 AS \(second)
                FROM \(subject.rows(and: "\(x) IS NOT NULL AND \(y) IS NOT NULL")) GROUP BY \(subject.groupPrefix)\(x), \(y)) AS counted
                """,
            test: nil)
    }
}

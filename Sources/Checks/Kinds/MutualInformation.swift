import Catalog
import StructuredSQL

/// `mutual_information`: one column says as much about another as it should.
package struct MutualInformation: StatisticKind {
    package static let definition = statisticDefinition(
        "mutual_information", "What one column says about another, in nats, lies between bounds",
        scope: .columns,
        semantics: """
            sum(p(x,y) ln(p(x,y) / p(x) p(y))): 0 where the columns are independent. Rows with a NULL in either are left out. \
            Takes columns of any type that can be grouped.
            """,
        otherNames: ["hasMutualInformation", "MutualInformation"],
        example: KindExample("{mutual_information: {columns: [status, gift], min: 0.1}}", gives: "pass: 0.59827"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard subject.columns.count == 2 else { throw SubjectError("mutual_information is of two columns") }
        let (x, y): (SQL, SQL) = ("\(identifier: subject.columns[0].name)", "\(identifier: subject.columns[1].name)")
        let (both, left, right) = (subject.own("both"), subject.own("left"), subject.own("right"))
        let present: SQL = "\(x) IS NOT NULL AND \(y) IS NOT NULL"
        func count(_ name: SQL) -> SQL { "\(name)::pg_catalog.float8" }
        return .derived(
            expression: """
                GREATEST(0, sum(\(count(both)) * (ln(\(count(both))) - ln(\(count(left))) - ln(\(count(right))))) \
                / sum(\(count(both))) + ln(sum(\(count(both)))))
                """,
            source: """
                (SELECT \(subject.groupPrefix)count(*) AS \(both),
                    sum(count(*)) OVER (\(subject.partition(by: [x]))) AS \(left),
                    sum(count(*)) OVER (\(subject.partition(by: [y]))) AS \(right)
                FROM \(subject.rows(and: present)) GROUP BY \(subject.groupPrefix)\(x), \(y)) AS counted
                """)
    }
}

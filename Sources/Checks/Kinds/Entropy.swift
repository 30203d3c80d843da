import Catalog
import StructuredSQL

/// `entropy`: values are as evenly spread as they should be.
package struct Entropy: StatisticKind {
    package static let definition = statisticDefinition(
        "entropy", "The Shannon entropy of the values, in nats, lies between bounds",
        semantics: """
            -sum(p ln p) over the shares of the different values: 0 where there is one, ln k where k are equally common. \
            Takes a column of any type that can be grouped.
            """,
        otherNames: ["hasEntropy", "Entropy"],
        example: KindExample("{entropy: {column: currency, min: 0.5}}", gives: "pass: 0.796312"))

    package let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let name: SQL = "\(identifier: try subject.column().name)"
        let rows = subject.own("rows")
        let share: SQL = "\(rows)::pg_catalog.float8"
        // ln n - sum(k ln k) / n is the same, and needs the total only once.
        return .derived(
            expression: "GREATEST(0, ln(sum(\(share))) - sum(\(share) * ln(\(share))) / sum(\(share)))",
            source: """
                (SELECT \(subject.groupPrefix)count(*) AS \(rows) FROM \(subject.rows(and: "\(name) IS NOT NULL")) \
                GROUP BY \(subject.groupPrefix)\(name)) AS counted
                """)
    }
}

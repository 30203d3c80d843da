import Catalog
import StructuredSQL

/// `distinct_count`: a column has as many different values as it should.
package struct DistinctCount: CheckKind {
    package static let definition = KindDefinition(
        "distinct_count", "The number of different values lies between bounds",
        scope: .columns,
        parameters: [
            Parameter("min", .count, "the fewest different values allowed"),
            Parameter("max", .count, "the most different values allowed"),
            Parameter("equals", .count, "the only number of different values allowed"),
        ],
        shorthand: ["equals"],
        quantities: [.value],
        semantics: "NULL is not a value and is not counted; neither is a combination with a NULL in it.",
        dimension: .volume,
        otherNames: [
            "expect_column_unique_value_count_to_be_between", "hasNumberOfDistinctValues", "DistinctValuesCount",
            "cardinality", "unique_count",
        ]
    )

    private let bounds: Bounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try Bounds(arguments, of: "distinct_count")
    }

    package var ownThreshold: Threshold? { bounds.violated }

    /// Grouping hashes and runs in parallel where `count(DISTINCT …)` sorts and does not.
    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let names: [SQL] = subject.columns.map { "\(identifier: $0.name)" }
        let present: [SQL] = names.map { "\($0) IS NOT NULL" }
        let groups: SQL = """
            SELECT FROM \(subject.rows(and: present.joined(separator: " AND "))) GROUP BY \(names.joined(separator: ", "))
            """
        return .scalar("SELECT count(*) FROM (\(groups)) AS groups")
    }
}

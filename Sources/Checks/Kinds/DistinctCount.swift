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
        ],
        example: KindExample(
            "{distinct_count: {columns: currency, equals: 3}}", gives: "pass: 3")
    )

    private let bounds: Bounds?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try Bounds.given(arguments, of: "distinct_count")
    }

    package var ownThreshold: Threshold? { bounds?.violated }

    package func assertion(on subject: Subject) -> Assertion {
        .distinct(columns: subject.columns.map(\.name))
    }
}

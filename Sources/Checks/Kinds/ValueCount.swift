import Catalog
import StructuredSQL

/// `value_count`: a column has as many values as it should.
package struct ValueCount: CheckKind {
    package static let definition = KindDefinition(
        "value_count", "The number of rows that have a value in the column lies between bounds",
        scope: .column,
        parameters: [
            Parameter("min", .count, "the fewest values allowed"),
            Parameter("max", .count, "the most values allowed"),
            Parameter("equals", .count, "the only number of values allowed"),
        ],
        shorthand: ["equals"],
        quantities: [.value],
        semantics: "NULL is not a value; '' and NaN are. An empty dataset has 0 values.",
        dimension: .volume,
        otherNames: [
            "at_least_one", "at_least_one_value", "not_nulls_count", "not_null_count_min", "empty_column_found",
        ],
        example: KindExample("{value_count: {column: shipped_at, min: 5}}", gives: "fail: 4")
    )

    private let bounds: Bounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try Bounds(arguments, of: "value_count")
    }

    package var ownThreshold: Threshold? { bounds.violated }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let name = try subject.column().name
        let template = SQL(fragments: [.parameter("aggregate")])
        return .aggregate(Aggregate("count(\(identifier: name))", parts: .init(.count, of: name, in: template)))
    }
}

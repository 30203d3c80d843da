import Catalog
import StructuredSQL

/// `distinct_percent`: values repeat as little, or as much, as they should.
package struct DistinctPercent: CheckKind {
    package static let definition = KindDefinition(
        "distinct_percent", "Different values, in percent of the rows that have one, lie between bounds",
        scope: .columns,
        parameters: ValueBounds.parameters(of: "percentage"),
        quantities: [.value],
        semantics: """
            0 to 100; 100 where no value repeats. Rows with a NULL in the columns are left out; without any other row the \
            value is NULL.
            """,
        onEmpty: .error,
        dimension: .variety,
        otherNames: [
            "expect_column_proportion_of_unique_values_to_be_between", "hasDistinctness",
            "distinct_percent_in_range",
        ],
        example: KindExample("{distinct_percent: {columns: currency, max: 50}}", gives: "pass: 42.8571")
    )

    private let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package var ownThreshold: Threshold? { bounds.violated }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let rows = subject.own("rows")
        return .derived(
            expression: "100.0 * count(*) / nullif(sum(\(rows)), 0)",
            source: subject.countedValues(rows))
    }
}

import StructuredSQL

/// `increasing`: values never fall from one row to the next.
package struct Increasing: CheckKind {
    package static let definition = KindDefinition(
        "increasing", "In a given order, no value is less than the one before it",
        scope: .column,
        parameters: OrderedValues.parameters,
        semantics: OrderedValues.semantics,
        hasFixedNulls: true,
        judgesSingleRows: false,
        otherNames: [
            "expect_column_values_to_be_increasing", "col_vals_increasing", "monotone_total",
            "monotonically_increasing",
        ],
        example: KindExample(
            "{increasing: {column: counter, order_by: reading}, group_by: sensor}", on: "shop.readings",
            gives: "fail: 1 of 10")
    )

    private let order: OrderedValues

    package init(_ arguments: Arguments) {
        order = OrderedValues(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try order.assertion(on: subject, failing: order.isStrict ? "<=" : "<")
    }
}

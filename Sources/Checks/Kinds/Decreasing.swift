import StructuredSQL

/// `decreasing`: values never rise from one row to the next.
package struct Decreasing: CheckKind {
    package static let definition = KindDefinition(
        "decreasing", "In a given order, no value is greater than the one before it",
        scope: .column,
        parameters: OrderedValues.parameters,
        semantics: OrderedValues.semantics,
        hasFixedNulls: true,
        judgesSingleRows: false,
        otherNames: ["expect_column_values_to_be_decreasing", "col_vals_decreasing", "monotonically_decreasing"],
        example: KindExample(
            "{decreasing: {column: price, order_by: valid_from}, group_by: sku}", on: "shop.prices",
            gives: "fail: 2 of 7")
    )

    private let order: OrderedValues

    package init(_ arguments: Arguments) {
        order = OrderedValues(arguments)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try order.assertion(on: subject, failing: order.isStrict ? ">=" : ">")
    }
}

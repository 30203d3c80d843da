import Catalog
import StructuredSQL

/// `unique_percent`: values that occur once are as common as they should be.
package struct UniquePercent: CheckKind {
    package static let definition = KindDefinition(
        "unique_percent", "Values that occur once, in percent of the different values, lie between bounds",
        scope: .columns,
        parameters: ValueBounds.parameters(of: "percentage"),
        quantities: [.value],
        semantics: """
            0 to 100. Rows with a NULL in the columns are left out; without any other row the value is NULL. For the share \
            of rows whose value is shared, use unique with a threshold in percent.
            """,
        onEmpty: .error,
        dimension: .variety,
        otherNames: ["hasUniqueValueRatio", "UniqueValueRatio", "unique_value_ratio"],
        example: KindExample("{unique_percent: {columns: currency, min: 50}}", gives: "pass: 66.6667")
    )

    private let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package var ownThreshold: Threshold? { bounds.violated }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let rows = subject.own("rows")
        return .derived(
            expression: "100.0 * count(*) FILTER (WHERE \(rows) = 1) / nullif(count(*), 0)",
            source: subject.countedValues(rows))
    }
}

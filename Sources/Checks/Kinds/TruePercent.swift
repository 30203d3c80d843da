import Catalog
import StructuredSQL

/// `true_percent`: a boolean is as often true as it should be.
package struct TruePercent: CheckKind {
    package static let definition = KindDefinition(
        "true_percent", "Rows where the column is true, in percent of those where it is not NULL, lie between bounds",
        scope: .column,
        parameters: ValueBounds.parameters(of: "percentage"),
        quantities: [.value],
        semantics: "0 to 100. NULL is left out; where nothing is left, the value is NULL.",
        onEmpty: .error,
        dimension: .value,
        otherNames: ["true_percent_in_range", "false_percent", "boolean_share", "count_true"],
        example: KindExample("{true_percent: {column: gift, max: 20}}", gives: "fail: 28.5714")
    )

    private let bounds: ValueBounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try ValueBounds(arguments)
    }

    package var ownThreshold: Threshold? { bounds.violated }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        guard column.type.category == .boolean else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not boolean")
        }
        let name: SQL = "\(identifier: column.name)"
        return .aggregate(Aggregate("100.0 * count(*) FILTER (WHERE \(name)) / nullif(count(\(name)), 0)"))
    }
}

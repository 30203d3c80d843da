import Catalog
import StructuredSQL

/// `outside_range`: no value lies between two bounds.
package struct OutsideRange: CheckKind {
    package static let definition = KindDefinition(
        "outside_range", "No value lies between two bounds, nor on one of them",
        scope: .column,
        parameters: [
            Parameter("min", .value, isRequired: true, "the lower bound"),
            Parameter("max", .value, isRequired: true, "the upper bound"),
        ],
        shorthand: ["min", "max"],
        semantics: "NULL passes unless nulls: fail. NaN lies in no range and passes.",
        otherNames: ["col_vals_outside", "not_between"],
        example: KindExample(
            "{outside_range: {column: customer_id, min: 9, max: 99}}", gives: "fail: 1 of 8")
    )

    private let minimum: String
    private let maximum: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        minimum = try arguments.required("min", arguments.text("min"))
        maximum = try arguments.required("max", arguments.text("max"))
        if let low = ExactDecimal(minimum), let high = ExactDecimal(maximum), low > high {
            throw ArgumentError("max", "the range from \(minimum) to \(maximum) is empty")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let name: SQL = "\(identifier: column.name)"
        return subject.violations(
            unless: "\(name) < \(bind: minimum) OR \(name) > \(bind: maximum)", on: column,
            .comparison(of: column))
    }
}

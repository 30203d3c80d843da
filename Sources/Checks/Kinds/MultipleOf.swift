import Catalog
import StructuredSQL

/// `multiple_of`: every number is a whole number of steps.
package struct MultipleOf: CheckKind {
    package static let definition = KindDefinition(
        "multiple_of", "Every number is a multiple of a given one",
        scope: .column,
        parameters: [Parameter("step", .value, isRequired: true, "the number, greater than 0")],
        shorthand: ["step"],
        semantics: "NULL passes unless nulls: fail. NaN and infinity fail. Exact: floats are read as they print.",
        otherNames: ["multipleOf", "expect_column_values_to_be_multiple_of"],
        example: KindExample(
            "{multiple_of: {column: amount, step: 0.05}}", gives: "fail: 1 of 8")
    )

    private let step: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        step = try arguments.required("step", arguments.text("step"))
        guard let number = ExactDecimal(step), number > .zero else {
            throw ArgumentError("step", "\"\(step)\" is not a number greater than 0")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        // Through text, or a float8 of 0.1 would be what its bits say, and not what it was written as.
        let number = subject.exactNumber(column)
        return subject.violations(
            unless: "\(number) % \(bind: step)::pg_catalog.numeric = 0", on: column, .numericComparison)
    }
}

import Catalog
import StructuredSQL

/// `required_if`: the column has a value wherever a condition holds.
package struct RequiredIf: CheckKind {
    package static let definition = KindDefinition(
        "required_if", "Every row for which a condition holds has a value in the column",
        scope: .column,
        parameters: [Parameter("condition", .expression, isRequired: true, "the condition on the row")],
        shorthand: ["condition"],
        semantics: "NULL fails where the condition is true. Where it is false or NULL, anything passes.",
        hasFixedNulls: true,
        dimension: .volume,
        otherNames: ["conditional_not_null", "not_null_where"],
        example: KindExample(
            "{required_if: {column: shipped_at, condition: status = 'shipped'}}", gives: "pass: 0 of 8")
    )

    private let condition: SQL
    private let text: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (condition, text) = try arguments.required("condition", arguments.expression("condition"))
    }

    package var idSuffix: String? { text }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let name = try subject.column().name
        return .rows(Violation("\(identifier: name) IS NULL AND (\(condition))", judgedBy: nil), .shareable)
    }
}

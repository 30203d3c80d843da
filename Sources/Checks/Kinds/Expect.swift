import StructuredSQL

/// `expect`: a boolean expression holds in every row.
package struct Expect: CheckKind {
    package static let definition = KindDefinition(
        "expect", "A boolean SQL expression holds in every row",
        scope: .dataset,
        parameters: [Parameter("expression", .expression, isRequired: true, "the expression")],
        shorthand: ["expression"],
        semantics: "A row for which the expression is NULL passes unless nulls: fail.",
        otherNames: [
            "expression_is_true", "forall", "satisfies", "failed_rows", "col_vals_expr", "sql_condition_failed",
        ],
        example: KindExample(
            "{expect: total = amount - discount}", gives: "fail: 1 of 8")
    )

    private let expression: SQL
    private let text: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (expression, text) = try arguments.required("expression", arguments.expression("expression"))
    }

    package var idSuffix: String? { text }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        subject.violations(unless: expression)
    }
}

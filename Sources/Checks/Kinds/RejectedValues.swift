import Catalog
import StructuredSQL

/// `rejected_values`: no value is one of a list.
package struct RejectedValues: CheckKind {
    package static let definition = KindDefinition(
        "rejected_values", "No value is one of a list",
        scope: .column,
        parameters: [Parameter("values", .values, isRequired: true, "the values, read in the column's type")],
        shorthand: ["values"],
        semantics: "NULL passes unless nulls: fail. Text is compared exactly: case and spaces count.",
        otherNames: ["expect_column_values_to_not_be_in_set", "not_accepted_values", "invalid_values"],
        example: KindExample(
            "{rejected_values: {column: status, values: [lost]}}", gives: "fail: 1 of 8")
    )

    private let values: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = try arguments.required("values", arguments.list("values"))
        guard !values.isEmpty else { throw ArgumentError("values", "the list of rejected values is empty") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let rule: SQL = "\(subject.comparable(column)) <> ALL (\(bind: SQLArray.text(values)))"
        return subject.violations(unless: rule, on: column)
    }
}

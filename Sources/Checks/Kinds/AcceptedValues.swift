import Catalog
import StructuredSQL

/// `accepted_values`: every value is one of a list.
package struct AcceptedValues: CheckKind {
    package static let definition = KindDefinition(
        "accepted_values", "Every value is one of a list",
        scope: .column,
        parameters: [Parameter("values", .values, isRequired: true, "the values, read in the column's type")],
        shorthand: ["values"],
        semantics: "NULL passes unless nulls: fail. Text is compared exactly: case and spaces count.",
        otherNames: [
            "expect_column_values_to_be_in_set", "valid_values", "in_set", "isContainedIn", "enum", "in",
        ],
        example: KindExample(
            "{accepted_values: {column: status, values: [new, paid, shipped, refunded]}}", gives: "fail: 1 of 8")
    )

    private let values: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = try arguments.required("values", arguments.list("values"))
        guard !values.isEmpty else { throw ArgumentError("values", "the list of accepted values is empty") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let rule: SQL = "\(subject.comparable(column)) = ANY (\(bind: SQLArray.text(values)))"
        return subject.violations(unless: rule, on: column)
    }

    package func proof(on subject: Subject) -> String? {
        // A value that is no label makes the server refuse the list; that is for the rows' statement to say.
        guard let column = subject.columns.first, !column.type.enumLabels.isEmpty, subject.relation.keepsTypes,
            Set(column.type.enumLabels) == Set(values)
        else { return nil }
        let type = "type \(column.type.formatted)"
        switch subject.nulls {
        case .pass: return type
        case .fail: return subject.relation.constraint(forbiddingNullsIn: column.name).map { "\(type), \($0.name)" }
        }
    }
}

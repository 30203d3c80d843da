import Catalog
import StructuredSQL

/// `compare_columns`: one column compares with another as it should.
package struct CompareColumns: CheckKind {
    package static let definition = KindDefinition(
        "compare_columns", "The first column is less than, or greater than, the second in every row",
        scope: .columns,
        parameters: [Parameter("is", .choice(["<", "<=", ">", ">=", "=", "<>"]), isRequired: true, "the comparison")],
        semantics: "A row with a NULL in either passes unless nulls: fail. NaN is greater than every number.",
        otherNames: [
            "expect_column_pair_values_a_to_be_greater_than_b", "isLessThan", "isLessThanOrEqualTo", "isGreaterThan",
            "isGreaterThanOrEqualTo", "a_greater_than_b",
        ],
        example: KindExample("{compare_columns: {columns: [discount, amount], is: <}}", gives: "fail: 1 of 8")
    )

    private let comparison: SQL

    package init(_ arguments: Arguments) throws(ArgumentError) {
        switch try arguments.required("is", arguments.text("is")) {
        case "<": comparison = "<"
        case "<=": comparison = "<="
        case ">": comparison = ">"
        case ">=": comparison = ">="
        case "=": comparison = "="
        default: comparison = "<>"
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard subject.columns.count == 2 else { throw SubjectError("compare_columns compares two columns") }
        let names = try subject.comparableColumns()
        return subject.violations(unless: "\(names[0]) \(comparison) \(names[1])")
    }
}

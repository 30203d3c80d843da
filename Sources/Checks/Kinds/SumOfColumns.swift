import Catalog
import StructuredSQL

/// `sum_of_columns`: the columns add up.
package struct SumOfColumns: CheckKind {
    package static let definition = KindDefinition(
        "sum_of_columns", "These columns add up, in every row, to a number or to another column",
        scope: .columns,
        parameters: [
            Parameter("equals", .value, isRequired: true, "the number, or the name of a column"),
            Parameter("tolerance", .number, "the greatest difference allowed; 0 if not given"),
        ],
        semantics: """
            A row with a NULL in any of them passes unless nulls: fail. Computed in numeric, where 0.1 and 0.2 are 0.3; a \
            float counts as what it prints as.
            """,
        otherNames: ["expect_multicolumn_sum_to_equal", "multicolumn_sum_equals"],
        example: KindExample("{sum_of_columns: {columns: [total, discount], equals: amount}}", gives: "fail: 1 of 8")
    )

    private let sum: String
    private let tolerance: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        sum = try arguments.required("equals", arguments.text("equals"))
        tolerance = arguments.text("tolerance") ?? "0"
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.requireSeveralColumns(for: "sum_of_columns")
        if let column = subject.columns.first(where: { $0.type.category != .numeric }) {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not a number")
        }
        let wanted: SQL
        if let column = subject.relation.column(named: sum) {
            wanted = subject.exactNumber(column)
        } else if ExactDecimal(sum) != nil {
            wanted = "\(bind: sum)::pg_catalog.numeric"
        } else {
            throw SubjectError("\"\(sum)\" is neither a number nor a column of \(subject.relation.name)")
        }
        let total = subject.columns.map(subject.exactNumber).joined(separator: " + ")
        return subject.violations(unless: "abs(\(total) - \(wanted)) <= \(bind: tolerance)::pg_catalog.numeric")
    }
}

import Catalog
import StructuredSQL

/// `equal_columns`: the columns have the same value in every row.
package struct EqualColumns: CheckKind {
    package static let definition = KindDefinition(
        "equal_columns", "These columns have the same value in every row",
        scope: .columns,
        semantics: "A row with a NULL in the columns passes unless nulls: fail; then NULLs count as equal.",
        otherNames: [
            "expect_column_pair_values_to_be_equal", "expect_multicolumn_values_to_be_equal", "pair_equal",
        ],
        example: KindExample("{equal_columns: [amount, total]}", gives: "fail: 2 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.requireSeveralColumns(for: "equal_columns")
        let names = try subject.comparableColumns()
        let comparison: SQL = subject.nulls == .fail ? "IS NOT DISTINCT FROM" : "="
        return subject.violations(
            unless: names.dropFirst().map { "\(names[0]) \(comparison) \($0)" as SQL }.joined(separator: " AND "))
    }
}

import Catalog
import StructuredSQL

/// `different_columns`: no two of the columns have the same value in a row.
package struct DifferentColumns: CheckKind {
    package static let definition = KindDefinition(
        "different_columns", "No two of these columns have the same value in a row",
        scope: .columns,
        semantics: "NULL is equal to nothing and passes, unless nulls: fail.",
        otherNames: [
            "unique_within_record", "expect_select_column_values_to_be_unique_within_record",
            "multicolumn_values_to_be_unique",
        ],
        example: KindExample(
            "{different_columns: [customer_id, referred_by]}", on: "shop.customers", gives: "pass: 0 of 5")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.requireSeveralColumns(for: "different_columns")
        let names: [SQL] = subject.columns.map { "\(identifier: $0.name)" }
        let pairs = names.indices.flatMap { first in
            names.indices.filter { $0 > first }.map { (names[first], names[$0]) }
        }
        let conditions: [SQL] = pairs.map { "\($0) <> \($1)" }
        return subject.violations(unless: conditions.joined(separator: " AND "))
    }
}

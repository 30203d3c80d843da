import Catalog

/// `unique`: no two rows share their values in the columns.
package struct Unique: CheckKind {
    package static let definition = KindDefinition(
        "unique", "No two rows share their values in these columns",
        scope: .columns,
        semantics: """
            Every row that shares its key with another fails. With nulls: pass a row with a NULL in the key shares with no \
            other, as in a UNIQUE constraint; with nulls: fail NULLs count as equal.
            """,
        judgesSingleRows: false,
        otherNames: [
            "unique_combination_of_columns", "expect_column_values_to_be_unique", "duplicate_count", "duplicate",
            "expect_compound_columns_to_be_unique", "isUnique", "hasUniqueness", "Uniqueness", "unique_key",
            "unique_values",
        ],
        example: KindExample(
            "{unique: order_id}", gives: "fail: 2 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        if let column = subject.columns.first(where: { $0.type.baseName == "json" }) {
            throw SubjectError(
                "column \"\(column.name)\" is json, which has no equality",
                hint: "Use jsonb, or an \"expect\" on a part of it."
            )
        }
        return .duplicates(columns: subject.columns.map(\.name), nulls: subject.nulls)
    }

    package func proof(on subject: Subject) -> String? {
        subject.relation.key(within: subject.columns.map(\.name), nulls: subject.nulls)?.name
    }
}

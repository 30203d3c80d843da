import StructuredSQL

/// `null_together`: the columns have values all together or not at all.
package struct NullTogether: CheckKind {
    package static let definition = KindDefinition(
        "null_together", "These columns have values all together or not at all",
        scope: .columns,
        semantics: "A row with some NULLs and some values fails. Empty text and NaN are values.",
        hasFixedNulls: true,
        otherNames: ["col_missing_consistent", "all_or_none"],
        example: KindExample(
            "{null_together: [shipped_at, note]}", gives: "fail: 3 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.requireSeveralColumns(for: "null_together")
        return .rows(
            Violation(
                "pg_catalog.num_nulls(\(subject.columnList)) BETWEEN 1 AND \(bind: subject.columns.count - 1)",
                judgedBy: nil), .shareable)
    }
}

import StructuredSQL

/// `null_exclusive`: exactly one of the columns has a value.
package struct NullExclusive: CheckKind {
    package static let definition = KindDefinition(
        "null_exclusive", "Exactly one of these columns has a value in every row",
        scope: .columns,
        semantics: "A row with no value or with several fails. Empty text and NaN are values.",
        hasFixedNulls: true,
        otherNames: ["exactly_one", "mutually_exclusive"],
        example: KindExample(
            "{null_exclusive: [shipped_at, currency]}", gives: "fail: 5 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.requireSeveralColumns(for: "null_exclusive")
        return .rows(
            Violation("pg_catalog.num_nonnulls(\(subject.columnList)) <> 1", judgedBy: nil), .shareable)
    }
}

import StructuredSQL

/// `no_near_duplicates`: no two values are the same but for their spelling.
package struct NoNearDuplicates: CheckKind {
    package static let definition = KindDefinition(
        "no_near_duplicates", "No two different texts are the same once case, punctuation and white space are left out",
        scope: .column,
        semantics: """
            Every row whose text has another spelling somewhere fails. NULL, and text without a letter or digit, passes. \
            Letters are compared in lower case, accents count.
            """,
        hasFixedNulls: true,
        dimension: .variety,
        judgesSingleRows: false,
        otherNames: ["near_duplicate", "fuzzy_duplicate"],
        example: KindExample("{no_near_duplicates: {column: note}}", gives: "fail: 2 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        let text = subject.text(of: column)
        let bare: SQL = "pg_catalog.lower(pg_catalog.regexp_replace(\(text), '[^[:alnum:]]+', '', 'g'))"
        return .query(
            failing: subject.rows(havingSeveral: text, alike: bare, among: "\(bare) <> ''"), of: nil)
    }
}

import StructuredSQL

/// `consistent_casing`: no value is written in two ways that differ in case only.
package struct ConsistentCasing: CheckKind {
    package static let definition = KindDefinition(
        "consistent_casing", "No two values differ in upper and lower case only",
        scope: .column,
        semantics: "Every row whose value is also there in another casing fails. NULL passes.",
        hasFixedNulls: true,
        dimension: .variety,
        judgesSingleRows: false,
        otherNames: ["expect_column_values_to_have_consistent_casing"],
        example: KindExample("{consistent_casing: {column: currency}}", gives: "fail: 2 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        let text = subject.text(of: column)
        let folded: SQL = "pg_catalog.lower(\(text))"
        return .query(failing: subject.rows(havingSeveral: text, alike: folded, among: "\(text) IS NOT NULL"), of: nil)
    }
}

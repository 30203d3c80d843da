import StructuredSQL

/// `not_blank`: every text has something to read.
package struct NotBlank: CheckKind {
    package static let definition = KindDefinition(
        "not_blank", "Every text has a character that is not white space",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. Empty text fails.",
        dimension: .volume,
        otherNames: ["whitespace_text_found", "whitespace_text_percent", "is_blank"],
        example: KindExample(
            "{not_blank: note}", gives: "fail: 1 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        return subject.violations(
            unless: "\(subject.text(of: column)) ~ '[^[:space:]]'", on: column, .regularExpression)
    }
}

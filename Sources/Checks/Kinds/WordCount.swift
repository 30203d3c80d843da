import StructuredSQL

/// `word_count`: every text has as many words as it should.
package struct WordCount: CheckKind {
    package static let definition = KindDefinition(
        "word_count", "Every text has a number of words between bounds",
        scope: .column,
        parameters: [
            Parameter("min", .count, "the fewest words allowed"),
            Parameter("max", .count, "the most words allowed"),
            Parameter("equals", .count, "the only number of words allowed"),
        ],
        shorthand: ["equals"],
        semantics: "Words are what white space separates. NULL passes unless nulls: fail. Empty text has 0 words.",
        otherNames: ["min_word_count", "max_word_count", "word_count_between"],
        example: KindExample("{word_count: {column: name, min: 2}}", on: "shop.customers", gives: "fail: 1 of 5")
    )

    private let bounds: Bounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try Bounds(arguments, of: "word_count")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        // One character in the place of each word, and nothing in the place of what is between them.
        let words: SQL = """
            pg_catalog.char_length(pg_catalog.regexp_replace(\
            pg_catalog.regexp_replace(\(subject.text(of: column)), '[^[:space:]]+', 'w', 'g'), '[[:space:]]+', '', 'g'))
            """
        return subject.violations(unless: bounds.condition(on: words), on: column, .regularExpression)
    }
}

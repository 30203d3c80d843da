import StructuredSQL

/// `no_placeholder`: no text stands for a value that is missing.
package struct NoPlaceholder: CheckKind {
    package static let definition = KindDefinition(
        "no_placeholder", "No text is a word for a missing value, such as N/A or null",
        scope: .column,
        parameters: [
            Parameter("values", .values, "the words, in the place of: \(defaults.joined(separator: ", "))")
        ],
        shorthand: ["values"],
        semantics: "NULL passes unless nulls: fail. Case and white space around the text do not count.",
        dimension: .volume,
        otherNames: [
            "missing_placeholder", "null_placeholder_text_found", "columnValuesMissingCount", "missingValues",
            "missing_values",
        ],
        example: KindExample(
            "{no_placeholder: {column: note}}", gives: "fail: 1 of 8")
    )

    private static let defaults = [
        "n/a", "na", "null", "none", "nil", "nan", "missing", "unknown", "undefined", "tbd", "tbc", "-", "--", "?", ".",
    ]

    private let values: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = arguments.list("values") ?? Self.defaults
        guard !values.isEmpty else { throw ArgumentError("values", "the list of placeholders is empty") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.textColumn()
        let words = Set(values.map { $0.lowercased() }).sorted()
        // btrim takes blanks only; a tab around a word is white space too.
        let bare: SQL =
            "pg_catalog.lower(pg_catalog.regexp_replace(\(subject.text(of: column)), '^[[:space:]]+|[[:space:]]+$', '', 'g'))"
        return subject.violations(
            unless: "\(bare) <> ALL (\(bind: SQLArray.text(words)))", on: column, .regularExpression)
    }
}

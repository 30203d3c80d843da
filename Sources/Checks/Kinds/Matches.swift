import StructuredSQL

/// `matches`: every value matches a regular expression.
package struct Matches: CheckKind {
    package static let definition = KindDefinition(
        "matches", "Every value matches a regular expression (PostgreSQL's, anywhere in the text unless anchored)",
        scope: .column,
        parameters: [
            Parameter("regex", .text, isRequired: true, "the regular expression"),
            Parameter("case_insensitive", .boolean, "upper and lower case are the same"),
            Parameter("not", .boolean, "values must not match"),
        ],
        shorthand: ["regex"],
        semantics: "NULL passes unless nulls: fail. Empty text is matched like any text. Other types are read as text.",
        otherNames: [
            "expect_column_values_to_match_regex", "valid_regex", "regex", "pattern", "matches_regex", "hasPattern",
        ],
        example: KindExample(
            "{matches: {column: currency, regex: '^[A-Z]{3}$'}}", gives: "fail: 1 of 8")
    )

    private let regex: String
    private let ignoresCase: Bool
    private let isNegated: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        regex = try arguments.required("regex", arguments.text("regex"))
        guard !regex.isEmpty else { throw ArgumentError("regex", "an empty regular expression matches everything") }
        ignoresCase = arguments.flag("case_insensitive")
        isNegated = arguments.flag("not")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let comparison: SQL
        switch (isNegated, ignoresCase) {
        case (false, false): comparison = "~"
        case (false, true): comparison = "~*"
        case (true, false): comparison = "!~"
        case (true, true): comparison = "!~*"
        }
        let column = try subject.column()
        let rule: SQL = "\(subject.text(of: column)) \(comparison) \(bind: regex)"
        return subject.violations(unless: rule, on: column, .regularExpression)
    }
}

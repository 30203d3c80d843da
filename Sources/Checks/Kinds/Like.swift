import StructuredSQL

/// `like`: every value matches a LIKE pattern.
package struct Like: CheckKind {
    package static let definition = KindDefinition(
        "like", "Every value matches a LIKE pattern: % any text, _ any character",
        scope: .column,
        parameters: [
            Parameter("pattern", .text, isRequired: true, "the pattern"),
            Parameter("case_insensitive", .boolean, "upper and lower case are the same"),
            Parameter("not", .boolean, "values must not match"),
        ],
        shorthand: ["pattern"],
        semantics: "NULL passes unless nulls: fail. Other types are read as text.",
        otherNames: ["expect_column_values_to_match_like_pattern"],
        example: KindExample(
            "{like: {column: email, pattern: '%@%.%'}}", on: "shop.customers", gives: "fail: 1 of 5")
    )

    private let pattern: String
    private let ignoresCase: Bool
    private let isNegated: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        pattern = try arguments.required("pattern", arguments.text("pattern"))
        ignoresCase = arguments.flag("case_insensitive")
        isNegated = arguments.flag("not")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let comparison: SQL
        switch (isNegated, ignoresCase) {
        case (false, false): comparison = "LIKE"
        case (false, true): comparison = "ILIKE"
        case (true, false): comparison = "NOT LIKE"
        case (true, true): comparison = "NOT ILIKE"
        }
        let column = try subject.column()
        let rule: SQL = "\(subject.text(of: column)) \(comparison) \(bind: pattern)"
        return subject.violations(unless: rule, on: column, .pattern)
    }
}

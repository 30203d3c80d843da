import StructuredSQL

/// `matches_list`: every value matches one, all or none of several regular expressions.
package struct MatchesList: CheckKind {
    package static let definition = KindDefinition(
        "matches_list", "Every value matches any, all or none of several regular expressions",
        scope: .column,
        parameters: [
            Parameter("regexes", .values, isRequired: true, "the regular expressions (PostgreSQL's)"),
            Parameter("match", .choice(["any", "all", "none"]), "how many must match; any if not given"),
            Parameter("case_insensitive", .boolean, "upper and lower case are the same"),
        ],
        shorthand: ["regexes"],
        semantics: "NULL passes unless nulls: fail. Other types are read as text.",
        otherNames: [
            "expect_column_values_to_match_regex_list", "expect_column_values_to_not_match_regex_list",
            "matches_any_regex", "match_regex_pattern_list", "not_match_regex_pattern_list",
        ],
        example: KindExample(
            "{matches_list: {column: phone, regexes: ['^\\+44', '^\\+1']}}", on: "shop.customers", gives: "fail: 1 of 5"
        )
    )

    private let regexes: [String]
    private let comparison: SQL

    package init(_ arguments: Arguments) throws(ArgumentError) {
        regexes = try arguments.required("regexes", arguments.list("regexes"))
        guard !regexes.isEmpty, !regexes.contains("") else {
            throw ArgumentError("regexes", "an empty list, or an empty regular expression, says nothing")
        }
        let ignoresCase = arguments.flag("case_insensitive")
        comparison =
            switch arguments.text("match") {
            case "all": ignoresCase ? "~* ALL" : "~ ALL"
            case "none": ignoresCase ? "!~* ALL" : "!~ ALL"
            default: ignoresCase ? "~* ANY" : "~ ANY"
            }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let rule: SQL = "\(subject.text(of: column)) \(comparison) (\(bind: SQLArray.text(regexes))::pg_catalog.text[])"
        return subject.violations(unless: rule, on: column, .regularExpression)
    }
}

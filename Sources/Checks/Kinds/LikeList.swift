import StructuredSQL

/// `like_list`: every value matches one, all or none of several LIKE patterns.
package struct LikeList: CheckKind {
    package static let definition = KindDefinition(
        "like_list", "Every value matches any, all or none of several LIKE patterns",
        scope: .column,
        parameters: [
            Parameter("patterns", .values, isRequired: true, "the patterns: % is any text, _ any character"),
            Parameter("match", .choice(["any", "all", "none"]), "how many must match; any if not given"),
            Parameter("case_insensitive", .boolean, "upper and lower case are the same"),
        ],
        shorthand: ["patterns"],
        semantics: "NULL passes unless nulls: fail. Other types are read as text.",
        otherNames: [
            "expect_column_values_to_match_like_pattern_list", "expect_column_values_to_not_match_like_pattern_list",
            "match_like_pattern_list", "not_match_like_pattern_list",
        ],
        example: KindExample(
            "{like_list: {column: note, patterns: ['%test%', 'N/A'], match: none, case_insensitive: true}}",
            gives: "fail: 1 of 8")
    )

    private let patterns: [String]
    private let comparison: SQL

    package init(_ arguments: Arguments) throws(ArgumentError) {
        patterns = try arguments.required("patterns", arguments.list("patterns"))
        guard !patterns.isEmpty else { throw ArgumentError("patterns", "an empty list says nothing") }
        let like = arguments.flag("case_insensitive") ? "ILIKE" : "LIKE"
        comparison =
            switch (arguments.text("match"), like) {
            case ("all", "LIKE"): "LIKE ALL"
            case ("all", _): "ILIKE ALL"
            case ("none", "LIKE"): "NOT LIKE ALL"
            case ("none", _): "NOT ILIKE ALL"
            case (_, "LIKE"): "LIKE ANY"
            default: "ILIKE ANY"
            }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let rule: SQL =
            "\(subject.text(of: column)) \(comparison) (\(bind: SQLArray.text(patterns))::pg_catalog.text[])"
        return subject.violations(unless: rule, on: column, .pattern)
    }
}

import ExactJSON

/// Expectations of how the values of a column are written.
enum GxTextRules {
    /// The rules by the types of expectation.
    static let rules: [String: GxRule] = [
        "expect_column_value_lengths_to_be_between": GxRules.column(GxValueRules.bounds) { expectation, column in
            guard let lengths = GxBounds(expectation)?.wholes else { return .notConverted(GxBounds.missing) }
            return text("length", lengths, expectation, column)
        },
        "expect_column_value_lengths_to_equal": GxRules.column(["value"]) { expectation, column in
            guard let length = expectation.text("value").flatMap(DecimalText.init)?.whole, length >= 0 else {
                return .notConverted("its value is no length")
            }
            return text("length", ["equals": .number(String(length))], expectation, column)
        },
        "expect_column_values_to_match_regex": GxRules.column(["regex"]) {
            single("matches", "regex", $0, $1)
        },
        "expect_column_values_to_not_match_regex": GxRules.column(["regex"]) {
            single("matches", "regex", isNegated: true, $0, $1)
        },
        "expect_column_values_to_match_regex_list": GxRules.column(["regex_list", "match_on"]) {
            several("matches_list", "regexes", "regex_list", $0, $1)
        },
        "expect_column_values_to_not_match_regex_list": GxRules.column(["regex_list"]) {
            several("matches_list", "regexes", "regex_list", isNegated: true, $0, $1)
        },
        "expect_column_values_to_match_like_pattern": GxRules.column(["like_pattern"]) {
            single("like", "pattern", from: "like_pattern", $0, $1)
        },
        "expect_column_values_to_not_match_like_pattern": GxRules.column(["like_pattern"]) {
            single("like", "pattern", from: "like_pattern", isNegated: true, $0, $1)
        },
        "expect_column_values_to_match_like_pattern_list": GxRules.column(["like_pattern_list", "match_on"]) {
            several("like_list", "patterns", "like_pattern_list", $0, $1)
        },
        "expect_column_values_to_not_match_like_pattern_list": GxRules.column(["like_pattern_list"]) {
            several("like_list", "patterns", "like_pattern_list", isNegated: true, $0, $1)
        },
        "expect_column_values_to_match_strftime_format": GxRules.column(["strftime_format"]) { strftime($0, $1) },
        "expect_column_values_to_be_dateutil_parseable": GxRules.column([]) {
            text("parsable_as", ["type": "timestamp"], $0, $1)
                .approximated("only the ways of ISO 8601 to write a date are taken")
        },
        "expect_column_values_to_be_json_parseable": GxRules.column([]) {
            text("valid_json", .object([]), $0, $1).approximated("NaN and Infinity, which Python reads, are no JSON")
        },
        "expect_column_values_to_match_json_schema": GxRules.column(["json_schema"]) { expectation, column in
            text("json_schema", ["schema": expectation["json_schema"] ?? .null], expectation, column)
                .approximated(
                    "format is not looked at, patterns are PostgreSQL's, and newer drafts' keywords are understood")
        },
        "expect_column_values_to_be_valid_chinese_id_card": GxRules.column([]) {
            text("format", ["is": "chinese_id"], $0, $1)
        },
    ]

    private static func text(
        _ kind: String, _ arguments: JSONValue, _ expectation: GxExpectation, _ column: String
    ) -> RuleConversion {
        RuleConversion(
            expectation.rows(kind, column: column, arguments, population: QuotedSQL.present([column])))
    }

    private static func single(
        _ kind: String, _ parameter: String, from name: String? = nil, isNegated: Bool = false,
        _ expectation: GxExpectation, _ column: String
    ) -> RuleConversion {
        guard let pattern = expectation.text(name ?? parameter), !pattern.isEmpty else {
            return .notConverted("it has no pattern")
        }
        var members: [JSONValue.Member] = [.init(parameter, .string(pattern))]
        if isNegated { members.append(.init("not", true)) }
        return text(kind, .object(members), expectation, column)
    }

    private static func several(
        _ kind: String, _ parameter: String, _ name: String, isNegated: Bool = false, _ expectation: GxExpectation,
        _ column: String
    ) -> RuleConversion {
        let match = isNegated ? "none" : expectation.text("match_on") ?? "any"
        guard let patterns = expectation.list(name), !patterns.isEmpty, ["any", "all", "none"].contains(match) else {
            return .notConverted("it has no patterns, or a match_on that is neither any nor all")
        }
        var members: [JSONValue.Member] = [.init(parameter, .array(patterns))]
        if match != "any" { members.append(.init("match", .string(match))) }
        return text(kind, .object(members), expectation, column)
    }

    private static func strftime(_ expectation: GxExpectation, _ column: String) -> RuleConversion {
        guard let format = expectation.text("strftime_format") else { return .notConverted("it has no format") }
        var (codes, rest): (Set<Character>, Substring) = ([], format[...])
        while let percent = rest.firstIndex(of: "%") {
            rest = rest[rest.index(after: percent)...]
            guard let code = rest.popFirst(), "YmdHMSybBaAjIpfz%".contains(code), codes.insert(code).inserted else {
                return .notConverted("date_format does not know a part of \(format)")
            }
        }
        guard !codes.subtracting(["%"]).isEmpty else { return .notConverted("\(format) has no part of a date") }
        return text("date_format", ["format": .string(format)], expectation, column)
            .approximated("Python also reads numbers without their leading zeros")
    }
}

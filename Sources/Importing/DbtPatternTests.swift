import ExactJSON

/// Tests of dbt_expectations that match texts with patterns.
enum DbtPatternTests {
    /// What a test becomes.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        switch arguments.test.name {
        case "expect_column_values_to_match_like_pattern": try like(arguments, isNegated: false)
        case "expect_column_values_to_not_match_like_pattern": try like(arguments, isNegated: true)
        case "expect_column_values_to_match_like_pattern_list": try likeList(arguments, isNegated: false)
        case "expect_column_values_to_not_match_like_pattern_list": try likeList(arguments, isNegated: true)
        case "expect_column_values_to_match_regex": try matches(arguments, isNegated: false)
        case "expect_column_values_to_not_match_regex": try matches(arguments, isNegated: true)
        case "expect_column_values_to_match_regex_list": try matchesList(arguments, isNegated: false)
        default: try matchesList(arguments, isNegated: true)
        }
    }

    /// A pattern between the quotes of an SQL literal, where two quotes are one.
    private static func pattern(_ name: String, _ arguments: DbtArguments) throws(DbtObstacle) -> String {
        try arguments.required(name).replacing("''", with: "'")
    }

    private static func patterns(_ name: String, _ arguments: DbtArguments) throws(DbtObstacle) -> [String] {
        let patterns = try arguments.texts(name).map { $0.replacing("''", with: "'") }
        guard !patterns.isEmpty else { throw DbtObstacle("\(name) is missing") }
        return patterns
    }

    /// Whether all patterns are asked for, not any.
    private static func asksAll(_ arguments: DbtArguments) throws(DbtObstacle) -> Bool {
        try arguments.text("match_on") == "all"
    }

    // MARK: LIKE

    private static func like(_ arguments: DbtArguments, isNegated: Bool) throws(DbtObstacle) -> DbtOutcome {
        var members = [JSONValue.Member("pattern", .string(try pattern("like_pattern", arguments)))]
        if isNegated { members.append(.init("not", true)) }
        return DbtOutcome(arguments.draft("like", column: try arguments.columnName(), members))
    }

    /// dbt's usual "any" of patterns not to match means that one of them must not match.
    private static func likeList(_ arguments: DbtArguments, isNegated: Bool) throws(DbtObstacle) -> DbtOutcome {
        let patterns = try patterns("like_pattern_list", arguments)
        let name = try arguments.columnName()
        let asksAll = try asksAll(arguments)
        if isNegated, !asksAll, patterns.count > 1 {
            return unlessAll(patterns.map { "\(DbtText.identifier(name)) LIKE \(DbtText.literal($0))" }, arguments)
        }
        return DbtOutcome(arguments.draft("like_list", column: name, list("patterns", patterns, isNegated, asksAll)))
    }

    // MARK: Regular expressions

    /// With PostgreSQL dbt counts what a regular expression finds, which is nothing in NULL.
    private static func matches(_ arguments: DbtArguments, isNegated: Bool) throws(DbtObstacle) -> DbtOutcome {
        let options = try flags(arguments)
        let regex = try options.prefix + pattern("regex", arguments)
        var members = [JSONValue.Member("regex", .string(regex))]
        if options.ignoresCase { members.append(.init("case_insensitive", true)) }
        if isNegated { members.append(.init("not", true)) }
        var draft = arguments.draft("matches", column: try arguments.columnName(), members)
        draft.nullsFail = !isNegated
        return DbtOutcome(draft)
    }

    private static func matchesList(_ arguments: DbtArguments, isNegated: Bool) throws(DbtObstacle) -> DbtOutcome {
        let options = try flags(arguments)
        let regexes = try patterns("regex_list", arguments).map { options.prefix + $0 }
        let name = try arguments.columnName()
        let asksAll = try asksAll(arguments)
        if isNegated, !asksAll, regexes.count > 1 {
            let comparison = options.ignoresCase ? "~*" : "~"
            return unlessAll(
                regexes.map { "\(DbtText.identifier(name)) \(comparison) \(DbtText.literal($0))" }, arguments)
        }
        var members = list("regexes", regexes, isNegated, asksAll)
        if options.ignoresCase { members.append(.init("case_insensitive", true)) }
        var draft = arguments.draft("matches_list", column: name, members)
        draft.nullsFail = !isNegated
        return DbtOutcome(draft)
    }

    /// Flags of PostgreSQL's regular expressions: `i` is a parameter here, others can stand before the expression.
    private static func flags(
        _ arguments: DbtArguments
    ) throws(DbtObstacle) -> (ignoresCase: Bool, prefix: String) {
        let flags = try arguments.text("flags") ?? ""
        guard flags.allSatisfy({ "bcegimnpqstwx".contains($0) }) else {
            throw DbtObstacle("flags \(flags) are not known")
        }
        // Searching on behind a match changes nothing; case counts, and a newline is like any character, anyway.
        let others = flags.filter { !"igcs".contains($0) }
        return (flags.contains("i"), others.isEmpty ? "" : "(?\(others))")
    }

    private static func list(
        _ name: String, _ patterns: [String], _ isNegated: Bool, _ asksAll: Bool
    ) -> [JSONValue.Member] {
        let members = [JSONValue.Member(name, .array(patterns.map(JSONValue.string)))]
        guard isNegated || asksAll else { return members }
        return members + [JSONValue.Member("match", isNegated ? "none" : "all")]
    }

    /// A row fails that meets all conditions.
    private static func unlessAll(_ conditions: [String], _ arguments: DbtArguments) -> DbtOutcome {
        let rule = "NOT (\(conditions.joined(separator: " AND ")))"
        return DbtOutcome(arguments.draft("expect", [.init("expression", .string(rule))]))
    }
}

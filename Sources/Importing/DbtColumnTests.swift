import ExactJSON

/// Tests of dbt_expectations on several columns of a row.
enum DbtColumnTests {
    /// One column is greater than another, or the same.
    static func pair(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let first = DbtColumn(try arguments.required("column_A"))
        let second = DbtColumn(try arguments.required("column_B"))
        let isEqual = arguments.test.name == "expect_column_pair_values_to_be_equal"
        let orEqual = try arguments.flag("or_equal", usually: false)
        let comparison = isEqual ? "=" : orEqual ? ">=" : ">"
        guard let left = first.name, let right = second.name, left != right else {
            let rule = "\(first.sql) \(comparison) \(second.sql)"
            return DbtOutcome(arguments.draft("expect", [.init("expression", .string(rule))]))
        }
        let columns = JSONValue.Member("columns", .array([.string(left), .string(right)]))
        if isEqual { return DbtOutcome(arguments.draft("equal_columns", [columns])) }
        return DbtOutcome(arguments.draft("compare_columns", [columns, .init("is", .string(comparison))]))
    }

    /// Both columns together have one of the listed pairs of values.
    static func pairInSet(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let first = DbtColumn(try arguments.required("column_A"))
        let second = DbtColumn(try arguments.required("column_B"))
        var pairs: [DbtValues] = []
        for element in arguments.value("value_pairs_set")?.elements ?? [] {
            guard element.elements.count == 2 else { throw DbtObstacle("value_pairs_set is no list of pairs") }
            pairs.append(try DbtValues(element.elements, areQuoted: false, of: "value_pairs_set"))
        }
        guard !pairs.isEmpty else { throw DbtObstacle("value_pairs_set is missing") }
        let plain = pairs.compactMap { $0.plain.map(JSONValue.array) }
        guard let left = first.name, let right = second.name, plain.count == pairs.count else {
            let rules = pairs.map { "\(first.sql) = \($0.sql[0]) AND \(second.sql) = \($0.sql[1])" }
            let rule = rules.map { "(\($0))" }.joined(separator: " OR ")
            return DbtOutcome(arguments.draft("expect", [.init("expression", .string(rule))]))
        }
        let columns = JSONValue.Member("columns", .array([.string(left), .string(right)]))
        return DbtOutcome(
            arguments.draft("accepted_combinations", [columns, .init("values", .array(plain))]),
            "a row with a NULL passes, in dbt only if its other value is in a pair")
    }

    /// No two rows have the same values, of which some, or none, may be NULL.
    static func uniqueTogether(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let columns = try columns(arguments)
        var outcome = DbtUtilsTests.uniqueTogether(columns, arguments)
        guard !outcome.drafts.isEmpty else { throw DbtObstacle("column_list has an expression, not a column") }
        if try ignoresAnyNull(arguments) || columns.count == 1 {
            outcome.drafts[0].nullsFail = false
        } else {
            outcome.drafts[0].conditions.append(hasValue(columns, "OR"))
        }
        return outcome
    }

    /// All columns of a row have different values; a NULL fails beside values.
    static func different(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let columns = try columns(arguments)
        let names = columns.compactMap(\.name)
        guard names.count == columns.count, names.count > 1 else {
            throw DbtObstacle("column_list does not name several columns")
        }
        var draft = arguments.draft("different_columns", [.init("columns", .array(names.map(JSONValue.string)))])
        if try ignoresAnyNull(arguments) {
            draft.conditions.append(hasValue(columns, "AND"))
        } else {
            draft.conditions.append(hasValue(columns, "OR"))
            draft.nullsFail = true
        }
        return DbtOutcome(draft)
    }

    private static func columns(_ arguments: DbtArguments) throws(DbtObstacle) -> [DbtColumn] {
        let areQuoted = try arguments.flag("quote_columns", usually: false)
        let columns = try arguments.texts("column_list").map { DbtColumn(areQuoted ? "\"\($0)\"" : $0) }
        guard !columns.isEmpty else { throw DbtObstacle("column_list is missing") }
        return columns
    }

    /// Whether a row is left out for any NULL, not only if all are NULL.
    private static func ignoresAnyNull(_ arguments: DbtArguments) throws(DbtObstacle) -> Bool {
        switch try arguments.text("ignore_row_if") ?? "all_values_are_missing" {
        case "all_values_are_missing": return false
        case "any_value_is_missing": return true
        case let other: throw DbtObstacle("ignore_row_if is \(other)")
        }
    }

    private static func hasValue(_ columns: [DbtColumn], _ word: String) -> String {
        columns.map { "\($0.sql) IS NOT NULL" }.joined(separator: " \(word) ")
    }
}

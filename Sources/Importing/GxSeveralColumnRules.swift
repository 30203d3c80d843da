import ExactJSON

/// Expectations of several columns of a row.
///
/// What `ignore_row_if` leaves out is left out here where it makes a difference. Where a NULL remains, a row counts as
/// it does for Great Expectations on PostgreSQL: a comparison that is NULL is none that fails.
enum GxSeveralColumnRules {
    /// The rules by the types of expectation.
    static let rules: [String: GxRule] = [
        "expect_column_pair_values_a_to_be_greater_than_b": pair(["or_equal"]) { expectation, columns in
            let sign = expectation.flag("or_equal") ? ">=" : ">"
            return RuleConversion(
                expectation.rows(
                    "compare_columns", ["columns": list(columns), "is": .string(sign)],
                    population: ignored(expectation, columns)))
        },
        "expect_column_pair_values_to_be_equal": pair([]) { equal($0, $1) },
        "expect_column_pair_values_to_be_in_set": pair(["value_pairs_set"]) { expectation, columns in
            let pairs = expectation.list("value_pairs_set") ?? []
            guard !pairs.isEmpty, pairs.allSatisfy({ $0.elements.count == 2 && !$0.elements.contains(.null) }) else {
                return .notConverted("it has no pairs, or a NULL in one")
            }
            return RuleConversion(
                expectation.rows(
                    "accepted_combinations", ["columns": list(columns), "values": .array(pairs)],
                    population: ignored(expectation, columns)))
        },
        "expect_column_pair_cramers_phi_value_to_be_less_than": GxRules.table(
            ["column_A", "column_B", "threshold", "bins_A", "bins_B", "n_bins_A", "n_bins_B"], isAboutRows: true
        ) { cramers($0) },
        "expect_compound_columns_to_be_unique": several([]) { expectation, columns in
            let mode = expectation.text("ignore_row_if") ?? "all_values_are_missing"
            return RuleConversion(
                expectation.rows(
                    "unique", ["columns": list(columns)],
                    population: mode == "any_value_is_missing" ? ignored(expectation, columns) : [],
                    filter: mode == "all_values_are_missing" ? ignored(expectation, columns) : [],
                    nulls: mode == "any_value_is_missing" ? nil : "fail"))
        },
        "expect_select_column_values_to_be_unique_within_record": several([]) { different($0, $1) },
        "expect_multicolumn_values_to_be_unique": several([]) { different($0, $1) },
        "expect_multicolumn_values_to_be_equal": several([]) { expectation, columns in
            RuleConversion(
                expectation.rows(
                    "equal_columns", ["columns": list(columns)], population: ignored(expectation, columns),
                    nulls: expectation.text("ignore_row_if") == "any_value_is_missing" ? nil : "fail"))
        },
        "expect_multicolumn_sum_to_equal": several(["sum_total"]) { expectation, columns in
            guard let sum = expectation["sum_total"], sum.scalarText.flatMap(DecimalText.init) != nil else {
                return .notConverted("its sum_total is no number")
            }
            return RuleConversion(
                expectation.rows(
                    "sum_of_columns", ["columns": list(columns), "equals": sum],
                    population: ignored(expectation, columns)))
        },
    ]

    // MARK: Columns

    private typealias Make = @Sendable (GxExpectation, [String]) -> RuleConversion

    private static func pair(_ names: Set<String>, _ make: @escaping Make) -> GxRule {
        GxRules.rows(names.union(["column_A", "column_B", "ignore_row_if"])) { expectation in
            guard let first = expectation.text("column_A"), let second = expectation.text("column_B") else {
                return .notConverted("it does not name two columns")
            }
            return make(expectation, [first, second])
        }
    }

    private static func several(_ names: Set<String>, _ make: @escaping Make) -> GxRule {
        GxRules.rows(names.union(["column_list", "ignore_row_if"])) { expectation in
            guard expectation.columns.count > 1 else { return .notConverted("it does not name several columns") }
            return make(expectation, expectation.columns)
        }
    }

    private static func list(_ columns: [String]) -> JSONValue { .array(columns.map(JSONValue.string)) }

    /// The condition on the rows that `ignore_row_if` leaves; none where it leaves all.
    private static func ignored(_ expectation: GxExpectation, _ columns: [String]) -> [String] {
        switch expectation.text("ignore_row_if") {
        case "either_value_is_missing", "any_value_is_missing": QuotedSQL.present(columns)
        case "neither", "never": []
        default: [QuotedSQL.present(columns).joined(separator: " OR ")]
        }
    }

    // MARK: Rules

    private static func equal(_ expectation: GxExpectation, _ columns: [String]) -> RuleConversion {
        let population = ignored(expectation, columns)
        switch expectation.text("ignore_row_if") {
        case "either_value_is_missing":
            return RuleConversion(
                expectation.rows("equal_columns", ["columns": list(columns)], population: population))
        case "neither":
            // Two NULLs are not equal to it.
            return RuleConversion(
                expectation.rows("compare_columns", ["columns": list(columns), "is": "="], nulls: "fail"))
        default:
            return RuleConversion(
                expectation.rows(
                    "equal_columns", ["columns": list(columns)], population: population, nulls: "fail"))
        }
    }

    /// Two NULLs in a row are equal to it, one is different from everything.
    private static func different(_ expectation: GxExpectation, _ columns: [String]) -> RuleConversion {
        let rows = ignored(expectation, columns)
        let leavesNulls = expectation.text("ignore_row_if") != "any_value_is_missing"
        if columns.count == 2, expectation.text("ignore_row_if") != "never" {
            return RuleConversion(
                expectation.rows("different_columns", ["columns": list(columns)], population: rows))
        }
        guard leavesNulls else {
            return RuleConversion(expectation.rows("different_columns", ["columns": list(columns)], filter: rows))
        }
        let names = columns.map(QuotedSQL.name)
        let pairs = names.indices.flatMap { first in
            names[(first + 1)...].map { "\(names[first]) IS DISTINCT FROM \($0)" }
        }
        return RuleConversion(
            expectation.rows("expect", ["expression": .string(pairs.joined(separator: " AND "))], filter: rows))
    }

    private static func cramers(_ expectation: GxExpectation) -> RuleConversion {
        guard let first = expectation.text("column_A"), let second = expectation.text("column_B") else {
            return .notConverted("it does not name two columns")
        }
        let hasBins = ["bins_A", "bins_B", "n_bins_A", "n_bins_B"].contains { expectation[$0] != nil }
        let arguments: JSONValue = [
            "columns": list([first, second]), "max": expectation["threshold"] ?? .number("0.1"),
        ]
        return RuleConversion(expectation.value("cramers_v", arguments))
            .approximated(
                hasBins
                    ? "values are not put into bins, and Yates' correction is not made"
                    : "Yates' correction for two values by two is not made")
    }
}

import ExactJSON

/// Expectations of the single values of a column: whether they are there, which ones, how great.
enum GxValueRules {
    /// The rules by the types of expectation.
    static let rules: [String: GxRule] = [
        "expect_column_values_to_not_be_null": GxRules.column([]) { expectation, column in
            RuleConversion(expectation.rows("not_null", column: column))
        },
        "expect_column_values_to_be_null": GxRules.column([]) { expectation, column in
            RuleConversion(expectation.rows("is_null", column: column))
        },
        "expect_column_values_to_be_unique": GxRules.column([]) { expectation, column in
            RuleConversion(expectation.rows("unique", column: column, population: QuotedSQL.present([column])))
        },
        "expect_column_values_to_be_in_set": GxRules.column(["value_set"]) { valueSet("accepted_values", $0, $1) },
        "expect_column_values_to_not_be_in_set": GxRules.column(["value_set"]) { valueSet("rejected_values", $0, $1) },
        "expect_column_values_to_be_between": GxRules.column(bounds) { expectation, column in
            guard let bounds = GxBounds(expectation) else { return .notConverted(GxBounds.missing) }
            return RuleConversion(
                expectation.rows(
                    "in_range", column: column, bounds.range, population: QuotedSQL.present([column])))
        },
        "expect_column_value_z_scores_to_be_less_than": GxRules.column(["threshold", "double_sided"]) {
            zScores($0, $1)
        },
        "expect_column_values_to_not_be_outliers": GxRules.column(["method", "multiplier"]) { outliers($0, $1) },
        "expect_column_values_to_be_increasing": GxRules.none(
            "the rows of a table have no order: increasing with order_by says by which column they come"),
        "expect_column_values_to_be_decreasing": GxRules.none(
            "the rows of a table have no order: decreasing with order_by says by which column they come"),
        "expect_column_distinct_values_to_be_in_set": GxRules.aggregate(["value_set"]) {
            valueSet("accepted_values", $0, $1)
        },
        "expect_column_distinct_values_to_contain_set": GxRules.aggregate(["value_set"]) {
            valueSet("required_values", $0, $1)
        },
        "expect_column_distinct_values_to_equal_set": GxRules.aggregate(["value_set"]) {
            valueSet("exact_values", $0, $1)
        },
        "expect_column_most_common_value_to_be_in_set": GxRules.aggregate(["value_set", "ties_okay"]) {
            let isSingle = $0.list("value_set")?.count == 1
            let conversion = valueSet("top_values", $0, $1)
            if $0.flag("ties_okay") {
                return conversion.approximated("of values that are equally common, all must be in the list")
            }
            return conversion.approximated(
                isSingle ? nil : "values of the list that are equally common pass, where a tie fails there")
        },
    ]

    /// The kwargs of bounds.
    static let bounds: Set<String> = ["min_value", "max_value", "strict_min", "strict_max"]

    private static func valueSet(_ kind: String, _ expectation: GxExpectation, _ column: String) -> RuleConversion {
        guard let values = expectation.list("value_set"), !values.isEmpty else {
            return .notConverted("it has no values")
        }
        guard values.allSatisfy({ $0.scalarText != nil }) else {
            return .notConverted("its values are no plain ones")
        }
        return RuleConversion(
            expectation.rows(
                kind, column: column, ["values": .array(values)], population: QuotedSQL.present([column])))
    }

    private static func zScores(_ expectation: GxExpectation, _ column: String) -> RuleConversion {
        guard let threshold = expectation.text("threshold").flatMap(DecimalText.init), threshold != DecimalText(0)
        else {
            return .notConverted("its threshold is no number of standard deviations")
        }
        if expectation["double_sided"] == false {
            return .notConverted("only high values are outliers to it; within_stddevs looks at both sides")
        }
        let sigma = threshold < DecimalText(0) ? String(threshold.description.dropFirst()) : threshold.description
        return deviations(expectation, column, sigma: sigma)
    }

    private static func outliers(_ expectation: GxExpectation, _ column: String) -> RuleConversion {
        let multiplier = expectation.text("multiplier") ?? "1.5"
        guard let number = DecimalText(multiplier), DecimalText(0) < number else {
            return .notConverted("its multiplier is no number above 0")
        }
        switch expectation.text("method") ?? "iqr" {
        case "std": return deviations(expectation, column, sigma: multiplier)
        case "iqr":
            return RuleConversion(
                expectation.rows(
                    "within_iqr", column: column, ["factor": .number(multiplier)],
                    population: QuotedSQL.present([column]))
            ).approximated("interquartile ranges are counted from the quartiles, there from the median")
        default: return .notConverted("its method is neither iqr nor std")
        }
    }

    private static func deviations(_ expectation: GxExpectation, _ column: String, sigma: String) -> RuleConversion {
        RuleConversion(
            expectation.rows(
                "within_stddevs", column: column, ["sigma": .number(sigma)], population: QuotedSQL.present([column]))
        ).approximated("a value exactly so many deviations away passes here")
    }
}

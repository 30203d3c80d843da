import ExactJSON

/// Expectations of a number that is computed from a column's values.
enum GxAggregateRules {
    /// The rules by the types of expectation.
    static let rules: [String: GxRule] = [
        "expect_column_max_to_be_between": GxRules.aggregate(GxValueRules.bounds) { extreme("max", $0, $1) },
        "expect_column_min_to_be_between": GxRules.aggregate(GxValueRules.bounds) { extreme("min", $0, $1) },
        "expect_column_mean_to_be_between": GxRules.aggregate(GxValueRules.bounds) { statistic("avg", $0, $1) },
        "expect_column_median_to_be_between": GxRules.aggregate(GxValueRules.bounds) { statistic("median", $0, $1) },
        "expect_column_sum_to_be_between": GxRules.aggregate(GxValueRules.bounds) { statistic("sum", $0, $1) },
        "expect_column_stdev_to_be_between": GxRules.aggregate(GxValueRules.bounds) { statistic("stddev", $0, $1) },
        "expect_column_unique_value_count_to_be_between": GxRules.aggregate(GxValueRules.bounds) {
            guard let counts = GxBounds($0)?.wholes else { return .notConverted(GxBounds.missing) }
            return RuleConversion($0.value("distinct_count", column: $1, counts))
        },
        "expect_column_proportion_of_unique_values_to_be_between": GxRules.aggregate(GxValueRules.bounds) {
            guard let bounds = GxBounds($0)?.percentages else { return .notConverted(GxBounds.missing) }
            return RuleConversion(
                bounds.checks(of: $0, "distinct_percent", column: $1, id: "\($1).distinct_percent"))
        },
        "expect_column_proportion_of_non_null_values_to_be_between": GxRules.aggregate(GxValueRules.bounds) {
            completeness($0, $1)
        },
        "expect_column_quantile_values_to_be_between": GxRules.aggregate(
            ["quantile_ranges", "allow_relative_error"]) { quantiles($0, $1) },
        "expect_column_kl_divergence_to_be_less_than": GxRules.aggregate([
            "partition_object", "threshold", "tail_weight_holdout", "internal_weight_holdout", "bucketize_data",
            "min_value", "max_value",
        ]) { GxDivergence.conversion(of: $0, column: $1) },
        "expect_column_chisquare_test_p_value_to_be_greater_than": distribution("chi_square"),
        "expect_column_bootstrapped_ks_test_p_value_to_be_greater_than": distribution("kolmogorov_smirnov"),
        "expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than":
            distribution("kolmogorov_smirnov"),
    ]

    private static func distribution(_ kind: String) -> GxRule {
        GxRules.none("it compares with a distribution in the suite, \(kind) with one in the database: its baseline")
    }

    private static func statistic(_ kind: String, _ expectation: GxExpectation, _ column: String) -> RuleConversion {
        guard let bounds = GxBounds(expectation), bounds.areNumbers else { return .notConverted(GxBounds.missing) }
        return RuleConversion(bounds.checks(of: expectation, kind, column: column, id: "\(column).\(kind)"))
    }

    /// Of what is no number, such as a date, `min` and `max` say nothing; what they mean for the rows does.
    private static func extreme(_ kind: String, _ expectation: GxExpectation, _ column: String) -> RuleConversion {
        guard let bounds = GxBounds(expectation) else { return .notConverted(GxBounds.missing) }
        if bounds.areNumbers { return statistic(kind, expectation, column) }
        let name = QuotedSQL.name(column)
        let isMinimum = kind == "min"
        var checks: [ImportedCheck] = []
        // No value beyond the bound on the kind's own side, and some value within the one on the other.
        if let bound = isMinimum ? bounds.low : bounds.high {
            let words = isMinimum ? ("min", "above") : ("max", "below")
            let parameter = bound.isStrict ? words.1 : words.0
            checks.append(
                expectation.rows("in_range", column: column, .object([.init(parameter, bound.value)])))
        }
        let isOneSided = checks.count == 1
        if let bound = isMinimum ? bounds.high : bounds.low {
            let sign = "\(isMinimum ? "<" : ">")\(bound.isStrict ? "" : "=")"
            let literal = QuotedSQL.literal(bound.value) ?? "NULL"
            let expression = "count(*) FILTER (WHERE \(name) \(sign) \(literal))"
            checks.append(
                expectation.value(
                    "metric", ["expression": .string(expression), "min": 1], id: "\(column).\(kind)"))
        }
        return RuleConversion(checks)
            .approximated(isOneSided && checks.count == 1 ? "it passes where the column has no value at all" : nil)
    }

    /// A share of values is the rest of a share of NULLs.
    private static func completeness(_ expectation: GxExpectation, _ column: String) -> RuleConversion {
        let shares = DecimalText(0)...DecimalText(100)
        guard let bounds = GxBounds(expectation)?.percentages,
            [bounds.low, bounds.high].compactMap({ $0.flatMap { DecimalText($0.text) } }).allSatisfy(shares.contains)
        else { return .notConverted(GxBounds.missing) }
        func rest(_ bound: GxBounds.Bound?) -> (nulls: DecimalText, isStrict: Bool)? {
            guard let bound, let percent = DecimalText(bound.text)?.complementOfHundred else { return nil }
            return (percent, bound.isStrict)
        }
        // At least 0 % of values is no bound, nor is at most 100 %.
        let most = rest(bounds.low).flatMap { $0.nulls == DecimalText(100) && !$0.isStrict ? nil : $0 }
        let least = rest(bounds.high).flatMap { $0.nulls == DecimalText(0) && !$0.isStrict ? nil : $0 }
        let thresholds: [String]
        switch (least, most) {
        case (nil, nil): return .notConverted("its bounds leave out no share of values")
        case (let least?, let most?) where !least.isStrict && !most.isStrict:
            thresholds = ["percent not between \(least.nulls) and \(most.nulls)"]
        default:
            thresholds =
                (most.map { ["percent \($0.isStrict ? ">=" : ">") \($0.nulls)"] } ?? [])
                + (least.map { ["percent \($0.isStrict ? "<=" : "<") \($0.nulls)"] } ?? [])
        }
        let checks = thresholds.enumerated().map { index, fail in
            expectation.value(
                "not_null", column: column, .object([]), fail: fail == "percent > 0" ? nil : fail,
                id: index > 0 ? "\(column).not_null.max" : nil)
        }
        return RuleConversion(checks)
    }

    /// PostgreSQL is asked for a value that is there, which `percentile` with its interpolation is not.
    private static func quantiles(_ expectation: GxExpectation, _ column: String) -> RuleConversion {
        let quantiles = expectation["quantile_ranges"]?["quantiles"]?.elements ?? []
        let ranges = expectation["quantile_ranges"]?["value_ranges"]?.elements ?? []
        guard !quantiles.isEmpty, quantiles.count == ranges.count else { return .notConverted("it has no quantiles") }
        var checks: [ImportedCheck] = []
        for (quantile, range) in zip(quantiles, ranges) {
            guard let fraction = quantile.scalarText, let number = DecimalText(fraction), range.elements.count == 2,
                DecimalText(0) <= number, number <= DecimalText(1)
            else { return .notConverted("its quantiles are no shares with two bounds each") }
            let bounds = zip(["min", "max"], range.elements).filter { $1 != .null }
            guard !bounds.isEmpty else { continue }
            guard bounds.allSatisfy({ $1.scalarText.flatMap(DecimalText.init) != nil }) else {
                return .notConverted("its bounds are no numbers")
            }
            let expression = "percentile_disc(\(number)) WITHIN GROUP (ORDER BY \(QuotedSQL.name(column)))"
            let limits = bounds.map { JSONValue.Member($0, $1) }
            let arguments = [JSONValue.Member("expression", .string(expression))] + limits
            checks.append(expectation.value("metric", .object(arguments), id: "\(column).quantile_\(number)"))
        }
        return checks.isEmpty ? .notConverted("its quantiles have no bounds") : RuleConversion(checks)
    }
}

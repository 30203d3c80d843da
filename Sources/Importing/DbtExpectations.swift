import ExactJSON

/// The generic tests of the package dbt_expectations.
enum DbtExpectations {
    /// What each test takes beside its column and `row_condition`.
    static let parameters: [String: [String]] = shapeParameters.merging(columnParameters) { first, _ in first }
        .merging(aggregateParameters) { first, _ in first }

    private static let bounds = ["min_value", "max_value", "strictly"]
    private static let groupedBounds = ["group_by", "min_value", "max_value", "strictly"]
    private static let comparison = [
        "compare_model", "group_by", "compare_group_by", "factor", "compare_row_condition",
    ]

    private static let shapeParameters: [String: [String]] = [
        "expect_column_to_exist": ["column_index", "transform"],
        "expect_row_values_to_have_recent_data": ["datepart", "interval"],
        "expect_grouped_row_values_to_have_recent_data": ["group_by", "timestamp_column", "datepart", "interval"],
        "expect_table_aggregation_to_equal_other_table": aggregation,
        "expect_table_column_count_to_be_between": ["min_value", "max_value"],
        "expect_table_column_count_to_equal_other_table": ["compare_model"],
        "expect_table_column_count_to_equal": ["value"],
        "expect_table_columns_to_not_contain_set": ["column_list", "transform"],
        "expect_table_columns_to_contain_set": ["column_list", "transform"],
        "expect_table_columns_to_match_ordered_list": ["column_list", "transform"],
        "expect_table_columns_to_match_set": ["column_list", "transform"],
        "expect_table_row_count_to_be_between": groupedBounds,
        "expect_table_row_count_to_equal_other_table": comparison,
        "expect_table_row_count_to_equal_other_table_times_factor": comparison,
        "expect_table_row_count_to_equal": ["value", "group_by"],
        "expect_row_values_to_have_data_for_every_n_datepart": [
            "date_col", "date_part", "interval", "exclusion_condition", "test_start_date", "test_end_date",
        ],
    ]

    private static let aggregation = [
        "expression", "compare_model", "compare_expression", "group_by", "compare_group_by", "compare_row_condition",
        "tolerance", "tolerance_percent",
    ]

    private static let columnParameters: [String: [String]] = [
        "expect_column_values_to_be_null": [],
        "expect_column_values_to_not_be_null": [],
        "expect_column_values_to_be_unique": [],
        "expect_column_values_to_be_of_type": ["column_type"],
        "expect_column_values_to_be_in_type_list": ["column_type_list"],
        "expect_column_values_to_have_consistent_casing": ["display_inconsistent_columns"],
        "expect_column_values_to_be_in_set": ["value_set", "quote_values"],
        "expect_column_values_to_not_be_in_set": ["value_set", "quote_values"],
        "expect_column_values_to_be_between": bounds,
        "expect_column_values_to_be_decreasing": ["sort_column", "strictly", "group_by", "step"],
        "expect_column_values_to_be_increasing": ["sort_column", "strictly", "group_by", "step"],
        "expect_column_value_lengths_to_be_between": bounds,
        "expect_column_value_lengths_to_equal": ["value"],
        "expect_column_values_to_match_like_pattern": ["like_pattern"],
        "expect_column_values_to_match_like_pattern_list": ["like_pattern_list", "match_on"],
        "expect_column_values_to_match_regex": ["regex", "is_raw", "flags"],
        "expect_column_values_to_match_regex_list": ["regex_list", "match_on", "is_raw", "flags"],
        "expect_column_values_to_not_match_like_pattern": ["like_pattern"],
        "expect_column_values_to_not_match_like_pattern_list": ["like_pattern_list", "match_on"],
        "expect_column_values_to_not_match_regex": ["regex", "is_raw", "flags"],
        "expect_column_values_to_not_match_regex_list": ["regex_list", "match_on", "is_raw", "flags"],
        "expect_column_pair_values_A_to_be_greater_than_B": ["column_A", "column_B", "or_equal"],
        "expect_column_pair_values_to_be_equal": ["column_A", "column_B"],
        "expect_column_pair_values_to_be_in_set": ["column_A", "column_B", "value_pairs_set"],
        "expect_compound_columns_to_be_unique": ["column_list", "quote_columns", "ignore_row_if"],
        "expect_select_column_values_to_be_unique_within_record": ["column_list", "quote_columns", "ignore_row_if"],
        "expect_column_values_to_be_within_n_moving_stdevs": [
            "date_column_name", "group_by", "period", "lookback_periods", "trend_periods", "test_periods",
            "sigma_threshold", "sigma_threshold_upper", "sigma_threshold_lower", "take_diffs", "take_logs",
        ],
        "expect_column_values_to_be_within_n_stdevs": ["group_by", "sigma_threshold"],
        "expression_is_true": ["expression", "test_condition", "group_by_columns"],
        "expression_between": ["expression", "group_by_columns", "min_value", "max_value", "strictly"],
    ]

    private static let aggregateParameters: [String: [String]] = [
        "expect_column_distinct_count_to_be_greater_than": ["value", "quote_values", "group_by"],
        "expect_column_distinct_count_to_be_less_than": ["value", "quote_values", "group_by"],
        "expect_column_distinct_count_to_equal_other_table": [
            "compare_model", "compare_column_name", "compare_row_condition",
        ],
        "expect_column_distinct_count_to_equal": ["value", "quote_values", "group_by"],
        "expect_column_distinct_values_to_be_in_set": ["value_set", "quote_values"],
        "expect_column_distinct_values_to_contain_set": ["value_set", "quote_values"],
        "expect_column_distinct_values_to_equal_set": ["value_set", "quote_values"],
        "expect_column_max_to_be_between": groupedBounds,
        "expect_column_mean_to_be_between": groupedBounds,
        "expect_column_median_to_be_between": groupedBounds,
        "expect_column_min_to_be_between": groupedBounds,
        "expect_column_most_common_value_to_be_in_set": [
            "value_set", "top_n", "quote_values", "data_type", "strictly",
        ],
        "expect_column_proportion_of_unique_values_to_be_between": groupedBounds,
        "expect_column_quantile_values_to_be_between": ["quantile", "group_by", "min_value", "max_value", "strictly"],
        "expect_column_stdev_to_be_between": groupedBounds,
        "expect_column_sum_to_be_between": groupedBounds,
        "expect_column_unique_value_count_to_be_between": groupedBounds,
        "expect_multicolumn_sum_to_equal": ["column_list", "sum_total", "group_by"],
        "expect_multicolumn_sum_to_be_between": ["column_list", "group_by", "min_value", "max_value", "strictly"],
        "equal_expression": aggregation,
    ]

    /// What a test becomes.
    static func outcome(_ arguments: DbtArguments) throws(DbtObstacle) -> DbtOutcome {
        let name = arguments.test.name
        if shapeParameters[name] != nil { return try DbtShapeTests.outcome(arguments) }
        if aggregateParameters[name] != nil { return try DbtAggregateTests.outcome(arguments) }
        return try DbtValueTests.outcome(arguments)
    }
}

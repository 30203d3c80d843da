extension OtherTools {
    /// Whether what is computed from all rows lies between bounds.
    static let aggregates: [Entry] = [
        Entry(
            "Minimum",
            [
                "Soda min", "GX expect_column_min_to_be_between", "dbt_expectations expect_column_min_to_be_between",
                "Deequ hasMin", "DQOps min_in_range", "OpenMetadata columnValueMinToBeBetween", "Elementary min",
            ],
            .kind("min")),
        Entry(
            "Maximum",
            [
                "Soda max", "GX expect_column_max_to_be_between", "dbt_expectations expect_column_max_to_be_between",
                "Deequ hasMax", "DQOps max_in_range", "OpenMetadata columnValueMaxToBeBetween", "Elementary max",
            ],
            .kind("max")),
        Entry(
            "Mean",
            [
                "Soda avg", "GX expect_column_mean_to_be_between", "dbt_expectations expect_column_mean_to_be_between",
                "Deequ hasMean", "DQOps mean_in_range", "Pointblank col_avg_gt",
                "OpenMetadata columnValueMeanToBeBetween", "Elementary average", "SQLMesh mean_in_range",
            ],
            .kind("avg")),
        Entry(
            "Sum",
            [
                "Soda sum", "GX expect_column_sum_to_be_between", "dbt_expectations expect_column_sum_to_be_between",
                "Deequ hasSum", "DQOps sum_in_range", "Pointblank col_sum_gt",
                "OpenMetadata columnValuesSumToBeBetween", "Elementary sum",
            ],
            .kind("sum")),
        Entry(
            "Median",
            [
                "GX expect_column_median_to_be_between", "dbt_expectations expect_column_median_to_be_between",
                "DQOps median_in_range", "OpenMetadata columnValueMedianToBeBetween",
            ],
            .kind("median")),
        Entry(
            "Standard deviation",
            [
                "Soda stddev", "Soda stddev_pop", "Soda stddev_samp", "GX expect_column_stdev_to_be_between",
                "dbt_expectations expect_column_stdev_to_be_between", "Deequ hasStandardDeviation",
                "DQOps sample_stddev_in_range", "DQOps population_stddev_in_range", "SQLMesh stddev_in_range",
                "Pointblank col_sd_gt", "OpenMetadata columnValueStdDevToBeBetween", "Elementary standard_deviation",
            ],
            .kind("stddev", "of: population divides by n")),
        Entry(
            "Variance",
            [
                "Soda variance", "Soda var_pop", "Soda var_samp", "Deequ Variance", "DQOps sample_variance_in_range",
                "DQOps population_variance_in_range", "Elementary variance",
            ],
            .kind("variance", "of: population divides by n")),
        Entry(
            "Percentile",
            [
                "Soda percentile", "GX expect_column_quantile_values_to_be_between",
                "dbt_expectations expect_column_quantile_values_to_be_between", "Deequ hasApproxQuantile",
                "Deequ hasExactQuantile", "DQOps percentile_10_in_range", "DQOps percentile_25_in_range",
                "DQOps percentile_75_in_range", "DQOps percentile_90_in_range", "DQOps percentile_in_range",
            ],
            .kind("percentile", "percentile: {percent: 95, max: 3}, one check each")),
        Entry("Range", ["Deequ Range", "DQDL Range"], .kind("value_range")),
        Entry(
            "Interquartile range", ["Deequ InterquartileRange", "DQDL InterquartileRange"],
            .kind("interquartile_range")),
        Entry("Skewness", ["Deequ Skewness", "DQDL Skewness"], .kind("skewness")),
        Entry("Kurtosis", ["Deequ Kurtosis", "DQDL Kurtosis"], .kind("kurtosis")),
        Entry("Entropy", ["Deequ hasEntropy"], .kind("entropy", "in nats")),
        Entry("Mutual information", ["Deequ hasMutualInformation"], .kind("mutual_information", "in nats")),
        Entry("Correlation", ["Deequ hasCorrelation", "DQDL ColumnCorrelation"], .kind("correlation")),
        Entry("Ratio of sums", ["Deequ RatioOfSums"], .kind("ratio_of_sums")),
        Entry(
            "Any aggregate expression",
            [
                "dbt_expectations expression_between", "dbt_expectations equal_expression",
                "DQOps sql_aggregate_expression", "Soda metric expression",
            ],
            .kind("metric", "metric: {expression: sum(paid) / sum(due), min: 0.9, max: 1}")),
        Entry("Counter that never falls", [], .kind("increasing", "row by row; a total from run to run: change")),
    ]

    /// Whether values are distributed as they were, or should be.
    static let drift: [Entry] = [
        Entry(
            "Kullback-Leibler divergence", ["GX expect_column_kl_divergence_to_be_less_than", "SQLMesh kl_divergence"],
            .kind("kl_divergence")),
        Entry(
            "Chi-square test", ["Soda distribution_difference with chi_square", "SQLMesh chi_square"],
            .kind("chi_square")),
        Entry("Kolmogorov-Smirnov test", ["Soda distribution_difference with ks"], .kind("kolmogorov_smirnov")),
        Entry("Population stability index", ["Soda distribution_difference with psi"], .kind("psi")),
        Entry(
            "Wasserstein distance",
            ["Soda distribution_difference with swd", "Soda distribution_difference with semd"],
            .kind("wasserstein")),
        Entry("Greatest difference (L-infinity)", ["Deequ Distance"], .kind("l_infinity")),
        Entry(
            "Quantile sketch", ["Deequ kllSketchSatisfies"],
            .kind("histogram", "exact bins in the place of a sketch; for quantiles: percentile")),
        Entry("Histogram of values", ["Deequ hasHistogramValues"], .kind("category_share")),
        Entry("Histogram of bins", ["Deequ hasHistogramBinnedValues"], .kind("histogram")),
        Entry("Cramér's V, or phi", ["GX expect_column_pair_cramers_phi_value_to_be_less_than"], .kind("cramers_v")),
        Entry("Jensen-Shannon divergence", [], .kind("jensen_shannon")),
        Entry("Hellinger distance", [], .kind("hellinger")),
        Entry("Share of a category", [], .kind("category_share")),
        Entry("New category", ["Soda when groups change"], .kind("no_new_categories")),
        Entry("Vanished category", ["Soda when groups change"], .kind("no_vanished_categories")),
    ]
}

extension OtherTools {
    /// Whether relations and columns are what they should be.
    static let schema: [Entry] = [
        Entry(
            "Table exists",
            ["DQOps table_availability", "pgTAP has_table", "pgTAP has_view", "pgTAP has_materialized_view"],
            .kind("table_exists")),
        Entry(
            "Column exists",
            [
                "Soda when required column missing", "Soda schema", "GX expect_column_to_exist",
                "dbt_expectations expect_column_to_exist", "DQOps column_exists", "DQDL ColumnExists",
                "Pointblank col_exists", "OpenMetadata tableColumnNameToExist", "pgTAP has_column",
            ],
            .kind("column_exists", "at a position: column_set with ordered: true")),
        Entry("Column absent", ["Soda when forbidden column present", "pgTAP hasnt_column"], .kind("column_absent")),
        Entry(
            "Column type",
            [
                "Soda when wrong column type", "Soda data_type", "GX expect_column_type_to_be",
                "GX expect_column_values_to_be_of_type", "dbt_expectations expect_column_values_to_be_of_type",
                "ODCS logicalType", "ODCS physicalType", "pgTAP col_type_is",
            ],
            .kind("column_type", "column_type: numeric fits numeric(12,2), too")),
        Entry(
            "Column type is one of several",
            ["GX expect_column_values_to_be_in_type_list", "dbt_expectations expect_column_values_to_be_in_type_list"],
            .kind("column_type", "column_type: [int, bigint]")),
        Entry(
            "Columns equal a set",
            [
                "GX expect_table_columns_to_match_set", "dbt_expectations expect_table_columns_to_match_set",
                "Soda allow_extra_columns", "OpenMetadata tableColumnToMatchSet", "pgTAP columns_are",
            ],
            .kind("column_set")),
        Entry(
            "Columns contain a set", ["dbt_expectations expect_table_columns_to_contain_set"],
            .kind("column_set", "allow_extra: true")),
        Entry(
            "Columns contain none of a set", ["dbt_expectations expect_table_columns_to_not_contain_set"],
            .kind("column_absent")),
        Entry(
            "Order of the columns",
            [
                "Soda when wrong column index", "Soda allow_other_column_order",
                "GX expect_table_columns_to_match_ordered_list",
                "dbt_expectations expect_table_columns_to_match_ordered_list",
            ],
            .kind("column_set", "ordered: true")),
        Entry(
            "Number of columns",
            [
                "GX expect_table_column_count_to_equal", "dbt_expectations expect_table_column_count_to_equal",
                "GX expect_table_column_count_to_be_between",
                "dbt_expectations expect_table_column_count_to_be_between",
                "dbt_expectations expect_table_column_count_to_equal_other_table",
                "OpenMetadata tableColumnCountToEqual", "OpenMetadata tableColumnCountToBeBetween",
                "Deequ hasColumnCount", "DQOps column_count", "DQOps column_count_match",
            ],
            .kind("column_count", "that of another table: column_count: {same_as: shop.archive}")),
        Entry(
            "Schema unchanged",
            [
                "Soda when schema changes", "DQOps column_count_changed", "DQOps column_list_changed",
                "DQOps column_list_or_order_changed", "DQOps column_types_changed", "DQOps column_type_changed",
                "Elementary schema_changes", "Elementary schema_changes_from_baseline",
            ],
            .kind("schema_unchanged", "against a written list: column_set and column_type")),
        Entry("Schema of another table", ["Deequ SchemaMatch", "DQDL SchemaMatch"], .kind("same_columns")),
        Entry("Names of the columns", ["DQDL ColumnNamesMatchPattern"], .kind("column_names")),
        Entry(
            "Columns that consumers read", ["Elementary exposure_schema_validity"],
            .kind("column_exists", "with the columns they read, and column_type; exposures of dbt are not read")),
        Entry(
            "Optional columns", ["Soda optional", "Soda with optional columns"],
            .kind("column_set", "optional: [currency]")),
    ]

    /// Whether data are there in time, and times are plausible.
    static let time: [Entry] = [
        Entry(
            "Fresh",
            [
                "Soda freshness", "dbt source freshness", "dbt_utils recency",
                "dbt_expectations expect_row_values_to_have_recent_data", "DQOps data_freshness", "DQDL DataFreshness",
                "Pointblank data_freshness", "ODCS latency", "datacontract-cli freshness",
            ],
            .kind("fresh", "fresh: 6h, with warn: value > 3600 in seconds")),
        Entry(
            "Fresh in each group",
            [
                "dbt_expectations expect_grouped_row_values_to_have_recent_data",
                "dbt_utils recency with group_by_columns",
            ],
            .kind("fresh", "group_by: [shop]")),
        Entry(
            "Loaded by a deadline", ["Elementary data_freshness_sla", "ODCS timeOfAvailability"],
            .kind("loaded_by", "loaded_by: {at: '08:00', zone: Europe/Berlin, days: [mon-fri]}")),
        Entry(
            "Time since the last load", ["DQOps data_staleness"],
            .kind("fresh", "fresh: {within: 6h, column: loaded_at}")),
        Entry(
            "Time between event and load", ["DQOps data_ingestion_delay", "Elementary event_freshness_anomalies"],
            .kind("ingestion_delay", "row by row; whether it is unusual: anomaly")),
        Entry(
            "Rows that come late", ["DQOps reload_lag"],
            .kind("ingestion_delay", "group_by: [day] for an outcome per partition")),
        Entry(
            "Data in every period", ["dbt_expectations expect_row_values_to_have_data_for_every_n_datepart"],
            .kind("sequence_without_gaps", "from first row to last; up to now: row_count: {min: 1, per: day}")),
        Entry("Not in the future", ["DQOps date_values_in_future_percent"], .kind("not_in_future", "tolerance: 2d")),
        Entry(
            "Date in a range", ["DQOps date_in_range_percent"],
            .kind("in_range", "in_range: [2000-01-01, 2099-12-31]")),
        Entry("Retention", ["datacontract-cli servicelevel_retention", "ODCS retention"], .kind("retention")),
        Entry(
            "Periods do not overlap", ["dbt_utils mutually_exclusive_ranges", "SQLMesh mutually_exclusive_ranges"],
            .kind("no_overlaps", "per: sku; empty periods are left out: start_before_end with strict: true")),
        Entry(
            "Periods without gaps",
            [
                "dbt_utils mutually_exclusive_ranges with gaps not_allowed",
                "SQLMesh mutually_exclusive_ranges with gaps not_allowed",
            ],
            .kind("no_gaps", "and no_overlaps; that there must be gaps: a .sql file")),
        Entry("Start before end", ["GX expect_column_pair_values_a_to_be_greater_than_b"], .kind("start_before_end")),
    ]

    /// Whether there are as many rows as there should be.
    static let volume: [Entry] = [
        Entry(
            "Number of rows",
            [
                "Soda row_count", "GX expect_table_row_count_to_be_between",
                "dbt_expectations expect_table_row_count_to_be_between", "GX expect_table_row_count_to_equal",
                "dbt_expectations expect_table_row_count_to_equal", "Deequ hasSize", "DQDL RowCount", "DQOps row_count",
                "SQLMesh number_of_rows", "OpenMetadata tableRowCountToBeBetween", "OpenMetadata tableRowCountToEqual",
                "ODCS rowCount",
            ],
            .kind("row_count")),
        Entry(
            "Number of rows of a period", ["OpenMetadata tableRowInsertedCountToBeBetween", "Monte Carlo volume"],
            .kind("row_count", "per: day, or where: created_at > now() - interval '1 day', or run --window")),
        Entry(
            "Change of the number of rows",
            [
                "Soda change for row_count", "DQOps row_count_change", "DQOps row_count_change_1_day",
                "DQOps row_count_change_7_days", "DQOps row_count_change_30_days", "Elementary volume_threshold",
            ],
            .kind("change", "of row_count")),
        Entry(
            "As many rows as another table",
            [
                "Soda row_count same as", "GX expect_table_row_count_to_equal_other_table",
                "dbt_expectations expect_table_row_count_to_equal_other_table",
                "dbt_expectations expect_table_row_count_to_equal_other_table_times_factor", "dbt_utils equal_rowcount",
                "dbt_utils fewer_rows_than", "DQOps row_count_match", "DQOps total_row_count_match_percent",
                "DQDL RowCountMatch", "Pointblank row_count_match",
            ],
            .kind(
                "same_row_count", "factor: 2, in: percent, fail: value not between -5 and 5; fewer: fail: value >= 0")),
        Entry(
            "Unusual number of rows",
            ["DQOps row_count_anomaly", "Elementary volume_anomalies", "Soda anomaly detection for row_count"],
            .kind("anomaly", "of row_count")),
    ]

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

    /// Whether the values of a row agree.
    static let rowRules: [Entry] = [
        Entry(
            "Expression is true",
            [
                "dbt_utils expression_is_true", "dbt_expectations expression_is_true", "SQLMesh forall",
                "Deequ satisfies", "DQOps sql_condition_failed", "DQOps sql_condition_passed_percent",
                "Soda failed rows with a condition", "Pointblank col_vals_expr",
            ],
            .kind("expect", "expect: shipped_at >= created_at")),
        Entry(
            "Two columns are equal",
            [
                "GX expect_column_pair_values_to_be_equal", "dbt_expectations expect_column_pair_values_to_be_equal",
                "Pointblank col_vals_eq",
            ],
            .kind("equal_columns")),
        Entry(
            "One column compares with another",
            [
                "GX expect_column_pair_values_a_to_be_greater_than_b",
                "dbt_expectations expect_column_pair_values_A_to_be_greater_than_B", "Deequ isLessThan",
                "Deequ isLessThanOrEqualTo", "Deequ isGreaterThan", "Deequ isGreaterThanOrEqualTo",
            ],
            .kind("compare_columns", "compare_columns: {columns: [paid, due], is: <=}")),
        Entry(
            "Columns add up",
            ["GX expect_multicolumn_sum_to_equal", "dbt_expectations expect_multicolumn_sum_to_equal"],
            .kind("sum_of_columns", "to a number or to a column")),
        Entry("Several columns are equal", ["GX expect_multicolumn_values_to_be_equal"], .kind("equal_columns")),
        Entry(
            "All, any or none of several rules", ["Pointblank conjointly", "DQDL and", "DQDL or"],
            .kind("expect", "AND, OR and NOT in one expression; of aggregates: metric")),
        Entry(
            "Rule under a condition", ["GX row_condition"],
            .other("where: status = 'paid', beside any check that looks at rows")),
    ]

    /// What users write, or compute, themselves.
    static let customSQL: [Entry] = [
        Entry(
            "Query of failing rows",
            [
                "dbt singular test", "Soda fail query", "Soda failed_rows", "GX UnexpectedRowsExpectation",
                "SQLMesh AUDIT", "pgTAP is_empty", "DQOps sql_invalid_record_count", "DQOps sql_invalid_value_count",
                "OpenMetadata tableCustomSQLQuery",
            ],
            .other("a .sql file: one SELECT that returns the failing rows")),
        Entry(
            "Query of a number", ["Soda metric", "Deequ customSql", "DQDL CustomSql", "ODCS sql"],
            .kind("metric", "over several tables: a .sql file that returns a row where the number is wrong")),
        Entry("Result computed elsewhere", ["DQOps import_custom_result"], .other("assay record FILE")),
        Entry(
            "Python", ["Elementary python", "Pointblank specially"],
            .none("checks are SQL; what a program has found, assay record takes in")),
    ]

    /// Whether two relations say the same.
    static let reconciliation: [Entry] = [
        Entry(
            "Tables are equal",
            [
                "dbt_utils equality", "Deequ doesDatasetMatch", "DQDL DatasetMatch", "Pointblank tbl_match",
                "OpenMetadata tableDiff", "SQLMesh table_diff", "pgTAP set_eq", "pgTAP bag_eq", "pgTAP results_eq",
            ],
            .kind("same_rows", "except: [loaded_at]; by key, changed rows apart from new ones: assay compare")),
        Entry(
            "Queries are equal",
            [
                "GX expect_query_results_to_match_comparison", "GX expect_query_results_to_match_source",
                "DQOps comparisons", "Monte Carlo comparison rule",
            ],
            .other("assay compare, or same_rows, with a view for each query")),
        Entry(
            "Aggregates match",
            [
                "dbt_expectations expect_table_aggregation_to_equal_other_table", "DQDL AggregateMatch",
                "DQOps sum_match", "DQOps min_match", "DQOps max_match", "DQOps mean_match", "DQOps null_count_match",
                "DQOps not_null_count_match", "DQOps total_sum_match_percent",
            ],
            .kind("aggregates_match", "by: [day], tolerance: 0.01 or tolerance_percent: 1")),
        Entry(
            "Missing, extra and changed rows", ["SQLMesh table_diff", "data-diff joindiff"],
            .other("assay compare, by key")),
        Entry("Champion and challenger", [], .other("assay compare, which gives a verdict")),
    ]

    /// Whether a number is what earlier runs make likely.
    static let change: [Entry] = [
        Entry(
            "Change from the previous value",
            [
                "Soda change for", "DQOps mean_change", "DQOps median_change", "DQOps sum_change",
                "DQOps nulls_percent_change", "DQOps distinct_count_change", "DQOps distinct_percent_change",
            ],
            .kind("change", "against the previous run")),
        Entry(
            "Change from some days ago",
            ["DQOps mean_change_1_day", "DQOps mean_change_7_days", "DQOps mean_change_30_days"],
            .kind("change", "against a number of days ago")),
        Entry(
            "Change from the last values",
            ["Soda change avg last 7 for", "Soda change min last 7 for", "Soda change max last 7 for"],
            .kind("change", "against average, min or max of the last n")),
        Entry(
            "Change from the same weekday", ["Soda change same day last week for"],
            .kind("change", "against the same weekday")),
        Entry(
            "Absolute change, rate of change",
            ["Deequ AbsoluteChangeStrategy", "Deequ RelativeRateOfChangeStrategy", "Soda change percent for"],
            .kind("change")),
        Entry(
            "Anomaly of a column's metric",
            [
                "Elementary column_anomalies", "Elementary all_columns_anomalies", "DQOps mean_anomaly",
                "DQOps sum_anomaly", "DQOps nulls_percent_anomaly",
            ],
            .kind("anomaly", "a check per metric")),
        Entry("Anomaly in a dimension", ["Elementary dimension_anomalies"], .kind("anomaly", "group_by: [country]")),
        Entry(
            "Anomaly of a table's volume", ["Elementary volume_anomalies", "Elementary table_anomalies"],
            .kind("anomaly", "of row_count")),
        Entry(
            "Anomaly of freshness", ["Elementary freshness_anomalies", "Elementary event_freshness_anomalies"],
            .kind("anomaly", "of fresh, or of a metric of the delay")),
        Entry(
            "Moving standard deviations", ["dbt_expectations expect_column_values_to_be_within_n_moving_stdevs"],
            .kind("anomaly", "by median and MAD, which outliers do not widen")),
        Entry(
            "Percentile band", ["DQOps row_count_anomaly with anomaly_percent"],
            .kind("anomaly", "by median and MAD; of differences: change")),
        Entry(
            "Normal distribution of past values", ["Deequ OnlineNormalStrategy", "Deequ BatchNormalStrategy"],
            .kind("anomaly", "by median and MAD")),
        Entry(
            "Fixed threshold", ["Deequ SimpleThresholdStrategy"],
            .kind("metric", "min and max, or warn and fail, which every check with a value takes")),
        Entry(
            "Forecast with trend and season", ["Deequ HoltWinters", "Soda anomaly detection with Prophet"],
            .kind("anomaly", "with a season; no model is fitted")),
    ]

    /// Whether there is personal data where there should be none.
    static let sensitiveData: [Entry] = [
        Entry(
            "No personal data",
            [
                "DQOps contains_email_percent", "DQOps contains_usa_phone_percent", "DQOps contains_ip4_percent",
                "DQOps contains_ip6_percent",
            ],
            .kind("pii_absent")),
        Entry(
            "Share of personal data",
            ["Deequ containsEmail", "Deequ containsCreditCardNumber", "Deequ containsSocialSecurityNumber"],
            .kind("pii_share")),
        Entry(
            "Postal codes or URLs in a text", ["DQOps contains_usa_zipcode_percent", "Deequ containsURL"],
            .kind("matches", "matches: {regex: 'https?://', not: true}")),
        Entry("IBANs and national identifiers", [], .kind("pii_absent")),
        Entry("Keys and other secrets", [], .kind("pii_absent")),
        Entry("Where personal data are", [], .other("assay scan-pii")),
        Entry("Masking of failing rows", [], .other("pii: {email: hash, name: mask, card_number: drop}, in the suite")),
    ]

    /// Whether checks, and what feeds the data, run as they should.
    static let operations: [Entry] = [
        Entry("Scan succeeded", ["DQOps scan_succeeded"], .other("the outcome error of every check, and exit code 3")),
        Entry(
            "Duration", ["DQOps duration_below"],
            .other("run --max-duration 30min, and statement_timeout in assay.yaml")),
        Entry(
            "Rows scanned", ["DQOps rows_scanned_below"],
            .other("budget: {cost: 500000} of a suite or run --max-cost, which limit the planner's cost")),
        Entry(
            "Table available", ["DQOps table_availability"],
            .kind("table_exists", "what is there and cannot be read is an error of its checks")),
        Entry(
            "Pipeline ran in time", ["Elementary execution_sla"],
            .kind("loaded_by", "by the rows that it loads; how the run itself ended: assay record")),
        Entry(
            "Heartbeat", [],
            .other("the view assay.run_status, which knows every run; nothing alerts where none begins")),
        Entry(
            "AI checks",
            ["Elementary ai_data_validation", "Elementary unstructured_data_validation", "Pointblank prompt"],
            .none("a model's verdict differs from run to run and proves nothing; assay record takes it in")),
    ]

    /// What only PostgreSQL's catalog knows.
    static let postgreSQL: [Entry] = [
        Entry("Constraints validated", [], .kind("constraints_validated")),
        Entry("Indexes valid", [], .kind("indexes_valid")),
        Entry("Foreign keys have an index", [], .kind("foreign_keys_indexed")),
        Entry("Headroom of identities and sequences", [], .kind("sequence_headroom")),
        Entry("Labels of an enum", ["pgTAP enum_has_labels"], .kind("enum_labels")),
        Entry("Enum covers all values", [], .kind("all_labels_used")),
        Entry("Default partition empty", [], .kind("default_partition_empty")),
        Entry("Partitions for the next periods", [], .kind("partitions_ahead")),
        Entry("Partitions contiguous", [], .kind("partitions_contiguous")),
        Entry("Materialized view populated", [], .kind("populated")),
        Entry(
            "Materialized view refreshed recently", [],
            .kind("fresh", "on a time column: PostgreSQL does not record when a view was refreshed")),
        Entry(
            "Generated column consistent", [],
            .kind("expect", "with the column's own expression: expect: total = amount - discount")),
        Entry("Collation versions current", [], .kind("collations_current")),
        Entry("Row-level security enabled", [], .kind("row_security")),
        Entry("No grants to PUBLIC", [], .kind("not_public", "columns: [email] for those of personal data")),
        Entry("Statistics fresh", [], .kind("statistics_fresh")),
        Entry("No unlogged table", [], .kind("logged")),
        Entry("Not bloated", [], .kind("not_bloated")),
        Entry("Replication lag", [], .kind("replication_lag")),
        Entry("Keys of a JSON document", [], .kind("json_keys")),
        Entry("Type at a JSON path", [], .kind("json_type")),
        Entry("Length of an array", [], .kind("length")),
        Entry("Elements of an array in a set", [], .kind("elements_in")),
        Entry("Range not empty", [], .kind("range_not_empty")),
        Entry("Multirange covers a range", [], .kind("covers")),
        Entry(
            "Parity with domains and CHECK constraints", [],
            .kind("expect", "with the constraint's condition, where it does not hold the rows: NOT VALID, foreign")),
        Entry("Age of transactions", [], .kind("transaction_age")),
    ]
}

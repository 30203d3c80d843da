extension OtherTools {
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
        Entry(
            "Anomaly in a dimension", ["Elementary dimension_anomalies"],
            .kind("anomaly", "a check per value, each with its where")),
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

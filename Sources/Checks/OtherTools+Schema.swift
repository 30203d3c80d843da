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
}

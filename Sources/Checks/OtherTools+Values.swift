extension OtherTools {
    /// Whether values are there.
    static let completeness: [Entry] = [
        Entry(
            "Not null",
            [
                "Soda missing_count", "Soda missing", "GX expect_column_values_to_not_be_null", "dbt not_null",
                "dbt_expectations expect_column_values_to_not_be_null", "Deequ isComplete", "DQDL IsComplete",
                "DQOps nulls_count", "SQLMesh not_null", "Pointblank col_vals_not_null",
                "OpenMetadata columnValuesToBeNotNull", "ODCS required", "ODCS nullValues",
                "Elementary not_null_with_context",
            ],
            .kind("not_null")),
        Entry(
            "Share of NULLs",
            [
                "Soda missing_percent", "GX expect_column_proportion_of_non_null_values_to_be_between",
                "dbt_utils not_null_proportion", "Deequ hasCompleteness", "DQOps nulls_percent",
                "DQOps not_nulls_percent", "SQLMesh not_null_proportion", "Pointblank col_pct_null",
            ],
            .kind("not_null", "fail: percent > 5, or fail: percent not between 1 and 5")),
        Entry(
            "Null",
            [
                "GX expect_column_values_to_be_null", "dbt_expectations expect_column_values_to_be_null",
                "Pointblank col_vals_null",
            ],
            .kind("is_null")),
        Entry("Number of values", ["DQOps not_nulls_count"], .kind("value_count", "value_count: {min: 100}")),
        Entry(
            "At least one value", ["dbt_utils at_least_one", "SQLMesh at_least_one", "DQOps empty_column_found"],
            .kind("value_count", "value_count: {min: 1}, with group_by in each group")),
        Entry(
            "No placeholder for a missing value",
            [
                "Soda missing values", "Soda missing regex", "Soda missing format", "DQOps null_placeholder_text_found",
                "DQOps null_placeholder_text_percent", "OpenMetadata columnValuesMissingCount", "ODCS missingValues",
                "Elementary missing_count",
            ],
            .kind("no_placeholder", "by a regular expression: matches with not: true; among numbers: rejected_values")),
        Entry("Missing values are coded", ["Pointblank col_missing_coded"], .kind("not_null", "the codes are values")),
        Entry(
            "No undocumented code", ["Pointblank col_missing_only_coded"],
            .kind("expect", "expect: age between 0 and 120 or age in (-99, -98)")),
        Entry(
            "Not empty",
            [
                "dbt_utils not_empty_string", "SQLMesh not_empty_string", "DQOps empty_text_found",
                "DQOps empty_text_percent",
            ],
            .kind("not_empty", "not_empty: {trim: true} if white space is nothing")),
        Entry("Not blank", ["DQOps whitespace_text_found", "DQOps whitespace_text_percent"], .kind("not_blank")),
        Entry(
            "Trimmed", ["DQOps text_surrounded_by_whitespace_found", "DQOps text_surrounded_by_whitespace_percent"],
            .kind("trimmed")),
        Entry(
            "Rows complete", ["Deequ areComplete", "Deequ haveCompleteness", "Pointblank rows_complete"],
            .kind("complete", "complete: [city, zip]; a share: fail: percent > 5")),
        Entry(
            "A value in any of several columns", ["Deequ areAnyComplete", "Deequ haveAnyCompleteness"],
            .kind("any_complete", "any_complete: [email, phone]; a share: fail: percent > 5")),
        Entry(
            "Values together or not at all", ["Pointblank col_missing_consistent"],
            .kind("null_together", "null_together: [lat, lon]")),
        Entry(
            "A value in exactly one of several columns", [],
            .kind("null_exclusive", "null_exclusive: [person, company]")),
        Entry("Required under a condition", [], .kind("required_if", "required_if: status = 'paid'")),
    ]

    /// Whether, and how often, values repeat.
    static let uniqueness: [Entry] = [
        Entry(
            "Unique",
            [
                "Soda duplicate_count", "Soda duplicate", "GX expect_column_values_to_be_unique", "dbt unique",
                "dbt_expectations expect_column_values_to_be_unique", "Deequ isUnique", "DQDL IsUnique",
                "DQOps duplicate_count", "SQLMesh unique_values", "OpenMetadata columnValuesToBeUnique", "ODCS unique",
                "ODCS duplicateValues",
            ],
            .kind("unique", "nulls: fail if NULLs count as equal")),
        Entry(
            "Unique together",
            [
                "Soda duplicate_count of several columns", "Soda duplicate of a dataset",
                "GX expect_compound_columns_to_be_unique", "dbt_expectations expect_compound_columns_to_be_unique",
                "dbt_utils unique_combination_of_columns", "Deequ areUnique", "DQOps duplicate_record_count",
                "SQLMesh unique_combination_of_columns", "Pointblank rows_distinct", "ODCS duplicateValues.properties",
            ],
            .kind("unique", "unique: [shop, day]; rows to ignore: where")),
        Entry("Primary key", ["Deequ isPrimaryKey", "DQDL IsPrimaryKey", "ODCS primaryKey"], .kind("primary_key")),
        Entry(
            "Share of duplicates",
            [
                "Soda duplicate_percent", "DQOps duplicate_percent", "DQOps duplicate_record_percent",
                "Deequ hasUniqueness", "DQDL Uniqueness",
            ],
            .kind("unique", "fail: percent > 1; every row that shares its value counts")),
        Entry(
            "No duplicate rows", ["Deequ hasDuplicateRowCount", "DQDL DuplicateRowCount", "Pointblank rows_distinct"],
            .kind("no_duplicate_rows", "by some columns only: unique with nulls: fail")),
        Entry(
            "Number of different values",
            [
                "GX expect_column_unique_value_count_to_be_between",
                "dbt_expectations expect_column_unique_value_count_to_be_between",
                "dbt_expectations expect_column_distinct_count_to_equal",
                "dbt_expectations expect_column_distinct_count_to_be_greater_than",
                "dbt_expectations expect_column_distinct_count_to_be_less_than", "Deequ hasNumberOfDistinctValues",
                "Deequ hasApproxCountDistinct", "DQDL DistinctValuesCount", "DQOps distinct_count",
            ],
            .kind("distinct_count", "distinct_count: {min: 3, max: 8}, exact, never an estimate")),
        Entry(
            "Share of different values",
            [
                "GX expect_column_proportion_of_unique_values_to_be_between",
                "dbt_expectations expect_column_proportion_of_unique_values_to_be_between", "Deequ hasDistinctness",
                "DQOps distinct_percent",
            ],
            .kind("distinct_percent", "in percent, where others take a proportion")),
        Entry(
            "Values that occur once, among the different ones", ["Deequ hasUniqueValueRatio", "DQDL UniqueValueRatio"],
            .kind("unique_percent", "in percent, where others take a proportion")),
        Entry(
            "As many different values as another table",
            ["dbt_expectations expect_column_distinct_count_to_equal_other_table", "dbt_utils cardinality_equality"],
            .kind("same_distinct_count")),
        Entry(
            "Different within a row",
            [
                "GX expect_select_column_values_to_be_unique_within_record",
                "dbt_expectations expect_select_column_values_to_be_unique_within_record",
                "GX expect_multicolumn_values_to_be_unique",
            ],
            .kind("different_columns")),
        Entry(
            "Not constant", ["dbt_utils not_constant", "SQLMesh not_constant"],
            .kind("distinct_count", "distinct_count: {min: 2}")),
        Entry(
            "No near duplicates", [],
            .kind("no_near_duplicates", "other spellings of a text; similar texts: a .sql file with pg_trgm")),
    ]

    /// Whether values are known ones.
    static let acceptedValues: [Entry] = [
        Entry(
            "In a set",
            [
                "Soda valid values", "GX expect_column_values_to_be_in_set",
                "dbt_expectations expect_column_values_to_be_in_set", "dbt accepted_values", "Deequ isContainedIn",
                "DQDL ColumnValues in", "DQOps text_found_in_set_percent", "DQOps number_found_in_set_percent",
                "SQLMesh accepted_values", "Pointblank col_vals_in_set", "OpenMetadata columnValuesToBeInSet",
                "ODCS enum", "ODCS invalidValues",
            ],
            .kind("accepted_values", "those of another table: references; in any case: matches with case_insensitive")),
        Entry(
            "Not in a set",
            [
                "Soda invalid values", "GX expect_column_values_to_not_be_in_set",
                "dbt_expectations expect_column_values_to_not_be_in_set", "dbt_utils not_accepted_values",
                "SQLMesh not_accepted_values", "Pointblank col_vals_not_in_set",
                "OpenMetadata columnValuesToBeNotInSet",
            ],
            .kind("rejected_values")),
        Entry(
            "Different values in a set",
            [
                "GX expect_column_distinct_values_to_be_in_set",
                "dbt_expectations expect_column_distinct_values_to_be_in_set",
            ],
            .kind("accepted_values", "counts rows, not values")),
        Entry(
            "Different values contain a set",
            [
                "GX expect_column_distinct_values_to_contain_set",
                "dbt_expectations expect_column_distinct_values_to_contain_set",
                "DQOps expected_text_values_in_use_count", "DQOps expected_numbers_in_use_count",
            ],
            .kind("required_values", "fail: count > 2 if two may be missing")),
        Entry(
            "Different values equal a set",
            [
                "GX expect_column_distinct_values_to_equal_set",
                "dbt_expectations expect_column_distinct_values_to_equal_set",
            ],
            .kind("exact_values")),
        Entry(
            "Most common values in a set",
            [
                "GX expect_column_most_common_value_to_be_in_set",
                "dbt_expectations expect_column_most_common_value_to_be_in_set",
                "DQOps expected_texts_in_top_values_count",
            ],
            .kind(
                "top_values", "DQOps asks the reverse: the same if top is as many as there are values, and none tie")),
        Entry(
            "Pair in a set",
            ["GX expect_column_pair_values_to_be_in_set", "dbt_expectations expect_column_pair_values_to_be_in_set"],
            .kind("accepted_combinations")),
        Entry(
            "Country or currency code",
            ["DQOps text_valid_country_code_percent", "DQOps text_valid_currency_code_percent"],
            .kind("format", "format: country_code (two letters) or format: currency_code")),
        Entry(
            "Share of true or false",
            ["DQOps true_percent", "DQOps false_percent", "Elementary count_true", "Elementary count_false"],
            .kind("true_percent", "a number of rows: metric: count(*) filter (where gift)")),
        Entry("Required group", ["Soda when required group missing"], .kind("required_values")),
        Entry("Forbidden group", ["Soda when forbidden group present"], .kind("rejected_values")),
        Entry("Groups change", ["Soda when groups change"], .kind("no_new_categories", "with no_vanished_categories")),
        Entry(
            "Consistent casing", ["dbt_expectations expect_column_values_to_have_consistent_casing"],
            .kind("consistent_casing")),
        Entry("HTTP method", ["SQLMesh valid_http_method"], .kind("format", "format: http_method")),
    ]

    /// Whether keys find what they refer to.
    static let relationships: [Entry] = [
        Entry(
            "Exists in another table",
            [
                "Soda must exist in", "Soda valid_reference_data", "dbt relationships", "dbt_utils relationships_where",
                "Deequ ReferentialIntegrity", "DQDL ReferentialIntegrity", "DQOps lookup_key_not_found",
                "DQOps lookup_key_found_percent", "Pointblank col_vals_in_table",
                "Elementary relationships_with_context", "ODCS relationships", "Monte Carlo referential integrity",
            ],
            .kind("references", "where for the rows, to_where for the other table's")),
        Entry("Absent from another table", ["Soda must not exist in"], .kind("absent_from")),
        Entry("Number of children", [], .kind("children_between")),
        Entry("No cycle in a hierarchy", [], .kind("acyclic")),
    ]
}

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

    /// Whether numbers are plausible.
    static let numbers: [Entry] = [
        Entry(
            "In a range",
            [
                "Soda valid min", "Soda valid max", "GX expect_column_values_to_be_between",
                "dbt_expectations expect_column_values_to_be_between", "dbt_utils accepted_range",
                "Deequ isContainedIn with bounds", "DQOps number_in_range_percent", "DQOps integer_in_range_percent",
                "SQLMesh accepted_range", "Pointblank col_vals_between", "OpenMetadata columnValuesToBeBetween",
                "ODCS minimum", "ODCS maximum", "ODCS exclusiveMinimum", "ODCS exclusiveMaximum",
            ],
            .kind("in_range", "in_range: [0, 100]; without the bounds themselves: above and below")),
        Entry("Outside a range", ["Pointblank col_vals_outside"], .kind("outside_range")),
        Entry(
            "Not above, or below, a value",
            [
                "DQOps number_above_max_value", "DQOps number_above_max_value_percent", "DQOps number_below_min_value",
                "DQOps number_below_min_value_percent", "Pointblank col_vals_gt", "Pointblank col_vals_ge",
                "Pointblank col_vals_lt", "Pointblank col_vals_le",
            ],
            .kind("in_range", "one bound of min, max, above, below; against another column: compare_columns")),
        Entry(
            "Equal to a value", ["Pointblank col_vals_eq"],
            .kind("accepted_values", "accepted_values: [0]; to another column: equal_columns")),
        Entry(
            "Not equal to a value", ["Pointblank col_vals_ne"],
            .kind("rejected_values", "rejected_values: [0]; to another column: different_columns")),
        Entry(
            "Not negative", ["Deequ isNonNegative", "DQOps negative_values", "DQOps negative_values_percent"],
            .kind("non_negative")),
        Entry("Positive", ["Deequ isPositive"], .kind("positive")),
        Entry("Negative", ["DQOps non_negative_values", "DQOps non_negative_values_percent"], .kind("negative")),
        Entry(
            "Not zero", ["Deequ ZerosCount", "DQDL ZerosCount", "Elementary zero_count", "Elementary zero_percent"],
            .kind("not_zero", "a share: fail: percent > 5")),
        Entry("Latitude", ["DQOps invalid_latitude", "DQOps valid_latitude_percent"], .kind("latitude")),
        Entry("Longitude", ["DQOps invalid_longitude", "DQOps valid_longitude_percent"], .kind("longitude")),
        Entry(
            "Near a place", ["OpenMetadata columnValueToBeAtExpectedLocation"],
            .kind("within_distance", "of a given point; a city or postal code has to be looked up before")),
        Entry(
            "No outlier by standard deviations",
            [
                "GX expect_column_value_z_scores_to_be_less_than",
                "dbt_expectations expect_column_values_to_be_within_n_stdevs", "SQLMesh z_score",
                "GX expect_column_values_to_not_be_outliers with method std",
            ],
            .kind("within_stddevs", "within_stddevs: 3, on both sides")),
        Entry(
            "No outlier by quartiles", ["GX expect_column_values_to_not_be_outliers with method iqr"],
            .kind("within_iqr")),
        Entry(
            "Increasing",
            [
                "GX expect_column_values_to_be_increasing", "dbt_expectations expect_column_values_to_be_increasing",
                "Pointblank col_vals_increasing",
            ],
            .kind("increasing", "increasing: {order_by: taken_at, strict: true}; by one exact step: sequential")),
        Entry(
            "Decreasing",
            [
                "GX expect_column_values_to_be_decreasing", "dbt_expectations expect_column_values_to_be_decreasing",
                "Pointblank col_vals_decreasing",
            ],
            .kind("decreasing", "decreasing: {order_by: taken_at, strict: true}")),
        Entry("Sequential numbers", ["dbt_utils sequential_values", "SQLMesh sequential_values"], .kind("sequential")),
        Entry(
            "Sequential times", ["dbt_utils sequential_values with datepart"],
            .kind("sequence_without_gaps", "sequence_without_gaps: day, and unique against doubles")),
        Entry("Multiple of a number", ["ODCS multipleOf"], .kind("multiple_of")),
        Entry("Digits after the point", [], .kind("max_scale")),
        Entry("Whole number", [], .kind("is_integer")),
        Entry("Neither NaN nor infinite", [], .kind("finite")),
    ]

    /// Whether texts are written as they should be.
    static let text: [Entry] = [
        Entry(
            "Matches a regular expression",
            [
                "Soda valid regex", "Soda invalid regex", "Soda valid_format", "GX expect_column_values_to_match_regex",
                "dbt_expectations expect_column_values_to_match_regex", "GX expect_column_values_to_not_match_regex",
                "dbt_expectations expect_column_values_to_not_match_regex", "Deequ hasPattern",
                "DQDL ColumnValues matches", "DQOps text_not_matching_regex_found",
                "DQOps texts_not_matching_regex_percent", "Pointblank col_vals_regex",
                "OpenMetadata columnValuesToMatchRegex", "OpenMetadata columnValuesToNotMatchRegex", "ODCS pattern",
            ],
            .kind("matches", "not: true for none, case_insensitive: true; the syntax is PostgreSQL's")),
        Entry(
            "Matches any, all or none of several regular expressions",
            [
                "GX expect_column_values_to_match_regex_list",
                "dbt_expectations expect_column_values_to_match_regex_list",
                "GX expect_column_values_to_not_match_regex_list",
                "dbt_expectations expect_column_values_to_not_match_regex_list", "SQLMesh match_regex_pattern_list",
                "SQLMesh not_match_regex_pattern_list",
            ],
            .kind("matches_list", "match: any, match: all or match: none")),
        Entry(
            "Matches a LIKE pattern",
            [
                "GX expect_column_values_to_match_like_pattern",
                "dbt_expectations expect_column_values_to_match_like_pattern",
                "GX expect_column_values_to_not_match_like_pattern",
                "dbt_expectations expect_column_values_to_not_match_like_pattern",
            ],
            .kind("like", "not: true for none")),
        Entry(
            "Matches any, all or none of several LIKE patterns",
            [
                "GX expect_column_values_to_match_like_pattern_list",
                "dbt_expectations expect_column_values_to_match_like_pattern_list",
                "GX expect_column_values_to_not_match_like_pattern_list",
                "dbt_expectations expect_column_values_to_not_match_like_pattern_list",
                "SQLMesh match_like_pattern_list", "SQLMesh not_match_like_pattern_list",
            ],
            .kind("like_list", "match: any, match: all or match: none")),
        Entry(
            "Length",
            [
                "Soda valid length", "Soda valid min length", "Soda valid max length",
                "GX expect_column_value_lengths_to_be_between",
                "dbt_expectations expect_column_value_lengths_to_be_between", "GX expect_column_value_lengths_to_equal",
                "dbt_expectations expect_column_value_lengths_to_equal", "DQOps text_length_in_range_percent",
                "DQOps text_length_above_max_length", "DQOps text_length_above_max_length_percent",
                "DQOps text_length_below_min_length", "DQOps text_length_below_min_length_percent",
                "SQLMesh string_length_between", "SQLMesh string_length_equal", "Pointblank col_vals_str_len",
                "OpenMetadata columnValueLengthsToBeBetween", "DQDL ColumnLength", "ODCS minLength", "ODCS maxLength",
            ],
            .kind("length", "length: 16 or length: {min: 2, max: 12}")),
        Entry(
            "Shortest length",
            ["Soda min_length", "Deequ hasMinLength", "DQOps text_min_length", "Elementary min_length"],
            .kind("min_length")),
        Entry(
            "Longest length",
            ["Soda max_length", "Deequ hasMaxLength", "DQOps text_max_length", "Elementary max_length"],
            .kind("max_length")),
        Entry(
            "Average length", ["Soda avg_length", "DQOps text_mean_length", "Elementary average_length"],
            .kind("avg_length")),
        Entry("Number of words", ["DQOps min_word_count", "DQOps max_word_count"], .kind("word_count")),
        Entry(
            "Known format: address, identifier, number",
            [
                "Soda valid format", "DQOps invalid_email_format_found", "DQOps invalid_uuid_format_found",
                "DQOps invalid_ip4_address_format_found", "DQOps invalid_ip6_address_format_found",
                "DQOps invalid_usa_phone_format_found", "DQOps text_not_matching_name_pattern_percent",
                "Deequ containsEmail", "Deequ containsURL", "Deequ containsCreditCardNumber",
                "Deequ containsSocialSecurityNumber", "SQLMesh valid_uuid", "SQLMesh valid_email", "SQLMesh valid_url",
                "Pointblank col_vals_within_spec", "GX expect_column_values_to_be_valid_chinese_id_card",
            ],
            .kind("format", "format: email, uuid, url, ip, mac, phone, iban, bic, isbn, vin, credit_card, ssn …")),
        Entry(
            "Known format: postal code",
            ["DQOps invalid_usa_zipcode_format_found", "Pointblank col_vals_within_spec with postal_code"],
            .kind("format", "format: us_zip, uk_postcode, ca_postal_code or de_postal_code; other countries: matches")),
        Entry(
            "Known format: number, money, date, time",
            ["Soda valid format decimal comma", "Soda valid format date eu", "Soda valid format time 24h"],
            .kind("format", "format: integer, decimal_comma, money, eu_date, time_24h …; of one sign: matches")),
        Entry("Valid JSON", ["GX expect_column_values_to_be_json_parseable"], .kind("valid_json")),
        Entry(
            "JSON Schema",
            ["GX expect_column_values_to_match_json_schema", "Elementary json_schema", "Monte Carlo JSON schema"],
            .kind("expect", "with the extension pg_jsonschema: expect: public.jsonb_matches_schema('{…}', payload)")),
        Entry(
            "Date format",
            [
                "GX expect_column_values_to_match_strftime_format", "DQOps text_match_date_format_percent",
                "DQOps text_not_matching_date_pattern_found", "DQOps text_not_matching_date_pattern_percent",
            ],
            .kind("date_format", "date_format: '%d.%m.%Y' or date_format: DD.MM.YYYY")),
        Entry(
            "Parsable as a date of any form", ["GX expect_column_values_to_be_dateutil_parseable"],
            .kind("parsable_as", "parsable_as: timestamp, by ISO 8601 only; another form: date_format")),
        Entry(
            "Parsable as a type",
            [
                "DQOps text_parsable_to_boolean_percent", "DQOps text_parsable_to_date_percent",
                "DQOps text_parsable_to_float_percent", "DQOps text_parsable_to_integer_percent", "Deequ hasDataType",
                "DQDL ColumnDataType",
            ],
            .kind("parsable_as", "parsable_as: integer; a share: fail: percent > 1")),
        Entry(
            "Detected type of the texts", ["DQOps detected_datatype_in_text"],
            .kind("parsable_as", "name the type: parsable_as: numeric")),
        Entry(
            "Change of the detected type", ["DQOps detected_datatype_in_text_changed"],
            .none("types of texts are not guessed, so none is remembered; parsable_as holds them to one type")),
        Entry("Characters of one class", [], .kind("charset")),
        Entry("Unicode normalisation", [], .kind("normalized")),
    ]
}

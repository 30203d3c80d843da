extension OtherTools {
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
            .kind("json_schema")),
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

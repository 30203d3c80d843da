import ExactJSON
import Importing
import Testing

struct GxImporterTests {
    /// An expectation and what must become of it.
    struct Case: Sendable, CustomTestStringConvertible {
        var type: String
        var kwargs: String
        var checks: [String]
        var fate: ImportItem.Fate

        init(_ type: String, _ kwargs: String, _ checks: [String], _ fate: ImportItem.Fate = .converted) {
            self.type = type
            self.kwargs = kwargs
            self.checks = checks
            self.fate = fate
        }

        var testDescription: String { "\(type) \(kwargs)" }
    }

    /// What becomes of expectations on shop.orders.
    private static func project(_ expectations: String) throws -> ImportedProject {
        let suite = try JSONValue(parsing: #"{"name": "any", "expectations": [\#(expectations)]}"#)
        return GxImporter.project(from: [ImportSource(path: "gx/shop.orders.json", content: .document(suite))])
    }

    private static func expect(_ wanted: Case) throws {
        let project = try Self.project(#"{"type": "\#(wanted.type)", "kwargs": \#(wanted.kwargs), "meta": {}}"#)
        let checks = try wanted.checks.map { try ExpectedCheck.parse($0) }
        #expect((project.suites.first?.checks ?? []) == checks)
        #expect(project.items.map(\.fate) == [wanted.fate])
        #expect((project.items.first?.note != nil) == (wanted.fate != .converted))
        if !wanted.checks.isEmpty { #expect(project.suites.map(\.dataset) == ["shop.orders"]) }
    }

    // MARK: Values

    @Test(arguments: [
        Case("expect_column_values_to_not_be_null", #"{"column": "id"}"#, [#"{"column": "id", "not_null": {}}"#]),
        Case(
            "expect_column_values_to_not_be_null", #"{"column": "id", "mostly": 0.95, "result_format": "BASIC"}"#,
            [#"{"column": "id", "not_null": {}, "fail": "percent > 5"}"#]),
        Case(
            "expect_column_values_to_be_null", #"{"column": "note", "mostly": 0.995}"#,
            [#"{"column": "note", "is_null": {}, "fail": "percent > 0.5"}"#]),
        Case("expect_column_values_to_be_unique", #"{"column": "id"}"#, [#"{"column": "id", "unique": {}}"#]),
        Case(
            "expect_column_values_to_be_unique", #"{"column": "Id", "mostly": 0.9}"#,
            [#"{"column": "Id", "unique": {}, "where": "\"Id\" IS NOT NULL", "fail": "percent > 10"}"#]),
        Case(
            "expect_column_values_to_be_in_set", #"{"column": "status", "value_set": ["new", null, "paid"]}"#,
            [#"{"column": "status", "accepted_values": {"values": ["new", "paid"]}}"#]),
        Case(
            "expect_column_values_to_be_in_set", #"{"column": "status", "value_set": [1, 2], "mostly": 0.99}"#,
            [
                #"""
                {"column": "status", "accepted_values": {"values": [1, 2]}, "where": "status IS NOT NULL",
                "fail": "percent > 1"}
                """#
            ]),
        Case(
            "expect_column_values_to_not_be_in_set", #"{"column": "status", "value_set": ["lost"]}"#,
            [#"{"column": "status", "rejected_values": {"values": ["lost"]}}"#]),
        Case(
            "expect_column_values_to_be_between",
            #"{"column": "amount", "min_value": 0, "max_value": 10.5, "strict_max": true}"#,
            [#"{"column": "amount", "in_range": {"min": 0, "below": 10.5}}"#]),
        Case(
            "expect_column_values_to_be_between",
            #"{"column": "day", "min_value": "2024-01-01", "strict_min": true, "max_value": null}"#,
            [#"{"column": "day", "in_range": {"above": "2024-01-01"}}"#]),
        Case(
            "expect_column_values_to_be_between",
            #"{"column": "day", "min_value": "2024-01-01", "parse_strings_as_datetimes": true}"#,
            [#"{"column": "day", "in_range": {"min": "2024-01-01"}}"#], .approximated),
        Case(
            "expect_column_value_z_scores_to_be_less_than",
            #"{"column": "amount", "threshold": 3, "double_sided": true}"#,
            [#"{"column": "amount", "within_stddevs": {"sigma": 3}}"#], .approximated),
        Case(
            "expect_column_values_to_not_be_outliers", #"{"column": "amount"}"#,
            [#"{"column": "amount", "within_iqr": {"factor": 1.5}}"#], .approximated),
        Case(
            "expect_column_values_to_not_be_outliers", #"{"column": "amount", "method": "std", "multiplier": 2}"#,
            [#"{"column": "amount", "within_stddevs": {"sigma": 2}}"#], .approximated),
        Case(
            "expect_column_distinct_values_to_be_in_set", #"{"column": "status", "value_set": ["a"]}"#,
            [#"{"column": "status", "accepted_values": {"values": ["a"]}}"#]),
        Case(
            "expect_column_distinct_values_to_contain_set", #"{"column": "status", "value_set": ["a", "b"]}"#,
            [#"{"column": "status", "required_values": {"values": ["a", "b"]}}"#]),
        Case(
            "expect_column_distinct_values_to_equal_set", #"{"column": "status", "value_set": ["a", "b"]}"#,
            [#"{"column": "status", "exact_values": {"values": ["a", "b"]}}"#]),
        Case(
            "expect_column_most_common_value_to_be_in_set", #"{"column": "status", "value_set": ["a"]}"#,
            [#"{"column": "status", "top_values": {"values": ["a"]}}"#]),
        Case(
            "expect_column_most_common_value_to_be_in_set",
            #"{"column": "status", "value_set": ["a"], "ties_okay": true}"#,
            [#"{"column": "status", "top_values": {"values": ["a"]}}"#], .approximated),
    ])
    func valuesOfAColumn(wanted: Case) throws {
        try Self.expect(wanted)
    }

    // MARK: Texts

    @Test(arguments: [
        Case(
            "expect_column_value_lengths_to_be_between",
            #"{"column": "code", "min_value": 2, "max_value": 8, "strict_min": true}"#,
            [#"{"column": "code", "length": {"min": 3, "max": 8}}"#]),
        Case(
            "expect_column_value_lengths_to_equal", #"{"column": "code", "value": 5, "mostly": 0.5}"#,
            [#"{"column": "code", "length": {"equals": 5}, "where": "code IS NOT NULL", "fail": "percent > 50"}"#]),
        Case(
            "expect_column_values_to_match_regex", #"{"column": "code", "regex": "^[A-Z]\\d+"}"#,
            [#"{"column": "code", "matches": {"regex": "^[A-Z]\\d+"}}"#]),
        Case(
            "expect_column_values_to_not_match_regex", #"{"column": "code", "regex": "^a"}"#,
            [#"{"column": "code", "matches": {"regex": "^a", "not": true}}"#]),
        Case(
            "expect_column_values_to_match_regex_list", #"{"column": "code", "regex_list": ["a", "b"]}"#,
            [#"{"column": "code", "matches_list": {"regexes": ["a", "b"]}}"#]),
        Case(
            "expect_column_values_to_match_regex_list",
            #"{"column": "code", "regex_list": ["a", "b"], "match_on": "all"}"#,
            [#"{"column": "code", "matches_list": {"regexes": ["a", "b"], "match": "all"}}"#]),
        Case(
            "expect_column_values_to_not_match_regex_list", #"{"column": "code", "regex_list": ["a"]}"#,
            [#"{"column": "code", "matches_list": {"regexes": ["a"], "match": "none"}}"#]),
        Case(
            "expect_column_values_to_match_like_pattern", #"{"column": "code", "like_pattern": "A%"}"#,
            [#"{"column": "code", "like": {"pattern": "A%"}}"#]),
        Case(
            "expect_column_values_to_not_match_like_pattern", #"{"column": "code", "like_pattern": "A%"}"#,
            [#"{"column": "code", "like": {"pattern": "A%", "not": true}}"#]),
        Case(
            "expect_column_values_to_match_like_pattern_list",
            #"{"column": "code", "like_pattern_list": ["A%", "B%"], "match_on": "any"}"#,
            [#"{"column": "code", "like_list": {"patterns": ["A%", "B%"]}}"#]),
        Case(
            "expect_column_values_to_not_match_like_pattern_list",
            #"{"column": "code", "like_pattern_list": ["A%"]}"#,
            [#"{"column": "code", "like_list": {"patterns": ["A%"], "match": "none"}}"#]),
        Case(
            "expect_column_values_to_match_strftime_format", #"{"column": "day", "strftime_format": "%Y-%m-%d"}"#,
            [#"{"column": "day", "date_format": {"format": "%Y-%m-%d"}}"#], .approximated),
        Case(
            "expect_column_values_to_be_dateutil_parseable", #"{"column": "day"}"#,
            [#"{"column": "day", "parsable_as": {"type": "timestamp"}}"#], .approximated),
        Case(
            "expect_column_values_to_be_json_parseable", #"{"column": "payload"}"#,
            [#"{"column": "payload", "valid_json": {}}"#], .approximated),
        Case(
            "expect_column_values_to_match_json_schema", #"{"column": "x", "json_schema": {"type": "object"}}"#,
            [#"{"column": "x", "json_schema": {"schema": {"type": "object"}}}"#], .approximated),
        Case(
            "expect_column_values_to_be_valid_chinese_id_card", #"{"column": "card"}"#,
            [#"{"column": "card", "format": {"is": "chinese_id"}}"#]),
    ])
    func textsOfAColumn(wanted: Case) throws {
        try Self.expect(wanted)
    }

    // MARK: Numbers

    @Test(arguments: [
        Case(
            "expect_column_max_to_be_between", #"{"column": "amount", "min_value": 1, "max_value": 5}"#,
            [#"{"column": "amount", "max": {"min": 1, "max": 5}}"#]),
        Case(
            "expect_column_min_to_be_between", #"{"column": "amount", "min_value": 0, "strict_min": true}"#,
            [#"{"column": "amount", "min": {}, "fail": "value <= 0"}"#]),
        Case(
            "expect_column_mean_to_be_between",
            #"{"column": "amount", "min_value": 1, "max_value": 5, "strict_max": true}"#,
            [
                #"{"column": "amount", "avg": {"min": 1}}"#,
                #"{"column": "amount", "avg": {}, "id": "amount.avg.max", "fail": "value >= 5"}"#,
            ]),
        Case(
            "expect_column_median_to_be_between", #"{"column": "amount", "max_value": 15.700000000000001}"#,
            [#"{"column": "amount", "median": {"max": 15.700000000000001}}"#]),
        Case(
            "expect_column_sum_to_be_between", #"{"column": "amount", "min_value": 1}"#,
            [#"{"column": "amount", "sum": {"min": 1}}"#]),
        Case(
            "expect_column_stdev_to_be_between", #"{"column": "amount", "max_value": 2}"#,
            [#"{"column": "amount", "stddev": {"max": 2}}"#]),
        Case(
            "expect_column_max_to_be_between",
            #"{"column": "day", "min_value": "2024-01-01", "max_value": "2024-12-31"}"#,
            [
                #"{"column": "day", "in_range": {"max": "2024-12-31"}}"#,
                #"""
                {"metric": {"expression": "count(*) FILTER (WHERE day >= '2024-01-01')", "min": 1}, "id": "day.max"}
                """#,
            ]),
        Case(
            "expect_column_min_to_be_between", #"{"column": "day", "min_value": "2024-01-01"}"#,
            [#"{"column": "day", "in_range": {"min": "2024-01-01"}}"#], .approximated),
        Case(
            "expect_column_unique_value_count_to_be_between", #"{"column": "status", "min_value": 2}"#,
            [#"{"column": "status", "distinct_count": {"min": 2}}"#]),
        Case(
            "expect_column_proportion_of_unique_values_to_be_between", #"{"column": "id", "min_value": 0.905}"#,
            [#"{"column": "id", "distinct_percent": {"min": 90.5}}"#]),
        Case(
            "expect_column_proportion_of_non_null_values_to_be_between", #"{"column": "id", "min_value": 0.95}"#,
            [#"{"column": "id", "not_null": {}, "fail": "percent > 5"}"#]),
        Case(
            "expect_column_proportion_of_non_null_values_to_be_between",
            #"{"column": "id", "min_value": 0.9, "max_value": 0.99}"#,
            [#"{"column": "id", "not_null": {}, "fail": "percent not between 1 and 10"}"#]),
        Case(
            "expect_column_proportion_of_non_null_values_to_be_between",
            #"{"column": "id", "min_value": 0.5, "max_value": 0.75, "strict_min": true}"#,
            [
                #"{"column": "id", "not_null": {}, "fail": "percent >= 50"}"#,
                #"{"column": "id", "not_null": {}, "id": "id.not_null.max", "fail": "percent < 25"}"#,
            ]),
        Case(
            "expect_column_proportion_of_non_null_values_to_be_between", #"{"column": "id", "min_value": 1}"#,
            [#"{"column": "id", "not_null": {}}"#]),
        Case(
            "expect_column_quantile_values_to_be_between",
            #"""
            {"column": "amount", "allow_relative_error": false,
            "quantile_ranges": {"quantiles": [0.25, 0.5], "value_ranges": [[1, 2], [null, 5]]}}
            """#,
            [
                #"""
                {"metric": {"expression": "percentile_disc(0.25) WITHIN GROUP (ORDER BY amount)", "min": 1, "max": 2},
                "id": "amount.quantile_0.25"}
                """#,
                #"""
                {"metric": {"expression": "percentile_disc(0.5) WITHIN GROUP (ORDER BY amount)", "max": 5},
                "id": "amount.quantile_0.5"}
                """#,
            ]),
    ])
    func numbersOfAColumn(wanted: Case) throws {
        try Self.expect(wanted)
    }

    // MARK: Several columns

    @Test(arguments: [
        Case(
            "expect_column_pair_values_A_to_be_greater_than_B", #"{"column_A": "a", "column_B": "b"}"#,
            [#"{"compare_columns": {"columns": ["a", "b"], "is": ">"}}"#]),
        Case(
            "expect_column_pair_values_a_to_be_greater_than_b",
            #"{"column_A": "a", "column_B": "b", "or_equal": true, "mostly": 0.9}"#,
            [
                #"""
                {"compare_columns": {"columns": ["a", "b"], "is": ">="}, "where": "a IS NOT NULL OR b IS NOT NULL",
                "fail": "percent > 10"}
                """#
            ]),
        Case(
            "expect_column_pair_values_to_be_equal", #"{"column_A": "a", "column_B": "b"}"#,
            [#"{"equal_columns": {"columns": ["a", "b"]}, "nulls": "fail"}"#]),
        Case(
            "expect_column_pair_values_to_be_equal",
            #"{"column_A": "a", "column_B": "b", "ignore_row_if": "either_value_is_missing", "mostly": 0.9}"#,
            [
                #"""
                {"equal_columns": {"columns": ["a", "b"]}, "where": "a IS NOT NULL AND b IS NOT NULL",
                "fail": "percent > 10"}
                """#
            ]),
        Case(
            "expect_column_pair_values_to_be_equal",
            #"{"column_A": "a", "column_B": "b", "ignore_row_if": "neither"}"#,
            [#"{"compare_columns": {"columns": ["a", "b"], "is": "="}, "nulls": "fail"}"#]),
        Case(
            "expect_column_pair_values_to_be_in_set",
            #"{"column_A": "a", "column_B": "b", "value_pairs_set": [["x", 1], ["y", 2]]}"#,
            [#"{"accepted_combinations": {"columns": ["a", "b"], "values": [["x", 1], ["y", 2]]}}"#]),
        Case(
            "expect_column_pair_cramers_phi_value_to_be_less_than", #"{"column_A": "a", "column_B": "b"}"#,
            [#"{"cramers_v": {"columns": ["a", "b"], "max": 0.1}}"#], .approximated),
        Case(
            "expect_compound_columns_to_be_unique", #"{"column_list": ["a", "b"]}"#,
            [
                #"""
                {"unique": {"columns": ["a", "b"]}, "where": "a IS NOT NULL OR b IS NOT NULL", "nulls": "fail"}
                """#
            ]),
        Case(
            "expect_compound_columns_to_be_unique",
            #"{"column_list": ["a", "b"], "ignore_row_if": "any_value_is_missing"}"#,
            [#"{"unique": {"columns": ["a", "b"]}}"#]),
        Case(
            "expect_compound_columns_to_be_unique", #"{"column_list": ["a", "b"], "ignore_row_if": "never"}"#,
            [#"{"unique": {"columns": ["a", "b"]}, "nulls": "fail"}"#]),
        Case(
            "expect_select_column_values_to_be_unique_within_record", #"{"column_list": ["a", "b"]}"#,
            [#"{"different_columns": {"columns": ["a", "b"]}}"#]),
        Case(
            "expect_multicolumn_values_to_be_unique", #"{"column_list": ["a", "b", "c"]}"#,
            [
                #"""
                {"expect": {"expression":
                "a IS DISTINCT FROM b AND a IS DISTINCT FROM c AND b IS DISTINCT FROM c"},
                "where": "a IS NOT NULL OR b IS NOT NULL OR c IS NOT NULL"}
                """#
            ]),
        Case(
            "expect_select_column_values_to_be_unique_within_record",
            #"{"column_list": ["a", "b", "c"], "ignore_row_if": "any_value_is_missing"}"#,
            [
                #"""
                {"different_columns": {"columns": ["a", "b", "c"]},
                "where": "a IS NOT NULL AND b IS NOT NULL AND c IS NOT NULL"}
                """#
            ]),
        Case(
            "expect_multicolumn_values_to_be_equal", #"{"column_list": ["a", "b"]}"#,
            [#"{"equal_columns": {"columns": ["a", "b"]}, "nulls": "fail"}"#]),
        Case(
            "expect_multicolumn_sum_to_equal", #"{"column_list": ["a", "b"], "sum_total": 100}"#,
            [#"{"sum_of_columns": {"columns": ["a", "b"], "equals": 100}}"#]),
    ])
    func severalColumns(wanted: Case) throws {
        try Self.expect(wanted)
    }

    // MARK: Tables

    @Test(arguments: [
        Case("expect_column_to_exist", #"{"column": "id"}"#, [#"{"column": "id", "column_exists": {}}"#]),
        Case(
            "expect_column_to_exist", #"{"column": "id", "column_index": 0}"#,
            [#"{"column": "id", "column_exists": {}}"#], .approximated),
        Case(
            "expect_table_columns_to_match_ordered_list", #"{"column_list": ["a", "b"]}"#,
            [#"{"column_set": {"columns": ["a", "b"], "ordered": true}}"#]),
        Case(
            "expect_table_columns_to_match_set", #"{"column_set": ["a", "b"], "exact_match": true}"#,
            [#"{"column_set": {"columns": ["a", "b"]}}"#]),
        Case(
            "expect_table_columns_to_match_set", #"{"column_set": ["a"], "exact_match": false}"#,
            [#"{"column_set": {"columns": ["a"], "allow_extra": true}}"#]),
        Case(
            "expect_table_column_count_to_be_between", #"{"min_value": 2, "max_value": 9}"#,
            [#"{"column_count": {"min": 2, "max": 9}}"#]),
        Case("expect_table_column_count_to_equal", #"{"value": 3}"#, [#"{"column_count": {"equals": 3}}"#]),
        Case(
            "expect_table_row_count_to_be_between", #"{"min_value": 1, "max_value": null}"#,
            [#"{"row_count": {"min": 1}}"#]),
        Case(
            "expect_table_row_count_to_equal",
            #"{"value": 3, "row_condition": "col(\"id\") > 5", "condition_parser": "great_expectations"}"#,
            [#"{"row_count": {"equals": 3}, "where": "id > 5"}"#]),
        Case(
            "expect_table_row_count_to_equal_other_table", #"{"other_table_name": "orders_copy"}"#,
            [#"{"same_row_count": {"as": "shop.orders_copy"}}"#]),
        Case(
            "expect_column_values_to_be_of_type", #"{"column": "id", "type_": "INTEGER"}"#,
            [#"{"column": "id", "column_type": {"type": "integer"}}"#]),
        Case(
            "expect_column_type_to_be", #"{"column": "at", "type_": "TIMESTAMP"}"#,
            [#"{"column": "at", "column_type": {"type": ["timestamp", "timestamptz"]}}"#]),
        Case(
            "expect_column_values_to_be_of_type", #"{"column": "amount", "type_": "DOUBLE_PRECISION"}"#,
            [#"{"column": "amount", "column_type": {"type": "double precision"}}"#]),
        Case(
            "expect_column_values_to_be_in_type_list", #"{"column": "id", "type_list": ["VARCHAR", "int64"]}"#,
            [#"{"column": "id", "column_type": {"type": ["varchar", "bigint"]}}"#], .approximated),
    ])
    func tables(wanted: Case) throws {
        try Self.expect(wanted)
    }

    @Test(arguments: [
        Case("expect_column_values_to_be_increasing", #"{"column": "id"}"#, [], .notConverted),
        Case("expect_column_values_to_be_decreasing", #"{"column": "id"}"#, [], .notConverted),
        Case("expect_column_chisquare_test_p_value_to_be_greater_than", #"{"column": "x"}"#, [], .notConverted),
        Case("expect_column_bootstrapped_ks_test_p_value_to_be_greater_than", "{}", [], .notConverted),
        Case("expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than", "{}", [], .notConverted),
        Case("expect_query_results_to_match_comparison", "{}", [], .notConverted),
        Case("expect_query_results_to_match_source", "{}", [], .notConverted),
        Case("expect_nonsense", "{}", [], .notConverted),
        Case("expect_column_values_to_be_between", #"{"column": "x"}"#, [], .notConverted),
        Case(
            "expect_column_values_to_be_between", #"{"column": "x", "min_value": 3, "max_value": 2}"#, [],
            .notConverted),
        Case("expect_column_values_to_be_in_set", #"{"column": "x", "value_set": []}"#, [], .notConverted),
        Case("expect_column_values_to_not_be_null", #"{"column": "x", "mostly": 0}"#, [], .notConverted),
        Case(
            "expect_column_value_z_scores_to_be_less_than",
            #"{"column": "x", "threshold": 3, "double_sided": false}"#, [], .notConverted),
        Case("expect_column_values_to_be_of_type", #"{"column": "x", "type_": "object"}"#, [], .notConverted),
        Case(
            "expect_column_pair_values_to_be_in_set",
            #"{"column_A": "a", "column_B": "b", "value_pairs_set": [["x", null]]}"#, [], .notConverted),
        Case(
            "expect_column_kl_divergence_to_be_less_than",
            #"{"column": "x", "threshold": 0.1, "partition_object": {"bins": [0, 1], "weights": [1]}}"#, [],
            .notConverted),
        Case(
            "expect_column_values_to_be_between",
            #"{"column": "x", "max_value": {"$PARAMETER": "upstream_rows * 1.1"}}"#, [], .notConverted),
    ])
    func whatIsNotThereHasAReason(wanted: Case) throws {
        try Self.expect(wanted)
    }

    @Test
    func aParameterIsNamed() throws {
        let project = try Self.project(
            #"{"type": "expect_table_row_count_to_equal", "kwargs": {"value": {"$PARAMETER": "rows"}}}"#)
        #expect(project.suites.isEmpty)
        let items = [
            ImportItem(
                name: "gx/shop.orders.json: shop.orders expect_table_row_count_to_equal", fate: .notConverted,
                note: "the parameter rows has a value only when Great Expectations runs")
        ]
        #expect(project.items == items)
    }

    @Test
    func anUnknownKwargIsSaid() throws {
        let project = try Self.project(
            #"{"type": "expect_column_values_to_be_unique", "kwargs": {"column": "id", "surprise": 1}}"#)
        let items = [
            ImportItem(
                name: "gx/shop.orders.json: id expect_column_values_to_be_unique", fate: .approximated,
                note: "surprise: not known here, and left out")
        ]
        #expect(project.items == items)
    }

    // MARK: Queries

    @Test
    func aQueryOfUnexpectedRowsIsOneHere() throws {
        let expectation = #"""
            {"type": "unexpected_rows_expectation", "severity": "info", "description": "No fare without a ride",
            "kwargs": {"unexpected_rows_query": "SELECT * FROM {batch}\nWHERE fare > 0 AND note <> '{{x}}';\n"}}
            """#
        let project = try Self.project("\(expectation), \(expectation)")
        #expect(project.suites.isEmpty)
        #expect(project.queries.map(\.id) == ["shop.orders_unexpected_rows", "shop.orders_unexpected_rows_2"])
        let query = try #require(project.queries.first)
        #expect(query.dataset == "shop.orders")
        #expect(query.sql == "SELECT * FROM shop.orders\nWHERE fare > 0 AND note <> '{x}'")
        #expect(query.description == "No fare without a ride")
        #expect(query.headers.map { "\($0.name): \($0.value)" } == ["severity: next_sprint"])
        #expect(project.items.map(\.fate) == [.converted, .converted])
    }

    @Test
    func aDivergenceFromWeightsIsAQuery() throws {
        let project = try Self.project(
            #"""
            {"type": "expect_column_kl_divergence_to_be_less_than", "kwargs": {"column": "status", "threshold": 0.1,
            "partition_object": {"values": ["a", "b"], "weights": [0.75, 0.25]}}}
            """#)
        let query = try #require(project.queries.first)
        #expect(query.id == "shop.orders_status_kl_divergence")
        #expect(query.sql.contains("VALUES ('a', 0.75), ('b', 0.25)"))
        #expect(query.sql.contains("WHERE divergence > 0.1"))
        #expect(project.items.map(\.fate) == [.converted])
    }

    // MARK: Suites

    @Test
    func bothFormsOfASuiteAreRead() throws {
        let old = try JSONValue(
            parsing: #"""
                {"expectation_suite_name": "shop.orders.warning", "data_asset_type": "Dataset",
                "meta": {"great_expectations_version": "0.18.21", "notes": {"format": "markdown", "content": "Orders"}},
                "expectations": [{"expectation_type": "expect_column_values_to_not_be_null",
                "kwargs": {"column": "id"}, "meta": {"notes": {"content": ["Every order", "has one"]}}}]}
                """#)
        let new = try JSONValue(
            parsing: #"""
                {"name": "shop.customers", "id": "c2b0a7f2", "notes": null,
                "meta": {"great_expectations_version": "1.3.0"}, "expectations": [
                {"type": "expect_column_values_to_not_be_null", "id": "6d3e", "rendered_content": [],
                "kwargs": {"column": "id"}, "meta": {}, "severity": "critical"}]}
                """#)
        let project = GxImporter.project(from: [
            ImportSource(path: "expectations/shop/orders/warning.json", content: .document(old)),
            ImportSource(path: "expectations/customers.json", content: .document(new)),
        ])
        #expect(project.suites.map(\.dataset) == ["shop.orders", "shop.customers"])
        #expect(project.suites.first?.description == "Orders")
        let checks = try [
            [ExpectedCheck.parse(#"{"column": "id", "not_null": {}, "description": "Every order has one"}"#)],
            [ExpectedCheck.parse(#"{"column": "id", "not_null": {}, "severity": "now"}"#)],
        ]
        #expect(project.suites.map(\.checks) == checks)
        let names = [
            "expectations/shop/orders/warning.json: id expect_column_values_to_not_be_null",
            "expectations/customers.json: id expect_column_values_to_not_be_null",
        ]
        #expect(project.items.map(\.name) == names)
        #expect(!project.isPartial)
    }

    @Test(arguments: [
        ("gx/shop.orders.json", #"{"name": "x"}"#, "shop.orders"),
        ("gx/orders.warning.json", #"{"expectation_suite_name": "orders.warning"}"#, "orders"),
        ("gx/warning.json", #"{"expectation_suite_name": "shop.orders.warning"}"#, "shop.orders"),
        ("gx/a.json", #"{"expectation_suite_name": "warehouse.public.orders.default"}"#, "public.orders"),
        ("gx/a.json", #"{"name": "orders"}"#, "orders"),
        ("gx/a.json", #"{"name": "shop.orders"}"#, "shop.orders"),
        ("gx/a.json", #"{"name": "my suite"}"#, "\"my suite\""),
        ("gx/a.json", #"{"name": "x", "meta": {"table_name": "orders", "schema_name": "shop"}}"#, "shop.orders"),
        ("gx/b.c.json", #"{"name": "x", "meta": {"dataset": "shop.orders"}}"#, "shop.orders"),
        (
            "gx/a.json",
            #"{"name": "x", "meta": {"citations": [{"batch_request": {"data_asset_name": "shop.orders"}}]}}"#,
            "shop.orders"
        ),
    ])
    func theDatasetIsFound(path: String, suite: String, dataset: String) throws {
        let expectation = try JSONValue(
            parsing: #"{"type": "expect_table_row_count_to_be_between", "kwargs": {"min_value": 1}}"#)
        let list = JSONValue.Member("expectations", .array([expectation]))
        let members = try JSONValue(parsing: suite).members + [list]
        let source = ImportSource(path: path, content: .document(.object(members)))
        #expect(GxImporter.project(from: [source]).suites.map(\.dataset) == [dataset])
    }

    @Test
    func whatIsNoSuiteIsSaid() {
        let project = GxImporter.project(from: [
            ImportSource(path: "great_expectations.yml", content: .document(["config_version": 3])),
            ImportSource(path: "readme.md", content: .text("# Suites")),
        ])
        #expect(project.suites.isEmpty)
        #expect(project.items.map(\.fate) == [.notConverted, .notConverted])
    }

    // MARK: Conditions

    @Test(arguments: [
        (#""col(\"age\") > 5""#, "great_expectations", "age > 5"),
        (#""col(\"Age\")!=-1.5""#, "great_expectations__experimental__", "\"Age\" <> -1.5"),
        (#""col(\"status\") == \"it's\"""#, "great_expectations", nil),
        (#""col(\"status\") == 'paid'""#, "great_expectations", "status = 'paid'"),
        (#""col(\"day\") >= date(\"2024-01-01\")""#, "great_expectations", "day >= DATE '2024-01-01'"),
        (#""col(\"order\").notNull()""#, "great_expectations", "\"order\" IS NOT NULL"),
        (#""SexCode==0""#, "pandas", "\"SexCode\" = 0"),
        (#""status != 'x'""#, "pandas", "status IS DISTINCT FROM 'x'"),
        (#""status.isnull()""#, "pandas", "status IS NULL"),
        (#""status = 'x'""#, "spark", "status = 'x'"),
        (#""a > 1 and b < 2""#, "pandas", nil),
        (#"{"type": "comparison", "column": {"name": "age"}, "operator": "<=", "parameter": 5}"#, "", "age <= 5"),
        (
            #"{"type": "comparison", "column": {"name": "status"}, "operator": "NOT_IN", "parameter": ["a", "b"]}"#, "",
            "status NOT IN ('a', 'b')"
        ),
        (
            #"""
            {"type": "or", "conditions": [{"type": "nullity", "column": {"name": "a"}, "is_null": false},
            {"type": "column_comparison", "column": {"name": "b"}, "operator": ">", "other_column": {"name": "c"}}]}
            """#, "", "a IS NOT NULL OR b > c"
        ),
    ])
    func aRowConditionIsAFilter(condition: String, parser: String, filter: String?) throws {
        let project = try Self.project(
            #"""
            {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "id", "row_condition": \#(condition),
            "condition_parser": "\#(parser)"}}
            """#)
        let options = filter.map { [JSONValue.Member("where", .string($0))] }
        #expect(project.suites.first?.checks.first?.options == options)
        #expect(project.items.map(\.fate) == [filter == nil ? .notConverted : .converted])
    }

    @Test
    func aRowConditionAndASharePutTogether() throws {
        let project = try Self.project(
            #"""
            {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "status", "value_set": ["a"],
            "mostly": 0.9, "row_condition": {"type": "or", "conditions": [
            {"type": "comparison", "column": {"name": "x"}, "operator": "==", "parameter": 1},
            {"type": "comparison", "column": {"name": "x"}, "operator": "==", "parameter": true}]}}}
            """#)
        let check = try ExpectedCheck.parse(
            #"""
            {"column": "status", "accepted_values": {"values": ["a"]},
            "where": "(x = 1 OR x = true) AND status IS NOT NULL", "fail": "percent > 10"}
            """#)
        #expect(project.suites.first?.checks == [check])
    }

    @Test
    func noTwoChecksHaveTheSameIdAndNoneIsThereTwice() throws {
        let project = try Self.project(
            #"""
            {"type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "min_value": 0}},
            {"type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "max_value": 9}},
            {"type": "expect_column_values_to_be_between", "kwargs": {"column": "x", "max_value": 9}}
            """#)
        let checks = try [
            ExpectedCheck.parse(#"{"column": "x", "in_range": {"min": 0}}"#),
            ExpectedCheck.parse(#"{"column": "x", "in_range": {"max": 9}, "id": "x.in_range_2"}"#),
        ]
        #expect(project.suites.first?.checks == checks)
        #expect(project.items.count == 3)
    }
}

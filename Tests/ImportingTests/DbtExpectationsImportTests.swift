import ExactJSON
import Importing
import Testing

/// The generic tests of the package dbt_expectations.
struct DbtExpectationsImportTests {
    /// A test of a column, without `dbt_expectations.expect_column_`, and the check that comes of it.
    static let columnTests: [(name: String, arguments: String, check: ImportedCheck)] = [
        ("to_exist", "{}", ImportedCheck("column_exists", column: "amount")),
        ("values_to_be_null", #"{"row_condition": "x"}"#, check("is_null", [:], ("where", "x"))),
        ("values_to_not_be_null", "{}", check("not_null")),
        (
            "values_to_be_unique", #"{"row_condition": "x", "config": {"where": "y"}}"#,
            check("unique", [:], ("where", "(y) AND (x)"))
        ),
        ("values_to_be_of_type", #"{"column_type": "numeric"}"#, check("column_type", "numeric")),
        (
            "values_to_be_in_type_list", #"{"column_type_list": ["date", "timestamp"]}"#,
            check("column_type", ["date", "timestamp"])
        ),
        (
            "values_to_have_consistent_casing", #"{"display_inconsistent_columns": true}"#, check("consistent_casing")
        ),
        (
            "values_to_be_in_set", #"{"value_set": ["a", "b"], "quote_values": true}"#,
            check("accepted_values", ["a", "b"], ("nulls", "fail"))
        ),
        (
            "values_to_not_be_in_set", #"{"value_set": [1, 2], "quote_values": false}"#,
            check("rejected_values", [1, 2])
        ),
        (
            "values_to_be_between", #"{"min_value": 0, "max_value": 10, "strictly": true}"#,
            check("in_range", ["above": 0, "below": 10])
        ),
        ("value_lengths_to_be_between", #"{"min_value": 1, "max_value": 4}"#, check("length", ["min": 1, "max": 4])),
        (
            "value_lengths_to_be_between", #"{"min_value": 1, "strictly": true}"#, check("length", ["min": 2])
        ),
        ("value_lengths_to_equal", #"{"value": 10}"#, check("length", 10)),
        ("values_to_match_like_pattern", #"{"like_pattern": "%@%"}"#, check("like", "%@%")),
        (
            "values_to_not_match_like_pattern", #"{"like_pattern": "%&%"}"#,
            check("like", ["pattern": "%&%", "not": true])
        ),
        (
            "values_to_match_like_pattern_list", #"{"like_pattern_list": ["%@%", "%&%"]}"#,
            check("like_list", ["patterns": ["%@%", "%&%"]])
        ),
        (
            "values_to_not_match_like_pattern_list", #"{"like_pattern_list": ["%@%", "%&%"], "match_on": "all"}"#,
            check("like_list", ["patterns": ["%@%", "%&%"], "match": "none"])
        ),
        (
            "values_to_not_match_like_pattern_list", #"{"like_pattern_list": ["%@%", "%'"]}"#,
            ImportedCheck("expect", "NOT (amount LIKE '%@%' AND amount LIKE '%''')")
        ),
        ("values_to_match_regex", #"{"regex": "[at]+"}"#, check("matches", "[at]+", ("nulls", "fail"))),
        (
            "values_to_match_regex", #"{"regex": "it''s", "flags": "in", "is_raw": true}"#,
            check("matches", ["regex": "(?n)it's", "case_insensitive": true], ("nulls", "fail"))
        ),
        ("values_to_not_match_regex", #"{"regex": "[at]+"}"#, check("matches", ["regex": "[at]+", "not": true])),
        (
            "values_to_match_regex_list", #"{"regex_list": ["@", "&"], "match_on": "all"}"#,
            check("matches_list", ["regexes": ["@", "&"], "match": "all"], ("nulls", "fail"))
        ),
        (
            "values_to_not_match_regex_list", #"{"regex_list": ["@", "&"], "flags": "i"}"#,
            ImportedCheck("expect", "NOT (amount ~* '@' AND amount ~* '&')")
        ),
        (
            "values_to_not_match_regex_list", #"{"regex_list": ["@"]}"#,
            check("matches_list", ["regexes": ["@"], "match": "none"])
        ),
        (
            "distinct_count_to_equal", #"{"value": 10, "group_by": ["shop"]}"#,
            check("distinct_count", 10, ("group_by", ["shop"]))
        ),
        ("distinct_count_to_be_greater_than", #"{"value": 10}"#, check("distinct_count", ["min": 11])),
        (
            "distinct_count_to_be_less_than", #"{"value": 10, "severity": "warn"}"#,
            ImportedCheck("metric", "count(DISTINCT amount)", options: DbtFiles.options(("warn", "value > 9")))
        ),
        (
            "distinct_count_to_equal_other_table", #"{"compare_model": "ref('orders')", "compare_column_name": "b"}"#,
            check("same_distinct_count", "shop.orders.b")
        ),
        (
            "distinct_count_to_equal_other_table", #"{"compare_column_name": "b", "row_condition": "x"}"#,
            ImportedCheck(
                "aggregates_match",
                [
                    "expression": "count(DISTINCT amount)", "as": "shop.orders", "as_expression": "count(DISTINCT b)",
                    "as_where": "x",
                ], options: DbtFiles.options(("where", "x")))
        ),
        (
            "distinct_values_to_be_in_set", #"{"value_set": ["a"]}"#, check("accepted_values", ["a"], ("nulls", "fail"))
        ),
        ("distinct_values_to_contain_set", #"{"value_set": ["a", "b"]}"#, check("required_values", ["a", "b"])),
        ("max_to_be_between", #"{"max_value": 1}"#, check("max", ["max": 1], ("on_empty", "pass"))),
        (
            "min_to_be_between", #"{"min_value": 0, "strictly": true}"#,
            check("min", [:], ("on_empty", "pass"), ("fail", "value <= 0"))
        ),
        (
            "mean_to_be_between", #"{"min_value": 0, "max_value": 2, "config": {"severity": "warn"}}"#,
            check("avg", [:], ("on_empty", "pass"), ("warn", "value not between 0 and 2"))
        ),
        ("median_to_be_between", #"{"min_value": 0}"#, check("median", ["min": 0], ("on_empty", "pass"))),
        (
            "quantile_values_to_be_between", #"{"quantile": ".95", "max_value": 2}"#,
            check("percentile", ["percent": 95, "max": 2], ("on_empty", "pass"))
        ),
        (
            "stdev_to_be_between", #"{"min_value": 0, "max_value": 2, "group_by": ["shop"]}"#,
            check("stddev", ["min": 0, "max": 2], ("group_by", ["shop"]), ("on_empty", "pass"))
        ),
        ("sum_to_be_between", #"{"min_value": 1}"#, check("sum", ["min": 1], ("on_empty", "pass"))),
        (
            "unique_value_count_to_be_between", #"{"min_value": 3, "max_value": 3}"#, check("distinct_count", 3)
        ),
        (
            "proportion_of_unique_values_to_be_between", #"{"min_value": 0, "max_value": 0.4}"#,
            check("distinct_percent", ["min": 0, "max": 40])
        ),
    ]

    private static func check(
        _ kind: String, _ arguments: JSONValue = .object([]), _ options: (String, JSONValue)...
    ) -> ImportedCheck {
        let members = options.map { JSONValue.Member($0.0, $0.1) }
        return ImportedCheck(kind, column: "amount", arguments, options: members)
    }

    @Test(arguments: columnTests)
    func convertsTestsOfColumns(name: String, arguments: String, check: ImportedCheck) throws {
        let project = try DbtFiles.column(#"{"dbt_expectations.expect_column_\#(name)": \#(arguments)}"#)
        #expect(DbtFiles.checks(project) == [check])
        #expect(project.items.map(\.fate) == [.converted])
        #expect(project.items.map(\.note) == [nil])
    }

    /// A test of a table, without `dbt_expectations.`, and the check that comes of it.
    static let tableTests: [(name: String, arguments: String, check: ImportedCheck)] = [
        (
            "expect_grouped_row_values_to_have_recent_data",
            """
            {"group_by": ["a", "b"], "timestamp_column": "at", "datepart": "day", "interval": 1, "row_condition": "x"}
            """,
            ImportedCheck(
                "fresh", column: "at", "1d",
                options: DbtFiles.options(("where", "(x) AND (at <= now())"), ("group_by", ["a", "b"])))
        ),
        (
            "expect_table_aggregation_to_equal_other_table",
            #"{"expression": "sum(a)", "compare_model": "ref('customers')", "row_condition": "x", "tolerance": 0.5}"#,
            ImportedCheck(
                "aggregates_match",
                [
                    "expression": "coalesce(sum(a), 0)", "as": "shop.customers", "as_where": "x",
                    "tolerance": .number("0.5"),
                ],
                options: DbtFiles.options(("where", "x")))
        ),
        (
            "expect_table_column_count_to_be_between", #"{"min_value": 1, "max_value": 4}"#,
            ImportedCheck("column_count", ["min": 1, "max": 4])
        ),
        (
            "expect_table_column_count_to_equal_other_table", #"{"compare_model": "ref(\"customers\")"}"#,
            ImportedCheck("column_count", ["same_as": "shop.customers"])
        ),
        ("expect_table_column_count_to_equal", #"{"value": 7}"#, ImportedCheck("column_count", 7)),
        (
            "expect_table_columns_to_not_contain_set", #"{"column_list": ["COL_A", "col_b"], "transform": "upper"}"#,
            ImportedCheck("column_absent", ["col_a", "col_b"])
        ),
        (
            "expect_table_columns_to_contain_set", #"{"column_list": ["a"]}"#,
            ImportedCheck("column_set", ["columns": ["a"], "allow_extra": true])
        ),
        (
            "expect_table_columns_to_match_ordered_list", #"{"column_list": ["a", "b"]}"#,
            ImportedCheck("column_set", ["columns": ["a", "b"], "ordered": true])
        ),
        (
            "expect_table_columns_to_match_set", #"{"column_list": ["a"], "config": {"severity": "warn"}}"#,
            ImportedCheck("column_set", ["a"], options: DbtFiles.options(("warn", "count > 0")))
        ),
        (
            "expect_table_row_count_to_be_between", #"{"min_value": 1, "group_by": ["shop"]}"#,
            ImportedCheck(
                "row_count", ["min": 1], options: DbtFiles.options(("group_by", ["shop"]), ("on_empty", "pass")))
        ),
        (
            "expect_table_row_count_to_equal", #"{"value": 4, "row_condition": "x"}"#,
            ImportedCheck("row_count", 4, options: DbtFiles.options(("where", "x")))
        ),
        (
            "expect_table_row_count_to_equal_other_table",
            #"{"compare_model": "ref('customers')", "row_condition": "x", "compare_row_condition": "y"}"#,
            ImportedCheck(
                "same_row_count", ["as": "shop.customers", "as_where": "y"], options: DbtFiles.options(("where", "x")))
        ),
        (
            "expect_table_row_count_to_equal_other_table_times_factor",
            #"{"compare_model": "ref('customers')", "factor": 13}"#,
            ImportedCheck("same_row_count", ["as": "shop.customers", "factor": 13])
        ),
        (
            "expect_column_pair_values_A_to_be_greater_than_B",
            #"{"column_A": "a", "column_B": "b", "or_equal": true}"#,
            ImportedCheck("compare_columns", ["columns": ["a", "b"], "is": ">="])
        ),
        (
            "expect_column_pair_values_to_be_equal", #"{"column_A": "a", "column_B": "b"}"#,
            ImportedCheck("equal_columns", ["a", "b"])
        ),
        (
            "expect_compound_columns_to_be_unique", #"{"column_list": ["a", "b"]}"#,
            ImportedCheck(
                "unique", ["a", "b"],
                options: DbtFiles.options(("where", "a IS NOT NULL OR b IS NOT NULL"), ("nulls", "fail")))
        ),
        (
            "expect_compound_columns_to_be_unique",
            #"{"column_list": ["a", "b"], "ignore_row_if": "any_value_is_missing"}"#,
            ImportedCheck("unique", ["a", "b"])
        ),
        (
            "expect_select_column_values_to_be_unique_within_record",
            #"{"column_list": ["a", "b"], "ignore_row_if": "any_value_is_missing", "row_condition": "x"}"#,
            ImportedCheck(
                "different_columns", ["a", "b"],
                options: DbtFiles.options(("where", "(x) AND (a IS NOT NULL AND b IS NOT NULL)")))
        ),
        (
            "expect_multicolumn_sum_to_equal", #"{"column_list": ["a", "b"], "sum_total": "total"}"#,
            ImportedCheck(
                "metric", "sum(a) + sum(b) - sum(total)",
                options: DbtFiles.options(("on_empty", "pass"), ("fail", "value != 0")))
        ),
        (
            "expect_multicolumn_sum_to_be_between", #"{"column_list": ["a", "b"], "min_value": 3, "max_value": 5}"#,
            ImportedCheck(
                "metric", ["expression": "sum(a) + sum(b)", "min": 3, "max": 5],
                options: DbtFiles.options(("on_empty", "pass")))
        ),
        (
            "expect_row_values_to_have_data_for_every_n_datepart", #"{"date_col": "day", "row_condition": "x"}"#,
            ImportedCheck("sequence_without_gaps", column: "day", "day", options: DbtFiles.options(("where", "x")))
        ),
        ("expression_is_true", #"{"expression": "a > b"}"#, ImportedCheck("expect", "a > b")),
        (
            "expression_is_true", #"{"expression": "a", "test_condition": "> 0"}"#, ImportedCheck("expect", "(a) > 0")
        ),
        (
            "expression_between", #"{"expression": "sum(a)", "min_value": 1, "group_by_columns": ["shop"]}"#,
            ImportedCheck(
                "metric", ["expression": "sum(a)", "min": 1],
                options: DbtFiles.options(("group_by", ["shop"]), ("on_empty", "pass")))
        ),
        (
            "equal_expression", #"{"expression": "count(*)", "compare_expression": "count(id)"}"#,
            ImportedCheck(
                "aggregates_match", ["expression": "count(*)", "as": "shop.orders", "as_expression": "count(id)"])
        ),
    ]

    @Test(arguments: tableTests)
    func convertsTestsOfTables(name: String, arguments: String, check: ImportedCheck) throws {
        let project = try DbtFiles.table(#"{"dbt_expectations.\#(name)": \#(arguments)}"#)
        #expect(DbtFiles.checks(project) == [check])
        #expect(project.items.map(\.fate) == [.converted])
        #expect(project.items.map(\.note) == [nil])
    }

    // MARK: What differs

    /// A test of the column `amount`, the checks that come of it, and what differs.
    static let differences: [(test: String, checks: [ImportedCheck], note: String)] = [
        (
            #""expect_column_values_to_have_consistent_casing""#, [check("consistent_casing")],
            "a NULL passes, in dbt it fails"
        ),
        (
            #"{"expect_column_values_to_be_increasing": {"sort_column": "at", "group_by": ["shop"]}}"#,
            [check("increasing", ["order_by": "at", "strict": true], ("group_by", ["shop"]))],
            "a value behind a NULL is compared with the one before it, in dbt with none"
        ),
        (
            #"{"expect_column_values_to_be_decreasing": {"strictly": false}}"#,
            [check("decreasing", ["order_by": "amount"])],
            "a value behind a NULL is compared with the one before it, in dbt with none"
        ),
        (
            #"{"expect_column_most_common_value_to_be_in_set": {"value_set": [0.5], "top_n": 1}}"#,
            [check("top_values", ["values": [.number("0.5")]])],
            "values that are equally common are all looked at, and NULL is none of them"
        ),
        (
            #"{"expect_column_values_to_be_within_n_stdevs": {"sigma_threshold": 2}}"#, [check("within_stddevs", 2)],
            "every row is judged, where dbt without group_by judges one sum and never fails"
        ),
        (
            #"{"expect_column_to_exist": {"column_index": 3}}"#, [check("column_exists")],
            "that it is column number 3 is not looked at"
        ),
        (
            #"{"expect_column_to_exist": {"config": {"where": "x"}}}"#, [check("column_exists")],
            "where means nothing for columns"
        ),
        (
            """
            {"expect_column_pair_values_to_be_in_set": {"column_A": "a", "column_B": "b",
                "value_pairs_set": [[0, "'x'"]]}}
            """,
            [ImportedCheck("accepted_combinations", ["columns": ["a", "b"], "values": [[0, "x"]]])],
            "a row with a NULL passes, in dbt only if its other value is in a pair"
        ),
        (
            #"{"expect_row_values_to_have_data_for_every_n_datepart": {"date_col": "at", "date_part": "hour"}}"#,
            [ImportedCheck("sequence_without_gaps", column: "at", "hour")],
            "the first day is looked at from its first row on, the last one to its last row"
        ),
        (
            """
            {"expect_column_sum_to_be_between": {"max_value": 3, "group_by": ["shop"], "config": {"error_if": ">2"}}}
            """,
            [check("sum", ["max": 3], ("group_by", ["shop"]), ("on_empty", "pass"))],
            "error_if and warn_if count groups in dbt, here one group is enough"
        ),
    ]

    @Test(arguments: differences)
    func saysWhatDiffers(test: String, checks: [ImportedCheck], note: String) throws {
        let project = try DbtFiles.column(test.replacing("\"expect_", with: "\"dbt_expectations.expect_"))
        #expect(DbtFiles.checks(project) == checks)
        #expect(project.items.map(\.note) == [note])
        #expect(project.items.map(\.fate) == [.approximated])
    }

    @Test
    func takesSharesForPercentages() throws {
        let project = try DbtFiles.table(
            """
            {"dbt_expectations.expect_table_aggregation_to_equal_other_table": {"expression": "max(a)",
                "compare_model": "ref('customers')", "group_by": ["day"], "tolerance_percent": 0.05}}
            """)
        #expect(
            DbtFiles.checks(project) == [
                ImportedCheck(
                    "aggregates_match",
                    [
                        "expression": "coalesce(max(a), 0)", "as": "shop.customers", "by": ["day"],
                        "tolerance_percent": 5,
                    ])
            ])
        #expect(
            project.items.map(\.note) == [
                """
                the tolerance is a share of the other relation's value, in dbt of the own; \
                a NULL in the groups matches a NULL, in dbt it matches nothing
                """
            ])
    }

    @Test
    func asksForExactValuesAndNoNull() throws {
        let project = try DbtFiles.column(
            """
            {"dbt_expectations.expect_column_distinct_values_to_equal_set": {"value_set": ["a"], "row_condition": "x"}}
            """
        )
        #expect(
            DbtFiles.checks(project) == [
                Self.check("exact_values", ["a"], ("where", "x")), Self.check("not_null", [:], ("where", "x")),
            ])
        #expect(project.items.map(\.fate) == [.converted])
    }

    @Test
    func asksForRecentDataByTheClockOfTheProject() throws {
        let schema = """
            {"models": [{"name": "orders", "columns": [{"name": "at", "tests": [
                {"dbt_expectations.expect_row_values_to_have_recent_data": {"datepart": "hour", "interval": 6}}]}]}]}
            """
        let usual = try DbtFiles.project(schema)
        #expect(
            DbtFiles.checks(usual) == [
                ImportedCheck("fresh", column: "at", "6h", options: DbtFiles.options(("where", "at <= now()")))
            ])
        #expect(usual.suites.first?.timeZone == "UTC")
        let elsewhere = DbtImporter.project(from: [
            try DbtFiles.document("dbt_project.yml", #"{"vars": {"dbt_date:time_zone": "Europe/Berlin"}}"#),
            try DbtFiles.document("models/schema.yml", schema),
        ])
        #expect(
            DbtFiles.checks(elsewhere) == [
                ImportedCheck(
                    "fresh", column: "at", "6h",
                    options: DbtFiles.options(("where", "at <= now() AT TIME ZONE 'Europe/Berlin'")))
            ])
        #expect(elsewhere.suites.first?.timeZone == "Europe/Berlin")
        #expect(elsewhere.items.map(\.fate) == [.converted])
    }

    // MARK: Queries

    /// Tests of the column `amount` for which no kind asks the same, and the queries that do.
    static let queries: [(test: String, sql: String)] = [
        (
            #"{"expect_column_max_to_be_between": {"min_value": "'2020-01-01'", "max_value": "current_date"}}"#,
            """
            SELECT *
            FROM (SELECT max(amount) AS value FROM shop.orders AS tested) AS judged
            WHERE NOT (value >= '2020-01-01' AND value <= current_date)
            """
        ),
        (
            """
            {"expect_column_mean_to_be_between": {"min_value": 0, "max_value": 1, "strictly": true, "group_by": ["a"]}}
            """,
            """
            SELECT *
            FROM (SELECT a, avg(amount) AS value FROM shop.orders AS tested GROUP BY 1) AS judged
            WHERE NOT (value > 0 AND value < 1)
            """
        ),
        (
            #"{"expect_column_values_to_be_increasing": {"sort_column": "at", "step": 2, "row_condition": "x"}}"#,
            """
            SELECT *
            FROM (
                SELECT tested.*, lag(amount) OVER (ORDER BY at) AS previous_value
                FROM (SELECT * FROM shop.orders WHERE x) AS tested
            ) AS steps
            WHERE NOT (amount > previous_value AND amount - previous_value = 2)
            """
        ),
        (
            #"{"expect_column_values_to_be_within_n_stdevs": {"group_by": ["day"]}}"#,
            """
            SELECT *
            FROM (
                SELECT *, abs(total - avg(total) OVER ()) / nullif(stddev(total) OVER (), 0) AS deviations
                FROM (
                    SELECT day, sum(amount) AS total
                    FROM shop.orders AS tested GROUP BY day
                ) AS totals
            ) AS judged
            WHERE deviations > 3
            """
        ),
        (
            """
            {"expect_row_values_to_have_data_for_every_n_datepart": {"date_col": "at", "interval": 7,
                "test_start_date": "2021-05-01", "exclusion_condition": "date_day <> '2021-12-25'"}}
            """,
            """
            SELECT date_day
            FROM generate_series('2021-05-01'::date::timestamp, \
            (SELECT max(at)::date FROM shop.orders AS tested)::timestamp, interval '7 day') AS periods (date_day)
            WHERE date_day < (SELECT max(at)::date FROM shop.orders AS tested)
                AND NOT EXISTS (
                    SELECT FROM shop.orders AS tested
                    WHERE at >= date_day AND at < date_day + interval '7 day'
                )
                AND (date_day <> '2021-12-25')
            """
        ),
        (
            #"{"expect_table_row_count_to_be_between": {"min_value": "(select 1)"}}"#,
            """
            SELECT *
            FROM (SELECT count(*) AS value FROM shop.orders AS tested) AS judged
            WHERE NOT (value >= ((select 1)))
            """
        ),
        (
            """
            {"expect_table_row_count_to_equal_other_table": {"compare_model": "ref('orders')", "group_by": ["day"],
                "compare_group_by": ["created_on"], "factor": 2}}
            """,
            """
            SELECT *
            FROM (
                SELECT day AS key_1, count(*) AS here
                FROM shop.orders AS tested GROUP BY 1
            ) AS own
            FULL JOIN (
                SELECT created_on AS key_1, count(*) * 2 AS there
                FROM shop.orders GROUP BY 1
            ) AS other USING (key_1)
            WHERE abs(coalesce(here, 0) - coalesce(there, 0)) > 0
            """
        ),
    ]

    @Test(arguments: queries)
    func writesQueriesWhereNoKindFits(test: String, sql: String) throws {
        let project = try DbtFiles.column(test.replacing("\"expect_", with: "\"dbt_expectations.expect_"))
        #expect(project.queries.map(\.sql) == [sql])
        #expect(project.items.map(\.fate) == [.converted])
    }

    @Test
    func writesQueriesOfAggregatesThatMustBeTrue() throws {
        let project = try DbtFiles.table(#"{"dbt_expectations.expression_is_true": {"expression": "count(*) > 5"}}"#)
        #expect(
            project.queries.map(\.sql) == [
                """
                SELECT *
                FROM (SELECT (count(*) > 5) AS value FROM shop.orders AS tested) AS judged
                WHERE NOT (value = true)
                """
            ])
        #expect(project.queries.map(\.id) == ["shop.orders_expression_is_true"])
    }

    // MARK: What cannot be converted

    @Test(arguments: [
        (
            #"{"expect_column_values_to_be_within_n_moving_stdevs": {"date_column_name": "at"}}"#,
            "no check follows an average of past periods and its deviation"
        ),
        (#""expect_column_sum_to_be_between""#, "it has neither min_value nor max_value"),
        (
            """
            {"expect_row_values_to_have_data_for_every_n_datepart": {"date_col": "a", "test_end_date": "{{ x.y() }}"}}
            """,
            "Jinja that is no plain call: x.y()"
        ),
        (#"{"expect_column_values_to_match_regex": {"regex": "a", "flags": "U"}}"#, "flags U are not known"),
        (#""expect_nothing""#, "dbt_expectations.expect_nothing is none of the tests known of that package"),
    ])
    func saysWhyATestIsNotConverted(test: String, reason: String) throws {
        let project = try DbtFiles.column(test.replacing("\"expect_", with: "\"dbt_expectations.expect_"))
        #expect(project.items.map(\.note) == [reason])
        #expect(project.items.map(\.fate) == [.notConverted])
    }
}

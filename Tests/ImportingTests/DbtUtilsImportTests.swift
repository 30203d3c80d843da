import ExactJSON
import Importing
import Testing

/// The generic tests of the package dbt_utils.
struct DbtUtilsImportTests {
    /// A test of a column in the short form of its arguments, and the check that comes of it.
    static let columnTests: [(test: String, check: ImportedCheck)] = [
        (
            #"{"dbt_utils.accepted_range": {"min_value": 0, "max_value": "10.50"}}"#,
            ImportedCheck("in_range", column: "amount", ["min": 0, "max": .number("10.50")])
        ),
        (
            #"{"dbt_utils.accepted_range": {"arguments": {"min_value": "'2020-01-01'", "inclusive": false}}}"#,
            ImportedCheck("in_range", column: "amount", ["above": "2020-01-01"])
        ),
        (
            #"{"dbt_utils.accepted_range": {"min_value": "discount", "max_value": "total - 1"}}"#,
            ImportedCheck("expect", "amount >= discount AND amount <= (total - 1)")
        ),
        (#""dbt_utils.at_least_one""#, ImportedCheck("value_count", column: "amount", ["min": 1])),
        (
            #"{"dbt_utils.at_least_one": {"group_by_columns": ["shop", "amount"]}}"#,
            ImportedCheck(
                "value_count", column: "amount", ["min": 1], options: DbtFiles.options(("group_by", ["shop"])))
        ),
        (
            #"{"dbt_utils.expression_is_true": {"expression": ">= 1", "condition": "x"}}"#,
            ImportedCheck("expect", "amount >= 1", options: DbtFiles.options(("where", "x")))
        ),
        (
            #"{"dbt_utils.not_accepted_values": {"values": ["Barcelona", "New York"]}}"#,
            ImportedCheck("rejected_values", column: "amount", ["Barcelona", "New York"])
        ),
        (
            #"{"dbt_utils.not_constant": {"group_by_columns": ["shop"]}}"#,
            ImportedCheck(
                "metric", "count(DISTINCT amount)",
                options: DbtFiles.options(("group_by", ["shop"]), ("on_empty", "pass"), ("fail", "value = 1")))
        ),
        (
            #"{"dbt_utils.not_empty_string": {"trim_whitespace": false}}"#,
            ImportedCheck("not_empty", column: "amount")
        ),
        (
            #"{"dbt_utils.not_null_proportion": {"at_least": 0.95}}"#,
            ImportedCheck("not_null", column: "amount", options: DbtFiles.options(("fail", "percent > 5")))
        ),
        (
            #"{"dbt_utils.not_null_proportion": {"at_least": 0.5, "at_most": 0.975, "group_by_columns": ["shop"]}}"#,
            ImportedCheck(
                "not_null", column: "amount",
                options: DbtFiles.options(("group_by", ["shop"]), ("fail", "percent not between 2.5 and 50")))
        ),
        (#"{"dbt_utils.not_null_proportion": {"at_least": 1.0}}"#, ImportedCheck("not_null", column: "amount")),
        (
            #"{"dbt_utils.not_null_where": {"where": "_deleted = false"}}"#,
            ImportedCheck("not_null", column: "amount", options: DbtFiles.options(("where", "_deleted = false")))
        ),
        (
            #"{"dbt_utils.unique_where": {"where": "_deleted = false"}}"#,
            ImportedCheck("unique", column: "amount", options: DbtFiles.options(("where", "_deleted = false")))
        ),
        (
            """
            {"dbt_utils.relationships_where": {"to": "ref('orders')", "field": "id", "from_condition": "id <> 4",
                "to_condition": "created_date >= '2020-01-01'"}}
            """,
            ImportedCheck(
                "references", column: "amount", ["to": "shop.orders.id", "to_where": "created_date >= '2020-01-01'"],
                options: DbtFiles.options(("where", "id <> 4")))
        ),
        (#""dbt_utils.sequential_values""#, ImportedCheck("sequential", column: "amount")),
        (
            #"{"dbt_utils.sequential_values": {"interval": 2, "group_by_columns": ["sensor"]}}"#,
            ImportedCheck("sequential", column: "amount", 2, options: DbtFiles.options(("group_by", ["sensor"])))
        ),
        (
            #"{"dbt_utils.cardinality_equality": {"to": "ref('orders')", "field": "amount"}}"#,
            ImportedCheck("aggregates_match", ["expression": "count(*)", "as": "shop.orders", "by": "amount"])
        ),
    ]

    @Test(arguments: columnTests)
    func convertsTestsOfColumns(test: String, check: ImportedCheck) throws {
        let project = try DbtFiles.column(test)
        #expect(DbtFiles.checks(project) == [check])
        #expect(project.items.map(\.fate) == [.converted])
        #expect(project.queries.isEmpty)
    }

    /// A test of a table, the checks that come of it, and what differs.
    static let tableTests: [(test: String, checks: [ImportedCheck], note: String?)] = [
        (
            #"{"dbt_utils.equal_rowcount": {"compare_model": "ref('customers')", "error_if": ">10"}}"#,
            [
                ImportedCheck(
                    "same_row_count", "shop.customers",
                    options: DbtFiles.options(("warn", "value != 0"), ("fail", "value not between -10 and 10")))
            ],
            nil
        ),
        (
            #"{"dbt_utils.equal_rowcount": {"compare_model": "ref('customers')", "group_by_columns": ["day"]}}"#,
            [ImportedCheck("aggregates_match", ["expression": "count(*)", "as": "shop.customers", "by": ["day"]])],
            "a NULL in the groups matches a NULL, in dbt it matches nothing"
        ),
        (
            #"{"dbt_utils.fewer_rows_than": {"compare_model": "ref('customers')"}}"#,
            [ImportedCheck("same_row_count", "shop.customers", options: DbtFiles.options(("fail", "value >= 0")))], nil
        ),
        (
            """
            {"dbt_utils.equality": {"compare_model": "ref('customers')", "exclude_columns": ["loaded_at"],
                "precision": 4}}
            """,
            [ImportedCheck("same_rows", ["as": "shop.customers", "except": ["loaded_at"]])],
            """
            a row must be there as often in both, dbt does not count how often; numbers are compared exactly, \
            not rounded to 4 digits
            """
        ),
        (
            #"{"dbt_utils.expression_is_true": {"expression": "col_a + col_b = total"}}"#,
            [ImportedCheck("expect", "col_a + col_b = total")], nil
        ),
        (
            #"{"dbt_utils.recency": {"datepart": "day", "field": "created_at", "interval": 1}}"#,
            [ImportedCheck("fresh", column: "created_at", "1d", options: DbtFiles.options(("on_empty", "pass")))],
            "a newest row more than five minutes in the future fails, too"
        ),
        (
            #"{"dbt_utils.recency": {"datepart": "hour", "field": "at", "interval": 6, "severity": "warn"}}"#,
            [
                ImportedCheck(
                    "metric", "extract(epoch FROM now() - max(at))",
                    options: DbtFiles.options(("on_empty", "pass"), ("warn", "value > 21600")))
            ],
            "a newest row more than five minutes in the future fails, too"
        ),
        (
            #"{"dbt_utils.unique_combination_of_columns": {"combination_of_columns": ["month", "Product"]}}"#,
            [ImportedCheck("unique", ["month", "product"], options: DbtFiles.options(("nulls", "fail")))], nil
        ),
        (
            """
            {"dbt_utils.unique_combination_of_columns": {"combination_of_columns": ["Product"], "quote_columns": true}}
            """,
            [ImportedCheck("unique", column: "Product", options: DbtFiles.options(("nulls", "fail")))], nil
        ),
        (
            """
            {"dbt_utils.mutually_exclusive_ranges": {"lower_bound_column": "valid_from",
                "upper_bound_column": "valid_to", "partition_by": "sku", "gaps": "not_allowed", "name": "periods"}}
            """,
            [
                ImportedCheck("complete", ["valid_from", "valid_to"], options: DbtFiles.options(("id", "periods"))),
                ImportedCheck(
                    "start_before_end", ["columns": ["valid_from", "valid_to"], "strict": true],
                    options: DbtFiles.options(("id", "periods_start_before_end"))),
                ImportedCheck(
                    "no_overlaps", ["columns": ["valid_from", "valid_to"], "per": ["sku"]],
                    options: DbtFiles.options(("id", "periods_no_overlaps"))),
                ImportedCheck(
                    "no_gaps", ["columns": ["valid_from", "valid_to"], "per": ["sku"]],
                    options: DbtFiles.options(("id", "periods_no_gaps"))),
            ],
            "rows with a NULL in sku are not compared"
        ),
    ]

    @Test(arguments: tableTests)
    func convertsTestsOfTables(test: String, checks: [ImportedCheck], note: String?) throws {
        let project = try DbtFiles.table(test)
        #expect(DbtFiles.checks(project) == checks)
        #expect(project.items.map(\.note) == [note])
        #expect(project.items.map(\.fate) == [note == nil ? .converted : .approximated])
    }

    @Test
    func readsTimesWithoutZoneInUTC() throws {
        let project = try DbtFiles.table(
            #"{"dbt_utils.recency": {"datepart": "day", "field": "created_at", "interval": 1}}"#)
        #expect(project.suites.first?.timeColumn == "created_at")
        #expect(project.suites.first?.timeZone == "UTC")
    }

    @Test
    func saysThatWhiteSpaceIsMoreThanSpaces() throws {
        let project = try DbtFiles.column(#""dbt_utils.not_empty_string""#)
        #expect(DbtFiles.checks(project) == [ImportedCheck("not_empty", column: "amount", ["trim": true])])
        #expect(project.items.map(\.note) == ["a text of tabs or line ends fails, too, not only one of spaces"])
    }

    // MARK: Queries

    /// Tests for which no kind asks the same, and the queries that do.
    static let queries: [(test: String, sql: String)] = [
        (
            #"{"dbt_utils.fewer_rows_than": {"compare_model": "ref('customers')", "group_by_columns": ["day"]}}"#,
            """
            SELECT *
            FROM (SELECT day, count(*) AS rows FROM shop.orders AS tested GROUP BY day) AS own
            JOIN (SELECT day, count(*) AS other_rows FROM shop.customers GROUP BY day) AS other
                USING (day)
            WHERE rows >= other_rows
            """
        ),
        (
            """
            {"dbt_utils.recency": {"datepart": "month", "field": "at", "interval": 2, "group_by_columns": ["shop"]}}
            """,
            """
            SELECT shop, max(at) AS most_recent
            FROM shop.orders AS tested
            GROUP BY shop
            HAVING max(at) < (now() - interval '2 month')
            """
        ),
        (
            """
            {"dbt_utils.recency": {"datepart": "day", "field": "at", "interval": 1, "ignore_time_component": true,
                "config": {"where": "x"}}}
            """,
            """
            SELECT max(at) AS most_recent
            FROM (SELECT * FROM shop.orders WHERE x) AS tested
            HAVING max(at)::date < (now() - interval '1 day')::date
            """
        ),
        (
            #"{"dbt_utils.sequential_values": {"column_name": "hour", "interval": 1, "datepart": "hour"}}"#,
            """
            SELECT *
            FROM (
                SELECT tested.*, lag(hour) OVER (ORDER BY hour) AS previous_value
                FROM shop.orders AS tested
            ) AS steps
            WHERE NOT (hour::timestamp = (previous_value + interval '1 hour')::timestamp)
            """
        ),
        (
            #"{"dbt_utils.cardinality_equality": {"column_name": "a", "to": "ref('customers')", "field": "b"}}"#,
            """
            (SELECT a AS value, count(*) AS rows FROM shop.orders AS tested GROUP BY 1 EXCEPT \
            SELECT b AS value, count(*) AS rows FROM shop.customers GROUP BY 1)
            UNION ALL
            (SELECT b AS value, count(*) AS rows FROM shop.customers GROUP BY 1 EXCEPT \
            SELECT a AS value, count(*) AS rows FROM shop.orders AS tested GROUP BY 1)
            """
        ),
        (
            """
            {"dbt_utils.mutually_exclusive_ranges": {"lower_bound_column": "a",
                "upper_bound_column": "coalesce(b, 'infinity')", "gaps": "required", "zero_length_range_allowed": true}}
            """,
            """
            SELECT *
            FROM (
                SELECT tested.*, a AS range_start, (coalesce(b, 'infinity')) AS range_end,
                    lead(a) OVER (ORDER BY a, (coalesce(b, 'infinity'))) AS next_start,
                    row_number() OVER (ORDER BY a DESC, (coalesce(b, 'infinity')) DESC) = 1 AS is_last
                FROM shop.orders AS tested
            ) AS ranges
            WHERE NOT (
                coalesce(range_start <= range_end, false) AND coalesce(range_end < next_start, is_last)
            )
            """
        ),
        (
            #"{"dbt_utils.unique_combination_of_columns": {"combination_of_columns": ["a", "b::date"]}}"#,
            """
            SELECT a, (b::date), count(*) AS rows
            FROM shop.orders AS tested
            GROUP BY 1, 2
            HAVING count(*) > 1
            """
        ),
    ]

    @Test(arguments: queries)
    func writesQueriesWhereNoKindFits(test: String, sql: String) throws {
        let project = try DbtFiles.table(test)
        #expect(project.queries.map(\.sql) == [sql])
        #expect(project.queries.map(\.dataset) == ["shop.orders"])
        #expect(project.items.map(\.fate) == [.converted])
        #expect(project.suites.isEmpty)
    }

    @Test
    func putsThresholdsInTheHeadersOfQueries() throws {
        let project = try DbtFiles.table(
            """
            {"dbt_utils.sequential_values": {"column_name": "hour", "datepart": "hour", "name": "hourly",
                "config": {"error_if": ">5", "tags": ["nightly", "a b"], "enabled": false}}}
            """)
        #expect(project.queries.map(\.id) == ["shop.hourly"])
        #expect(
            project.queries.first?.headers.map { "\($0.name): \($0.value)" } == [
                "warn: count > 0", "fail: count > 5", "tags: [nightly, \"a b\"]", "enabled: false",
            ])
    }

    // MARK: What cannot be converted

    @Test(arguments: [
        (#"{"dbt_utils.accepted_range": {}}"#, "it has neither min_value nor max_value"),
        (#"{"dbt_utils.accepted_range": {"min_value": 5, "max_value": 1}}"#, "nothing lies between 5 and 1"),
        (#"{"dbt_utils.not_null_proportion": {"at_least": 0}}"#, "every share lies between at_least and at_most"),
        (#"{"dbt_utils.sequential_values": {"interval": 0}}"#, "interval is no number greater than 0"),
        (
            #"{"dbt_utils.at_least_one": {"config": {"error_if": ">10", "warn_if": ">5"}}}"#,
            "error_if and warn_if never hold, the test has one failing row at most"
        ),
    ])
    func saysWhyATestIsNotConverted(test: String, reason: String) throws {
        let project = try DbtFiles.column(test)
        #expect(project.items.map(\.note) == [reason])
        #expect(project.items.map(\.fate) == [.notConverted])
        #expect(project.suites.isEmpty)
    }
}

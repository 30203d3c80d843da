import ExactJSON
import Importing
import Testing

/// Tests of dbt's own and the ways in which tests are written.
struct DbtImporterTests {
    // MARK: dbt's own tests

    @Test
    func convertsTestsOfDbtItself() throws {
        let project = try DbtFiles.project(
            """
            {"models": [{"name": "orders", "config": {"schema": "shop"}, "columns": [
                {"name": "order_id", "data_tests": ["unique", "not_null"]},
                {"name": "status", "tests": [
                    {"accepted_values": {"values": ["new", "O''Brien", 1, true]}},
                    {"accepted_values": {"arguments": {"values": [1, "'a'", "true"], "quote": false}}},
                    {"accepted_values": {"values": ["current_date"], "quote": false}}
                ]},
                {"name": "customer_id", "tests": [{"relationships": {"to": "ref('customers')", "field": "id"}}]},
                {"name": "user", "quote": true, "tests": ["dbt.not_null"]}
            ]}, {"name": "customers", "config": {"schema": "shop"}}]}
            """)
        #expect(project.suites.map(\.dataset) == ["shop.orders"])
        #expect(
            project.suites.first?.checks == [
                ImportedCheck("unique", column: "order_id"),
                ImportedCheck("not_null", column: "order_id"),
                ImportedCheck("accepted_values", column: "status", ["new", "O'Brien", 1, "True"]),
                ImportedCheck(
                    "accepted_values", column: "status", [1, "a", true],
                    options: DbtFiles.options(("id", "status.accepted_values_2"))),
                ImportedCheck("expect", "status IN (current_date)"),
                ImportedCheck("references", column: "customer_id", "shop.customers.id"),
                ImportedCheck("not_null", column: "user"),
            ])
        #expect(project.items.allSatisfy { $0.fate == .converted && $0.note == nil })
        #expect(project.items.map(\.name).first == "models/schema.yml: orders.order_id unique")
        #expect(!project.isPartial)
    }

    @Test
    func convertsTestsOfExpressions() throws {
        let project = try DbtFiles.project(
            """
            {"models": [{"name": "orders", "tests": [
                {"not_null": {"column_name": "coalesce(a, b)"}},
                {"unique": {"column_name": "a || '-' || b", "where": "c > 1"}},
                {"relationships": {"column_name": "lower(code)", "to": "ref('codes')", "field": "code"}}
            ]}]}
            """)
        #expect(project.suites.flatMap(\.checks) == [ImportedCheck("expect", "(coalesce(a, b)) IS NOT NULL")])
        #expect(
            project.queries.map(\.sql) == [
                """
                SELECT (a || '-' || b) AS value, count(*) AS rows
                FROM (SELECT * FROM orders WHERE c > 1) AS tested
                WHERE (a || '-' || b) IS NOT NULL
                GROUP BY 1
                HAVING count(*) > 1
                """,
                """
                SELECT *
                FROM orders AS tested
                WHERE (lower(code)) NOT IN (
                    SELECT code FROM codes WHERE code IS NOT NULL
                )
                """,
            ])
        #expect(project.queries.map(\.id) == ["orders.orders_unique", "orders.orders_relationships"])
        #expect(project.items.map(\.fate) == [.converted, .converted, .converted])
    }

    // MARK: Settings of a test

    /// Settings of a test, and the options that come of them.
    static let settings: [(config: String, options: [(String, String)])] = [
        (#"{"severity": "error"}"#, []),
        (#"{"severity": "WARN"}"#, [("warn", "count > 0")]),
        (#"{"severity": "warn", "warn_if": ">10", "error_if": ">100"}"#, [("warn", "count > 10")]),
        (#"{"error_if": "> 10"}"#, [("warn", "count > 0"), ("fail", "count > 10")]),
        (#"{"error_if": ">=1"}"#, []),
        (#"{"error_if": "!=0", "warn_if": ">5"}"#, []),
        (#"{"error_if": ">=100", "warn_if": ">= 10"}"#, [("warn", "count > 9"), ("fail", "count > 99")]),
        (#"{"error_if": "between 5 and 10"}"#, [("warn", "count > 0"), ("fail", "count between 5 and 10")]),
        (#"{"error_if": "= 3", "warn_if": "<>3"}"#, [("warn", "count != 3"), ("fail", "count = 3")]),
        (#"{"where": "a > 1", "limit": 10, "store_failures": true}"#, [("where", "a > 1")]),
    ]

    @Test(arguments: settings)
    func readsSeverityAndThresholds(config: String, expected: [(String, String)]) throws {
        let project = try DbtFiles.column(#"{"not_null": {"config": \#(config)}}"#)
        let options = expected.map { JSONValue.Member($0.0, .string($0.1)) }
        #expect(DbtFiles.checks(project) == [ImportedCheck("not_null", column: "amount", options: options)])
        #expect(project.items.map(\.fate) == [.converted])
    }

    @Test
    func readsEverythingThatStandsBesideATest() throws {
        let project = try DbtFiles.column(
            """
            {"accepted_values": {
                "name": "known_amounts", "description": "Only these.", "values": ["a"], "severity": "warn",
                "where": "x", "tags": "nightly",
                "config": {"tags": ["finance"], "enabled": false, "meta": {"owner": "a"}}
            }},
            {"name": "second", "test_name": "dbt_utils.at_least_one", "config": {"where": "y"}}
            """)
        #expect(
            DbtFiles.checks(project) == [
                ImportedCheck(
                    "accepted_values", column: "amount", ["a"],
                    options: DbtFiles.options(
                        ("id", "known_amounts"), ("description", "Only these."), ("where", "x"), ("warn", "count > 0"),
                        ("tags", ["nightly", "finance"]), ("enabled", false))),
                ImportedCheck(
                    "value_count", column: "amount", ["min": 1],
                    options: DbtFiles.options(("id", "second"), ("where", "y"))),
            ])
    }

    @Test
    func saysWhenThresholdsCountSomethingElse() throws {
        let project = try DbtFiles.column(
            #"{"unique": {"config": {"error_if": ">5"}}}, {"not_null": {"config": {"fail_calc": "sum(n)"}}}"#,
            #"{"not_null": {"config": {"error_if": "> 5 * 2"}}}"#,
            #"{"not_null": {"config": {"severity": "{{ var('s') }}"}}}"#,
            #"{"not_null": {"config": {"where": "a > {{ var('x') }}"}}}"#)
        #expect(
            project.items.map(\.fate) == [.approximated, .notConverted, .notConverted, .approximated, .notConverted])
        #expect(
            project.items.map(\.note) == [
                "error_if and warn_if count values in dbt and failing rows here",
                "fail_calc sum(n) counts something else than rows",
                "error_if \"> 5 * 2\" compares with something that no threshold takes",
                "the severity has Jinja that only dbt can run: error is assumed",
                "Jinja that only dbt can run: var(…)",
            ])
    }

    @Test
    func takesSettingsOfTheProject() throws {
        let project = DbtImporter.project(from: [
            try DbtFiles.document(
                "dbt_project.yml",
                """
                {"name": "shop", "model-paths": ["models"],
                 "models": {"shop": {"+schema": "core",
                    "staging": {"+schema": "stage", "legacy": {"+enabled": false}}}},
                 "data_tests": {"+severity": "warn", "shop": {"staging": {"+severity": "error", "+tags": ["s"]}}}}
                """),
            try DbtFiles.document(
                "models/core.yml",
                #"{"models": [{"name": "facts", "columns": [{"name": "id", "tests": ["unique"]}]}]}"#),
            try DbtFiles.document(
                "models/staging/s.yml",
                #"{"models": [{"name": "stg", "columns": [{"name": "id", "tests": ["unique"], "tags": ["t"]}]}]}"#),
            try DbtFiles.document(
                "models/staging/legacy/l.yml",
                #"{"models": [{"name": "old", "tests": [{"unique": {"column_name": "id"}}]}]}"#),
        ])
        #expect(project.suites.map(\.dataset) == ["core.facts", "stage.stg"])
        #expect(
            DbtFiles.checks(project) == [
                ImportedCheck("unique", column: "id", options: DbtFiles.options(("warn", "count > 0"))),
                ImportedCheck("unique", column: "id", options: DbtFiles.options(("tags", ["s", "t"]))),
            ])
        #expect(project.items.last?.note == "model old is disabled")
    }

    // MARK: What cannot be converted

    @Test(arguments: [
        (#""my_test""#, "my_test is a test of the project's own, of which only dbt has the SQL"),
        (#"{"elementary.volume_anomalies": {}}"#, "tests of the package elementary are not known"),
        (#""dbt_utils.no_such_test""#, "dbt_utils.no_such_test is none of the tests known of that package"),
        (#"{"accepted_values": {"values": []}}"#, "values is no list of values"),
        (
            #"{"relationships": {"to": "ref('raw_events')", "field": "id"}}"#,
            "model raw_events is ephemeral, there is no relation to look at"
        ),
        (
            #"{"relationships": {"to": "source('x', 'y')", "field": "id"}}"#,
            "source x.y is declared in none of the files"
        ),
        (
            #"{"unique": null, "config": {"severity": "warn"}}"#,
            "a test is one name with what it takes below it, but config stands beside it"
        ),
        (#"{"not_null": {"config": {"error_if": "<0"}}}"#, "error_if \"<0\" can never hold"),
    ])
    func saysWhyATestIsNotConverted(test: String, reason: String) throws {
        let project = try DbtFiles.project(
            """
            {"models": [
                {"name": "orders", "columns": [{"name": "amount", "tests": [\(test)]}]},
                {"name": "raw_events", "config": {"materialized": "ephemeral"},
                    "tests": [{"unique": {"column_name": "id"}}]}
            ]}
            """)
        #expect(project.suites.isEmpty)
        #expect(project.items.map(\.fate) == [.notConverted, .notConverted])
        #expect(project.items.first?.note == reason)
    }

    @Test
    func leavesUnitTestsOut() throws {
        let project = try DbtFiles.project(#"{"unit_tests": [{"name": "adds_up", "model": "orders"}]}"#)
        #expect(project.items.map(\.name) == ["models/schema.yml: adds_up unit test"])
        #expect(project.items.map(\.fate) == [.notConverted])
    }

    @Test
    func notesArgumentsThatItDoesNotKnow() throws {
        let project = try DbtFiles.column(#"{"dbt_utils.not_constant": {"query_context": "x"}}"#)
        #expect(project.items.map(\.note) == ["query_context is not known and was left out"])
    }

    // MARK: Names

    @Test
    func namesRelationsByTheFilesAlone() throws {
        let project = try DbtFiles.project(
            """
            {"sources": [{"name": "raw", "tables": [
                {"name": "orders", "identifier": "Orders 2024", "columns": [{"name": "ID", "tests": ["not_null"]}]}]},
                {"name": "crm", "schema": "{{ target.schema }}", "tables": [
                    {"name": "leads", "columns": [{"name": "id", "tests": ["not_null"]}]}]}],
             "seeds": [{"name": "codes", "config": {"alias": "code_list"},
                "columns": [{"name": "code", "tests": ["not_null"]}]}],
             "snapshots": [{"name": "history", "config": {"target_schema": "snap"},
                "columns": [{"name": "id", "tests": ["not_null"]}]}],
             "models": [{"name": "dim", "latest_version": 2, "columns": [{"name": "id", "tests": ["not_null"]}],
                "versions": [{"v": 1, "config": {"alias": "dim_old"}}, {"v": 2, "columns": [
                    {"include": "all", "exclude": ["id"]}, {"name": "key", "tests": ["unique"]}]}]},
                {"name": "fact", "columns": [{"name": "dim_id", "tests": [
                    {"relationships": {"to": "ref('dim', v=1)", "field": "id"}},
                    {"relationships": {"to": "ref('dim')", "field": "key"}}]}]}]}
            """)
        #expect(
            project.suites.map(\.dataset) == [
                "raw.\"Orders 2024\"", "leads", "code_list", "snap.history", "dim_old", "dim_v2", "fact",
            ])
        #expect(project.suites.first?.checks == [ImportedCheck("not_null", column: "id")])
        #expect(
            project.suites.last?.checks == [
                ImportedCheck("references", column: "dim_id", ["to": "dim_old", "to_columns": "id"]),
                ImportedCheck(
                    "references", column: "dim_id", ["to": "dim_v2", "to_columns": "key"],
                    options: DbtFiles.options(("id", "dim_id.references_2"))),
            ])
    }

    @Test
    func namesRelationsByTheManifest() throws {
        let project = DbtImporter.project(from: [
            try DbtFiles.document("target/manifest.json", DbtFiles.manifest),
            try DbtFiles.document(
                "models/schema.yml",
                """
                {"models": [{"name": "orders", "columns": [{"name": "customer_id", "tests": [
                    {"relationships": {"to": "ref('shop', 'customers')", "field": "id"}},
                    {"relationships": {"to": "source('raw', 'people')", "field": "id"}},
                    {"relationships": {"to": "ref('gone')", "field": "id"}}]}]}]}
                """),
        ])
        #expect(project.suites.map(\.dataset) == ["analytics_core.fct_orders"])
        #expect(
            DbtFiles.checks(project).map(\.arguments) == ["analytics_core.customers.id", "landing.\"people 1\".id"])
        // The last one is the singular test of the manifest.
        #expect(project.items.dropLast().last?.note == "model gone is disabled")
    }

    @Test
    func takesTestsFromTheManifestWithoutFilesOfProperties() throws {
        let project = DbtImporter.project(from: [try DbtFiles.document("target/manifest.json", DbtFiles.manifest)])
        #expect(
            project.items.map(\.name) == [
                "models/sources.yml: raw.people freshness", "models/schema.yml: orders.status accepted_values",
                "models/schema.yml: raw.people dbt_utils.equal_rowcount", "models/schema.yml: orders.id unique",
                "tests/no_negative.sql: no_negative",
            ])
        #expect(
            project.suites.first { $0.dataset == "analytics_core.fct_orders" }?.checks == [
                ImportedCheck(
                    "accepted_values", column: "status", ["new"],
                    options: DbtFiles.options(("where", "id > 0"), ("warn", "count > 0"), ("tags", ["nightly"]))),
                ImportedCheck("unique", column: "id", options: DbtFiles.options(("enabled", false))),
            ])
        #expect(
            project.suites.first { $0.dataset == "landing.\"people 1\"" }?.checks == [
                ImportedCheck(
                    "fresh", column: "loaded_at", "24h", options: DbtFiles.options(("warn", "value > 43200"))),
                ImportedCheck("same_row_count", "analytics_core.customers"),
            ])
        #expect(project.queries.map(\.sql) == ["SELECT * FROM analytics_core.fct_orders WHERE amount < 0"])
    }
}

import ExactJSON
import Importing
import Testing

/// Freshness of sources, and singular tests.
struct DbtSourcesAndQueriesTests {
    private static let note =
        "a newest row more than five minutes in the future fails, too, and a time without a zone is read as UTC"

    // MARK: Freshness

    @Test
    func convertsFreshnessOfSources() throws {
        let project = try DbtFiles.project(
            """
            {"sources": [{"name": "jaffle_shop", "schema": "raw", "loaded_at_field": "_etl_loaded_at",
                "freshness": {"warn_after": {"count": 12, "period": "hour"},
                    "error_after": {"count": 24, "period": "hour"}},
                "tables": [
                    {"name": "customers"},
                    {"name": "orders", "config": {"freshness": {"warn_after": {"count": 6, "period": "hour"},
                        "error_after": {"count": 12}, "filter": "_etl_loaded_at > now() - interval '3 days'"}}},
                    {"name": "product_skus", "freshness": null},
                    {"name": "items", "freshness": {"warn_after": null}}]}]}
            """)
        #expect(project.suites.map(\.dataset) == ["raw.customers", "raw.orders", "raw.items"])
        #expect(project.suites.map(\.timeColumn) == ["_etl_loaded_at", "_etl_loaded_at", "_etl_loaded_at"])
        #expect(project.suites.map(\.timeZone) == ["UTC", "UTC", "UTC"])
        #expect(
            DbtFiles.checks(project) == [
                ImportedCheck(
                    "fresh", column: "_etl_loaded_at", "24h", options: DbtFiles.options(("warn", "value > 43200"))),
                ImportedCheck(
                    "fresh", column: "_etl_loaded_at", "12h",
                    options: DbtFiles.options(
                        ("where", "_etl_loaded_at > now() - interval '3 days'"), ("warn", "value > 21600"))),
                ImportedCheck("fresh", column: "_etl_loaded_at", "24h"),
            ])
        #expect(project.items.map(\.fate) == [.approximated, .approximated, .approximated])
        #expect(project.items.first?.name == "models/schema.yml: jaffle_shop.customers freshness")
        #expect(project.items.first?.note == Self.note)
    }

    /// `loaded_at_field` and what beside it is not usual, and the check that comes of it.
    static let fields: [(source: String, check: ImportedCheck, zone: String?)] = [
        (
            #""loaded_at_field": "at", "freshness": {"warn_after": {"count": 1, "period": "day"}}"#,
            ImportedCheck(
                "metric", "extract(epoch FROM now() - coalesce(max(at), 'epoch'))",
                options: DbtFiles.options(("warn", "value > 86400"))),
            nil
        ),
        (
            """
            "config": {"loaded_at_field": "at::timestamp", "freshness": {"warn_after": {"count": 1, "period": "day"},
                "error_after": {"count": 2, "period": "day"}}}
            """,
            ImportedCheck(
                "metric", "extract(epoch FROM now() - coalesce(max((at::timestamp)), 'epoch'))",
                options: DbtFiles.options(("warn", "value > 86400"), ("fail", "value > 172800"))),
            nil
        ),
        (
            """
            "loaded_at_field": "loaded_at at time zone 'Europe/Berlin'",
            "freshness": {"error_after": {"count": 30, "period": "minute"}}
            """,
            ImportedCheck("fresh", column: "loaded_at", "30min"), "Europe/Berlin"
        ),
    ]

    @Test(arguments: fields)
    func readsWhereTheTimeIs(source: String, check: ImportedCheck, zone: String?) throws {
        let project = try DbtFiles.project(
            #"{"sources": [{"name": "raw", \#(source), "tables": [{"name": "orders"}]}]}"#)
        #expect(DbtFiles.checks(project) == [check])
        #expect(project.suites.map(\.timeZone) == [zone])
        #expect(project.items.map(\.fate) == [zone == nil ? .converted : .approximated])
    }

    @Test(arguments: [
        (#""loaded_at_query": "select 1""#, "loaded_at_query is a query of its own"),
        (#""schema": "s""#, "without loaded_at_field only metadata could say it"),
        (#""loaded_at_field": "{{ env_var('X') }}""#, "Jinja that only dbt can run: env_var(…)"),
        (#""loaded_at_field": "at", "config": {"enabled": false}"#, "source raw.orders is disabled"),
    ])
    func saysWhyFreshnessIsNotConverted(source: String, reason: String) throws {
        let project = try DbtFiles.project(
            """
            {"sources": [{"name": "raw", \(source), "freshness": {"error_after": {"count": 1, "period": "day"}},
                "tables": [{"name": "orders"}]}]}
            """)
        #expect(project.items.map(\.note) == [reason])
        #expect(project.suites.isEmpty)
    }

    // MARK: Singular tests

    /// A project with one singular test.
    private func project(_ sql: String, properties: String = "{}") throws -> ImportedProject {
        DbtImporter.project(from: [
            try DbtFiles.document("dbt_project.yml", #"{"name": "shop", "models": {"+schema": "core"}}"#),
            try DbtFiles.document(
                "models/schema.yml",
                """
                {"sources": [{"name": "raw", "tables": [{"name": "Payments"}]}], "models": [
                    {"name": "orders"}, {"name": "temp", "config": {"materialized": "ephemeral"}}],
                    "data_tests": [{"name": "paid", "config": {"tags": ["money"]}}]}
                """),
            ImportSource(path: "tests/finance/paid.sql", content: .text(sql)),
        ])
    }

    @Test
    func convertsSingularTests() throws {
        let project = try project(
            """
            {{- config(severity='warn', error_if='>100', warn_if = '> 10', tags=['nightly'], limit=500) -}}
            {# Only for finance. #}
            -- Every paid order
            -- has a payment.
            with paid as (
                select * from {{ ref('orders') }}
                -- check: this is no header
            )
            select * from paid left join {{ source('raw', "Payments") }} using (id) where id is null;

            """)
        #expect(project.suites.isEmpty)
        let query = try #require(project.queries.first)
        #expect(query.id == "core.paid")
        #expect(query.dataset == "core.orders")
        #expect(query.description == "Every paid order has a payment.")
        #expect(query.headers.map { "\($0.name): \($0.value)" } == ["warn: count > 10", "tags: [money, nightly]"])
        #expect(
            query.sql == """
                with paid as (
                    select * from core.orders
                    -- * check: this is no header
                )
                select * from paid left join raw."Payments" using (id) where id is null
                """)
        #expect(project.items.map(\.name) == ["tests/finance/paid.sql: paid"])
        #expect(project.items.map(\.fate) == [.converted])
    }

    @Test(arguments: [
        ("select * from {{ ref('orders') }} where day > {{ var('start') }}", "Jinja that only dbt can run: var(…)"),
        (
            "{% set limit = 5 %}\nselect * from {{ ref('orders') }}",
            "Jinja that only dbt can run: {% set limit = 5 %}"
        ),
        ("select 1", "it names no ref and no source"),
        ("delete from {{ ref('orders') }}", "it does not begin with a query"),
        ("select * from {{ ref('temp') }}", "model temp is ephemeral, there is no relation to look at"),
        ("select * from {{ source('a', 'b') }}", "source a.b is declared in none of the files"),
        (
            "select * from {{ ref('orders') }} -- {{ config(fail_calc='max(n)') }}",
            "fail_calc max(n) counts something else than rows"
        ),
        ("select * from {{ ref('orders') | upper }}", "Jinja that is no plain call: ref('orders') | upper"),
    ])
    func saysWhyASingularTestIsNotConverted(sql: String, reason: String) throws {
        let project = try project(sql)
        #expect(project.queries.isEmpty)
        #expect(project.items.map(\.fate) == [.notConverted])
        #expect(project.items.map(\.note) == [reason])
    }

    @Test
    func takesDefinitionsOfTestsForNoTests() throws {
        let project = try project("{% test is_even(model, column_name) %}\nselect 1\n{% endtest %}")
        #expect(project.items.isEmpty)
    }

    @Test
    func givesEveryQueryItsOwnID() throws {
        let sql = "SELECT * FROM {{ ref('orders') }} WHERE false"
        let project = DbtImporter.project(from: [
            ImportSource(path: "tests/a/same.sql", content: .text(sql)),
            ImportSource(path: "tests/b/same.sql", content: .text(sql)),
        ])
        #expect(project.queries.map(\.id) == ["orders.same", "orders.same_2"])
        #expect(project.queries.map(\.dataset) == ["orders", "orders"])
    }

    // MARK: Suites

    @Test
    func describesSuites() throws {
        let project = try DbtFiles.project(
            """
            {"models": [{"name": "a", "description": "All orders.\\n", "tests": [{"not_null": {"column_name": "id"}}]},
                {"name": "b", "description": "{{ doc('b') }}", "tests": [{"not_null": {"column_name": "id"}}]}]}
            """)
        #expect(project.suites.map(\.description) == ["All orders.", nil])
    }

    @Test
    func readsNothingFromFilesOfOtherPackages() throws {
        let project = DbtImporter.project(from: [
            try DbtFiles.document("shop/dbt_project.yml", #"{"name": "shop"}"#),
            try DbtFiles.document("shop/models/a.yml", #"{"models": [{"name": "a", "tests": ["x"]}]}"#),
            try DbtFiles.document("shop/dbt_packages/p/models/b.yml", #"{"models": [{"name": "b", "tests": ["y"]}]}"#),
            try DbtFiles.document("other/models/c.yml", #"{"models": [{"name": "c", "tests": ["z"]}]}"#),
        ])
        #expect(project.items.map(\.name) == ["shop/models/a.yml: a x"])
    }
}

import ExactJSON
import Importing

/// Files of dbt projects for tests, YAML being written as JSON.
enum DbtFiles {
    /// A YAML or JSON file.
    static func document(_ path: String, _ json: String) throws -> ImportSource {
        ImportSource(path: path, content: .document(try JSONValue(parsing: json)))
    }

    /// A project that is one file of properties.
    static func project(_ json: String) throws -> ImportedProject {
        DbtImporter.project(from: [try document("models/schema.yml", json)])
    }

    /// A project with tests on the column `amount` of the model `orders`.
    static func column(_ tests: String...) throws -> ImportedProject {
        try project(
            """
            {"models": [{"name": "orders", "config": {"schema": "shop"},
                "columns": [{"name": "amount", "data_tests": [\(tests.joined(separator: ", "))]}]}]}
            """)
    }

    /// A project with tests on the model `orders`, beside a model `customers`.
    static func table(_ tests: String...) throws -> ImportedProject {
        try project(
            """
            {"models": [
                {"name": "orders", "config": {"schema": "shop"}, "data_tests": [\(tests.joined(separator: ", "))]},
                {"name": "customers", "config": {"schema": "shop"}}]}
            """)
    }

    /// Every check of every suite.
    static func checks(_ project: ImportedProject) -> [ImportedCheck] { project.suites.flatMap(\.checks) }

    /// Options in their order.
    static func options(_ members: (String, JSONValue)...) -> [JSONValue.Member] {
        members.map { JSONValue.Member($0.0, $0.1) }
    }

    /// What dbt writes of a project, as far as it is read.
    static let manifest = """
        {"nodes": {
            "model.shop.orders": {"resource_type": "model", "name": "orders", "package_name": "shop",
                "alias": "fct_orders", "database": "prod", "schema": "analytics_core", "unique_id": "model.shop.orders",
                "config": {"enabled": true, "materialized": "table"}},
            "model.shop.customers": {"resource_type": "model", "name": "customers", "package_name": "shop",
                "alias": "customers", "schema": "analytics_core", "unique_id": "model.shop.customers", "config": {}},
            "test.shop.a": {"resource_type": "test", "name": "accepted_values_orders", "column_name": "status",
                "test_metadata": {"name": "accepted_values", "namespace": null, "kwargs": {"values": ["new"],
                    "column_name": "status", "model": "{{ get_where_subquery(ref('orders')) }}"}},
                "attached_node": "model.shop.orders", "original_file_path": "models/schema.yml", "tags": ["nightly"],
                "config": {"enabled": true, "severity": "warn", "where": "id > 0", "limit": null, "warn_if": "!= 0",
                    "error_if": "!= 0", "fail_calc": "count(*)", "tags": ["nightly"]}},
            "test.shop.b": {"resource_type": "test", "name": "equal", "column_name": null,
                "test_metadata": {"name": "equal_rowcount", "namespace": "dbt_utils", "kwargs": {
                    "compare_model": "ref('customers')", "model": "{{ get_where_subquery(source('raw', 'people')) }}"}},
                "original_file_path": "models/schema.yml", "tags": [],
                "config": {"severity": "ERROR", "fail_calc": "sum(coalesce(diff_count, 0))"}},
            "test.shop.c": {"resource_type": "test", "name": "no_negative",
                "original_file_path": "tests/no_negative.sql",
                "raw_code": "SELECT * FROM {{ ref('orders') }} WHERE amount < 0", "tags": [], "config": {}}
         },
         "sources": {"source.shop.raw.people": {"resource_type": "source", "source_name": "raw", "name": "people",
            "identifier": "people 1", "schema": "landing", "unique_id": "source.shop.raw.people",
            "config": {"enabled": true},
            "original_file_path": "models/sources.yml", "loaded_at_field": "loaded_at",
            "freshness": {"warn_after": {"count": 12, "period": "hour"}, "error_after": {"count": 24, "period": "hour"},
                "filter": null}}},
         "disabled": {
            "model.shop.gone": [{"resource_type": "model", "name": "gone", "schema": "analytics_core", "alias": "gone",
                "unique_id": "model.shop.gone", "config": {"enabled": false}}],
            "test.shop.d": [{"resource_type": "test", "name": "unique_orders_id", "column_name": "id",
                "test_metadata": {"name": "unique", "kwargs": {"column_name": "id"}},
                "attached_node": "model.shop.orders", "original_file_path": "models/schema.yml",
                "config": {"enabled": false}}]}}
        """
}

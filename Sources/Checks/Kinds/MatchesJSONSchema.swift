import Catalog
import ExactJSON
import StructuredSQL

/// `json_schema`: every document is valid against a JSON Schema.
package struct MatchesJSONSchema: CheckKind {
    package static let definition = KindDefinition(
        "json_schema", "Every document is valid against a JSON Schema",
        scope: .column,
        parameters: [Parameter("schema", .json, isRequired: true, "the schema, as YAML or JSON")],
        semantics: """
            NULL passes unless nulls: fail; text that is no JSON fails, and what jsonb cannot hold. By draft 2020-12, made into a condition in SQL: all \
            keywords of validation but unevaluated and dynamic ones, minContains, maxContains and dependentSchemas; $ref within \
            the schema, without recursion. What is not understood is a mistake in the file. Patterns are PostgreSQL's regular expressions, format \
            is not looked at.
            """,
        otherNames: ["expect_column_values_to_match_json_schema", "jsonb_matches_schema"],
        example: KindExample(
            """
            {json_schema: {column: lines, schema: {type: array, items: {required: [sku, quantity], properties: {quantity: \
            {type: integer, minimum: 1}}}}}}
            """, gives: "fail: 2 of 8")
    )

    /// The condition on `:document`.
    private let condition: SQL

    package init(_ arguments: Arguments) throws(ArgumentError) {
        condition = try DocumentSchema.condition(of: try arguments.required("schema", arguments.json("schema")))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        guard column.type.category == .string else {
            let document = try subject.document()
            let rule: SQL = """
                CASE WHEN \(document) IS NULL THEN NULL ELSE \(condition.resolving(["document": document])) END
                """
            return subject.violations(unless: rule, on: column, .regularExpression)
        }
        let text = subject.text(of: column)
        // JSON may have what jsonb cannot hold: U+0000, half a surrogate pair, a number with thousands of digits.
        let pairs: SQL = "pg_catalog.regexp_replace(\(text), \(bind: Self.surrogatePair), '', 'g')"
        let isReadable: SQL = """
            \(JSONGrammar.rule(on: text)) AND \(pairs) !~ \(bind: Self.unreadable) AND \(text) !~ \(bind: Self.hugeNumber)
            """
        let condition = condition.resolving(["document": "parsed.document"])
        let rule: SQL = """
            CASE WHEN \(text) IS NULL THEN NULL WHEN \(isReadable) THEN (
                SELECT \(condition) FROM (SELECT \(text)::pg_catalog.jsonb AS document OFFSET 0) AS parsed
            ) ELSE false END
            """
        return subject.violations(unless: rule, on: column, .regularExpression)
    }

    private static let surrogatePair = #"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"#
    private static let unreadable = #"(^|[^\\])(\\\\)*\\u(0000|[dD][89a-fA-F])"#
    private static let hugeNumber = "[0-9][eE][+-]?0*[1-9][0-9]{3}"
}

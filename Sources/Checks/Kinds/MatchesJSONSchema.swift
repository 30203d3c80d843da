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
            NULL passes unless nulls: fail; text that is no JSON fails. By draft 2020-12, made into a condition in SQL: all \
            keywords of validation but unevaluated and dynamic ones, minContains, maxContains and dependentSchemas; $ref within \
            the schema. What is not understood is a mistake in the file. Patterns are PostgreSQL's regular expressions, format \
            is not looked at.
            """,
        otherNames: ["expect_column_values_to_match_json_schema", "jsonb_matches_schema"],
        example: KindExample(
            """
            {json_schema: {column: lines, schema: {type: array, items: {required: [sku, quantity], properties: {quantity: \
            {type: integer, minimum: 1}}}}}}
            """, gives: "fail: 2 of 8")
    )

    private let schema: DocumentSchema

    package init(_ arguments: Arguments) throws(ArgumentError) {
        schema = try DocumentSchema(try arguments.required("schema", arguments.json("schema")))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        guard column.type.category == .string else {
            let document = try subject.document()
            let rule: SQL = "(\(document) IS NOT NULL OR NULL) AND \(try schema.condition(on: document))"
            return subject.violations(unless: rule, on: column, .regularExpression)
        }
        let text = subject.text(of: column)
        // jsonb holds no U+0000; what has one is not looked into.
        let isReadable: SQL = "\(JSONGrammar.rule(on: text)) AND \(text) !~ \(bind: #"(^|[^\\])(\\\\)*\\u0000"#)"
        let condition = try schema.condition(on: "parsed.document")
        let rule: SQL = """
            CASE WHEN \(text) IS NULL THEN NULL WHEN \(isReadable) THEN (
                SELECT \(condition) FROM (SELECT \(text)::pg_catalog.jsonb AS document OFFSET 0) AS parsed
            ) ELSE false END
            """
        return subject.violations(unless: rule, on: column, .regularExpression)
    }
}

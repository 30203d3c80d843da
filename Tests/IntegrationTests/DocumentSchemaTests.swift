import Checks
import ExactJSON
import Execution
import StructuredSQL
import TestSupport
import Testing

/// `json_schema` against the validator of Python's jsonschema 4.26.0 (`Draft202012Validator.is_valid`).
struct DocumentSchemaTests {
    private static let documents = [
        #"null"#,
        #"true"#,
        #"0"#,
        #"1"#,
        #"-1.5"#,
        #"3.0"#,
        #"1e2"#,
        #""a""#,
        #""abc""#,
        #""\u00e9\u00e9""#,
        #"[]"#,
        #"[1]"#,
        #"[1,2,1]"#,
        #"[1,"a"]"#,
        #"["a","b"]"#,
        #"[[1],[1]]"#,
        #"{}"#,
        #"{"a":1}"#,
        #"{"a":"x","b":2}"#,
        #"{"a":null}"#,
        #"{"b":{"c":[1,2]}}"#,
        #"{"aa":5,"b":1}"#,
        #"{"n":10,"items":[{"sku":"x","q":1},{"sku":"y","q":0}]}"#,
        #"{"kind":"card","number":"4"}"#,
        #"{"kind":"cash"}"#,
    ]

    /// A schema, and for each document whether it is valid.
    private static let cases: [(schema: String, verdicts: String)] = [
        (##"{"type": "integer"}"##, "0011011000000000000000000"),
        (##"{"type": ["number", "null"]}"##, "1011111000000000000000000"),
        (##"{"type": "object"}"##, "0000000000000000111111111"),
        (##"{"enum": [1, "a", null, {"a": 1}]}"##, "1001000100000000010000000"),
        (##"{"const": 3}"##, "0000010000000000000000000"),
        (##"{"minimum": 0, "exclusiveMaximum": 3}"##, "1111000111111111111111111"),
        (##"{"multipleOf": 1.5}"##, "1110110111111111111111111"),
        (##"{"minLength": 2, "maxLength": 2}"##, "1111111001111111111111111"),
        (##"{"pattern": "^a"}"##, "1111111110111111111111111"),
        (##"{"required": ["a"]}"##, "1111111111111111011100000"),
        (##"{"properties": {"a": {"type": "string"}}, "additionalProperties": false}"##, "1111111111111111100000000"),
        (##"{"properties": {"a": {}}, "additionalProperties": {"type": "number"}}"##, "1111111111111111111101000"),
        (
            ##"{"patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": false}"##,
            "1111111111111111110000000"
        ),
        (##"{"propertyNames": {"maxLength": 1}}"##, "1111111111111111111110000"),
        (##"{"minProperties": 1, "maxProperties": 1}"##, "1111111111111111010110001"),
        (##"{"dependentRequired": {"b": ["a"]}}"##, "1111111111111111111100111"),
        (##"{"items": {"type": "integer"}}"##, "1111111111111000111111111"),
        (##"{"prefixItems": [{"type": "integer"}], "items": {"type": "string"}}"##, "1111111111110100111111111"),
        (##"{"contains": {"const": 1}}"##, "1111111111011100111111111"),
        (##"{"minItems": 1, "maxItems": 2}"##, "1111111111010111111111111"),
        (##"{"uniqueItems": true}"##, "1111111111110110111111111"),
        (##"{"allOf": [{"type": "number"}, {"minimum": 1}]}"##, "0001011000000000000000000"),
        (##"{"anyOf": [{"type": "string"}, {"type": "array", "minItems": 1}]}"##, "0000000111011111000000000"),
        (##"{"oneOf": [{"type": "number"}, {"minimum": 1}]}"##, "1110100111111111111111111"),
        (##"{"not": {"type": "object"}}"##, "1111111111111111000000000"),
        (
            ##"{"if": {"properties": {"kind": {"const": "card"}}, "required": ["kind"]}, "then": {"required": ["number"]}, "else": {"not": {"required": ["number"]}}}"##,
            "1111111111111111111111111"
        ),
        (
            ##"{"$defs": {"item": {"type": "object", "required": ["sku"], "properties": {"q": {"type": "integer", "minimum": 1}}}}, "properties": {"items": {"type": "array", "items": {"$ref": "#/$defs/item"}}}}"##,
            "1111111111111111111111011"
        ),
        (##"{"properties": {"b": {"properties": {"c": {"items": {"maximum": 1}}}}}}"##, "1111111111111111111101111"),
        (##"true"##, "1111111111111111111111111"),
        (##"false"##, "0000000000000000000000000"),
        (##"{"exclusiveMinimum": 0, "maximum": 3}"##, "1101010111111111111111111"),
    ]

    @Test(arguments: ["jsonb", "json", "text"])
    func documentsAreValidWhereAnotherValidatorSaysSo(type: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE d (id int, doc \(SQL(quotedByServer: type)))")
            for (index, document) in Self.documents.enumerated() {
                try await database.execute(
                    """
                    INSERT INTO d VALUES (\(SQL(quotedByServer: String(index))),
                        \(SQL(quotedByServer: SQL.quoted(literal: document)))::\(SQL(quotedByServer: type)))
                    """)
            }
            let suite =
                ["dataset: d", "key: id", "keep: all", "checks:"]
                + Self.cases.enumerated().map {
                    "  - {id: c\($0), json_schema: {column: doc, schema: \($1.schema)}}"
                }
            let results = try await TestProject.run(
                TestProject.checks(suite.joined(separator: "\n")), on: database)
            for (result, one) in zip(results, Self.cases) {
                let failing = Set(result.rows.sample.compactMap { $0["id"]?.integer })
                let verdicts = Self.documents.indices.map { failing.contains($0) ? "0" : "1" }.joined()
                #expect(result.failure == nil, "\(one.schema): \(result.failure?.message ?? "")")
                #expect(verdicts == one.verdicts, "\(one.schema)")
            }
        }
    }

    @Test
    func whatIsNoDocumentFails() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                #"""
                CREATE TABLE d (id int, doc text);
                INSERT INTO d VALUES (1, '{}'), (2, '{'), (3, NULL), (4, ''), (5, '"a\u0000b"'), (6, '"a\\u0000b"'),
                    (7, '"\ud83d\ude00"'), (8, '"\ud83d"'), (9, '[1e99999]'), (10, '[1e99]')
                """#)
            let results = try await TestProject.run(
                TestProject.checks(
                    "{dataset: d, columns: {doc: [{json_schema: {schema: true}}, {id: n, json_schema: {schema: true}, nulls: fail}]}}"
                ),
                on: database)
            #expect(results[0].rows.sample.compactMap { $0["id"]?.integer } == [2, 4, 5, 8, 9])
            #expect(results[1].rows.sample.compactMap { $0["id"]?.integer } == [2, 3, 4, 5, 8, 9])
        }
    }

    @Test(arguments: ["json", "jsonb", "text"])
    func nullPassesWhateverTheSchema(type: String) async throws {
        let schemas = [
            "false", "{not: {minLength: 3}}", "{oneOf: [{minLength: 1}, {minimum: 0}]}",
            "{if: {minLength: 1}, then: false}",
        ]
        try await TestServer.withDatabase { database in
            try await database.execute(
                "CREATE TABLE d (id int, doc \(SQL(quotedByServer: type))); INSERT INTO d VALUES (1, NULL)")
            for schema in schemas {
                let check = "json_schema: {schema: \(schema)}"
                let checks = try TestProject.checks(
                    "{dataset: d, columns: {doc: [{\(check)}, {id: n, \(check), nulls: fail}]}}")
                #expect(try await TestProject.run(checks, on: database).map(\.failing) == [0, 1], "\(schema)")
            }
        }
    }

    @Test(
        arguments: [
            (
                "{unevaluatedProperties: false}",
                "\"unevaluatedProperties\" is no keyword of JSON Schema that is understood here"
            ),
            ("{type: text}", "\"type\" is one or more of null, boolean, object, array, number, string, integer"),
            ("{$ref: 'https://example.com/schema'}", "\"$ref\" refers to something outside the schema"),
            ("{$ref: '#/$defs/gone'}", "\"$ref\" refers to #/$defs/gone, which is not there"),
            (
                "{$defs: {a: {items: {$ref: '#/$defs/a'}}}, $ref: '#/$defs/a'}",
                "the schema refers to itself, or is too deep"
            ),
            ("{required: zzz}", "\"required\" is a list"), ("{required: [1]}", "\"required\" is a list of texts"),
            ("{required: null}", "\"required\" is a list"),
            ("{dependentRequired: {a: z}}", "\"dependentRequired\" is a list"),
            ("{properties: [a]}", "\"properties\" maps names to values"),
            ("{prefixItems: {type: string}}", "\"prefixItems\" is a list"),
            ("{uniqueItems: 'true'}", "\"uniqueItems\" is true or false"),
            ("{type: [object, 5]}", "\"type\" is a list of texts"),
            ("{patternProperties: []}", "\"patternProperties\" maps names to values"),
            (
                """
                {$defs: {a: {allOf: [{type: object}]}, b: {allOf: [{$ref: '#/$defs/a'}, {$ref: '#/$defs/a'}, {$ref: '#/$defs/a'}]}, \
                c: {allOf: [{$ref: '#/$defs/b'}, {$ref: '#/$defs/b'}, {$ref: '#/$defs/b'}]}, \
                d: {allOf: [{$ref: '#/$defs/c'}, {$ref: '#/$defs/c'}, {$ref: '#/$defs/c'}]}, \
                e: {allOf: [{$ref: '#/$defs/d'}, {$ref: '#/$defs/d'}, {$ref: '#/$defs/d'}]}, \
                f: {allOf: [{$ref: '#/$defs/e'}, {$ref: '#/$defs/e'}, {$ref: '#/$defs/e'}]}, \
                g: {allOf: [{$ref: '#/$defs/f'}, {$ref: '#/$defs/f'}, {$ref: '#/$defs/f'}]}}, allOf: [{$ref: '#/$defs/g'}, {$ref: '#/$defs/g'}, {$ref: '#/$defs/g'}]}
                """, "the schema is too large: every \"$ref\" repeats what it refers to"
            ),
            ("[1]", "a schema is an object, true or false, not [1]"),
            ("{minLength: -1}", "\"minLength\" is a whole number, 0 or more"),
        ])
    func whatIsNotUnderstoodIsAMistake(schema: String, message: String) {
        #expect {
            _ = try TestProject.checks("{dataset: d, checks: [{json_schema: {column: doc, schema: \(schema)}}]}")
        } throws: { error in
            "\(error)".hasSuffix(message)
        }
    }
}

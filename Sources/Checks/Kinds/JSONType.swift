import StructuredSQL

/// `json_type`: what is at a path of every document has a type.
package struct JSONType: CheckKind {
    package static let definition = KindDefinition(
        "json_type", "Everything at a path of every document has a type",
        scope: .column,
        parameters: [
            Parameter(
                "type", .choice(["object", "array", "string", "number", "boolean", "null"]), isRequired: true,
                "the type"),
            Parameter("path", .text, "an SQL/JSON path, such as $.lines[*].price; $, the whole document, if not given"),
            Parameter("required", .boolean, "there must be something at the path"),
        ],
        shorthand: ["type"],
        semantics:
            "NULL passes unless nulls: fail. Where nothing is at the path a document passes, unless it is required.",
        otherNames: ["jsonb_type_at_path"],
        example: KindExample(
            "{json_type: {column: lines, path: '$[*].quantity', type: number, required: true}}", gives: "fail: 3 of 8")
    )

    private let type: String
    private let path: String
    private let isRequired: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        type = try arguments.required("type", arguments.text("type"))
        path = arguments.text("path") ?? "$"
        isRequired = arguments.flag("required")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let document = try subject.document()
        // Lax, so that what is not there is no error; the types are looked at outside, where an array is an array.
        let found: SQL = """
            SELECT FROM pg_catalog.jsonb_path_query(\(document), \(bind: path)::pg_catalog.jsonpath, '{}', true) AS found (item)
            """
        var rule: SQL = "NOT EXISTS (\(found) WHERE pg_catalog.jsonb_typeof(item) <> \(bind: type))"
        if isRequired { rule += " AND EXISTS (\(found))" }
        rule = "CASE WHEN \(document) IS NOT NULL THEN \(rule) END"
        return subject.violations(unless: rule, on: try subject.column(), .regularExpression)
    }
}

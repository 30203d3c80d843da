import StructuredSQL

/// `json_keys`: every document has certain keys.
package struct JSONKeys: CheckKind {
    package static let definition = KindDefinition(
        "json_keys", "Every document is an object with these keys",
        scope: .column,
        parameters: [
            Parameter("keys", .values, isRequired: true, "the keys that must be there"),
            Parameter("only", .boolean, "no other key may be there"),
        ],
        shorthand: ["keys"],
        semantics:
            "NULL passes unless nulls: fail; what is no object fails, JSON null too. A key whose value is null is there.",
        otherNames: ["jsonb_has_keys"],
        example: KindExample("{json_keys: {column: detail, keys: [by, ip]}}", on: "shop.events", gives: "fail: 1 of 2")
    )

    private let keys: [String]
    private let isExclusive: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        keys = try arguments.required("keys", arguments.list("keys"))
        isExclusive = arguments.flag("only")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let document = try subject.document()
        let list: SQL = "\(bind: SQLArray.text(keys))::pg_catalog.text[]"
        var conditions: [SQL] = [
            "pg_catalog.jsonb_typeof(\(document)) = 'object'", "pg_catalog.jsonb_exists_all(\(document), \(list))",
        ]
        if isExclusive { conditions.append("(\(document)) - \(list) = '{}'") }
        let rule: SQL = """
            CASE WHEN \(conditions[0]) THEN \(conditions.dropFirst().joined(separator: " AND ")) \
            WHEN \(document) IS NULL THEN NULL ELSE false END
            """
        return subject.violations(unless: rule, on: try subject.column(), .regularExpression)
    }
}

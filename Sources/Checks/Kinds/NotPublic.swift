import StructuredSQL

/// `not_public`: nobody may do anything just because everybody may.
package struct NotPublic: CheckKind {
    package static let definition = objectDefinition(
        "not_public", "PUBLIC has no privilege on the relation, nor on a column of it",
        parameters: [Parameter("columns", .columns, "only privileges that reach these columns count")],
        semantics: "Each privilege that is granted to PUBLIC fails and is shown.",
        noun: "privileges", otherNames: ["no_public_grants"],
        example: KindExample("{not_public: {}}", on: "shop.customers", gives: "fail: 1 of 8"))

    private let columns: [String]

    package init(_ arguments: Arguments) {
        columns = arguments.list("columns") ?? []
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        _ = try subject.columns(named: columns, of: "columns")
        let named: SQL =
            columns.isEmpty ? "" : " AND a.attname = ANY (\(bind: SQLArray.text(columns))::pg_catalog.name[])"
        let grants: SQL = """
            SELECT NULL::pg_catalog.name AS "column", g.privilege_type AS privilege, g.grantee = 0 AS is_public
            FROM pg_catalog.pg_class AS c CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS g
            WHERE c.oid = \(subject.regclass)
            UNION ALL
            SELECT a.attname, g.privilege_type, g.grantee = 0
            FROM pg_catalog.pg_attribute AS a CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS g
            WHERE a.attrelid = \(subject.regclass) AND a.attnum > 0 AND NOT a.attisdropped\(named)
            """
        return .query(
            failing: "SELECT \"column\", privilege FROM (\(grants)) AS grants WHERE is_public",
            of: "SELECT privilege FROM (\(grants)) AS grants")
    }
}

import StructuredSQL

/// `row_security`: row-level security is on.
package struct RowSecurity: CheckKind {
    package static let definition = objectDefinition(
        "row_security", "Row-level security is enabled",
        parameters: [Parameter("forced", .boolean, "for the table's owner, too")],
        semantics: "Fails for a table without it, partitions and children included.",
        noun: "tables", otherNames: ["rls_enabled"],
        example: KindExample("{row_security: {}}", on: "shop.customers", gives: "fail: 1 of 1"))

    private let isForced: Bool

    package init(_ arguments: Arguments) {
        isForced = arguments.flag("forced")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let tables: SQL = """
            SELECT oid::pg_catalog.regclass AS relation FROM pg_catalog.pg_class WHERE oid IN (\(subject.treeOids))
            """
        return .query(
            failing: "\(tables) AND NOT relrowsecurity" + (isForced ? " OR NOT relforcerowsecurity" : ""), of: tables)
    }
}

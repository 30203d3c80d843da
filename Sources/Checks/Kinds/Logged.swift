import StructuredSQL

/// `logged`: the data survive a crash.
package struct Logged: CheckKind {
    package static let definition = objectDefinition(
        "logged", "The relation is not UNLOGGED, which a crash would empty",
        semantics: "Each unlogged table fails, partitions and children included.",
        noun: "tables", otherNames: ["unlogged_table_absent"],
        example: KindExample("{logged: {}}", on: "shop.customers", gives: "pass: 0 of 1"))

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let tables: SQL = """
            SELECT oid::pg_catalog.regclass AS relation FROM pg_catalog.pg_class WHERE oid IN (\(subject.treeOids))
            """
        return .query(failing: "\(tables) AND relpersistence = 'u'", of: tables)
    }
}

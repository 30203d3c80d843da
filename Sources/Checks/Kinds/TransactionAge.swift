import StructuredSQL

/// `transaction_age`: wraparound is far away.
package struct TransactionAge: CheckKind {
    package static let definition = objectDefinition(
        "transaction_age", "The oldest transaction that the relation remembers is not too old",
        parameters: [
            Parameter("max_percent", .number, "of the 2 billion that there are, in percent; 50 if not given")
        ],
        shorthand: ["max_percent"],
        semantics:
            "age(relfrozenxid). Each table that is older fails, partitions, children and their TOAST tables included.",
        noun: "tables", otherNames: ["transaction_id_age", "wraparound"],
        example: KindExample("{transaction_age: {max_percent: 50}}", on: "shop.customers", gives: "pass: 0 of 2"))

    private let percent: String

    package init(_ arguments: Arguments) {
        percent = arguments.text("max_percent") ?? "50"
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let tables: SQL = """
            SELECT oid::pg_catalog.regclass AS relation, pg_catalog.age(relfrozenxid) AS age FROM pg_catalog.pg_class
            WHERE relfrozenxid <> '0' AND (oid IN (\(subject.treeOids))
                OR oid IN (SELECT reltoastrelid FROM pg_catalog.pg_class WHERE oid IN (\(subject.treeOids))))
            """
        return .query(
            failing:
                "SELECT * FROM (\(tables)) AS tables WHERE age > 21474836.48 * \(bind: percent)::pg_catalog.numeric",
            of: tables)
    }
}

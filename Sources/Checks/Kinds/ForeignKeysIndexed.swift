import StructuredSQL

/// `foreign_keys_indexed`: deleting a parent does not read the whole relation.
package struct ForeignKeysIndexed: CheckKind {
    package static let definition = objectDefinition(
        "foreign_keys_indexed", "Every foreign key of the relation has an index that begins with its columns",
        semantics:
            "Each foreign key without one fails. Partial and invalid indexes do not count, the order of the columns does not.",
        noun: "foreign keys", otherNames: ["fk_has_index", "missing_fk_index"],
        example: KindExample("{foreign_keys_indexed: {}}", on: "shop.events", gives: "fail: 1 of 1"))

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let keys: SQL = """
            SELECT k.conname AS "constraint", pg_catalog.pg_get_constraintdef(k.oid) AS definition
            FROM pg_catalog.pg_constraint AS k WHERE k.conrelid = \(subject.regclass) AND k.contype = 'f'
            """
        return .query(
            failing: """
                \(keys) AND NOT EXISTS (SELECT FROM pg_catalog.pg_index AS i
                    WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL
                        AND i.indnkeyatts >= pg_catalog.cardinality(k.conkey)
                        AND EXISTS (SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_am AS m ON m.oid = c.relam
                            WHERE c.oid = i.indexrelid AND m.amname IN ('btree', 'hash'))
                        AND (pg_catalog.string_to_array(i.indkey::pg_catalog.text, ' ')::pg_catalog.int2[])
                            [1:pg_catalog.cardinality(k.conkey)] @> k.conkey)
                """,
            of: keys)
    }
}

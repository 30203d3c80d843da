import StructuredSQL

/// `indexes_valid`: no index is left over from a failed build.
package struct IndexesValid: CheckKind {
    package static let definition = objectDefinition(
        "indexes_valid", "Every index of the relation is valid and ready",
        semantics:
            "Each index fails that CREATE INDEX CONCURRENTLY or ATTACH left behind unfinished, partitions' included.",
        noun: "indexes", otherNames: ["index_valid", "invalid_indexes"],
        example: KindExample("{indexes_valid: {}}", on: "shop.events", gives: "pass: 0 of 1"))

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let indexes: SQL = """
            SELECT indrelid::pg_catalog.regclass AS relation, indexrelid::pg_catalog.regclass AS "index"
            FROM pg_catalog.pg_index WHERE indrelid IN (\(subject.treeOids))
            """
        return .query(failing: "\(indexes) AND NOT (indisvalid AND indisready AND indislive)", of: indexes)
    }
}

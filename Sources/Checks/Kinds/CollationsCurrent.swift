import StructuredSQL

/// `collations_current`: no index sorts by rules that have changed since it was built.
package struct CollationsCurrent: CheckKind {
    package static let definition = objectDefinition(
        "collations_current", "Every collation of the relation's columns has the version it was created with",
        semantics: """
            Each collation fails whose library has another version by now: indexes on its columns may be out of order, and \
            uniqueness may not hold, until they are rebuilt. The database's default is looked at where it is libc's \
            (PostgreSQL 15 and later).
            """,
        noun: "collations", otherNames: ["collation_version_current", "collation_version_mismatch"],
        example: KindExample("{collations_current: {}}", on: "shop.events", gives: "pass: 0 of 1"))

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let collations: SQL = """
            SELECT c.collname AS "collation", recorded.version AS recorded_version, actual.version AS actual_version
            FROM pg_catalog.pg_collation AS c
            CROSS JOIN LATERAL (SELECT coalesce(c.collversion, CASE c.collprovider WHEN 'd' THEN (
                SELECT pg_catalog.to_jsonb(d) ->> 'datcollversion' FROM pg_catalog.pg_database AS d
                WHERE d.datname = pg_catalog.current_database()
                    AND coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c') = 'c') END)) AS recorded (version)
            CROSS JOIN LATERAL (SELECT CASE c.collprovider WHEN 'd' THEN (
                SELECT max(pg_catalog.pg_collation_actual_version(l.oid)) FROM pg_catalog.pg_collation AS l
                WHERE l.collprovider = 'c') ELSE pg_catalog.pg_collation_actual_version(c.oid) END) AS actual (version)
            WHERE c.oid IN (SELECT attcollation FROM pg_catalog.pg_attribute
                WHERE attrelid IN (\(subject.treeOids)) AND attnum > 0 AND NOT attisdropped)
            """
        return .query(
            failing: "SELECT * FROM (\(collations)) AS collations WHERE recorded_version <> actual_version",
            of: collations)
    }
}

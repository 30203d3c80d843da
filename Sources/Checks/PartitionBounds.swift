import Catalog
import StructuredSQL

/// The bounds of a table's range partitions as a query: `partition`, `low` and `high` as texts, NULL where there is none.
///
/// PostgreSQL prints them, it does not give them otherwise. The default partition is left out.
struct PartitionBounds {
    let sql: SQL

    init(_ subject: Subject) throws(SubjectError) {
        guard subject.relation.kind == .partitionedTable else {
            throw SubjectError("\(subject.relation.name) is a \(subject.relation.kind.label), which has no partitions")
        }
        sql = """
            SELECT child.oid::pg_catalog.regclass AS partition, nullif(bound.parts[1], 'MINVALUE') AS low,
                nullif(bound.parts[2], 'MAXVALUE') AS high
            FROM pg_catalog.pg_inherits AS i JOIN pg_catalog.pg_class AS child ON child.oid = i.inhrelid
            JOIN pg_catalog.pg_partitioned_table AS p ON p.partrelid = i.inhparent AND p.partstrat = 'r' AND p.partnatts = 1
            CROSS JOIN LATERAL (SELECT pg_catalog.regexp_match(pg_catalog.pg_get_expr(child.relpartbound, child.oid),
                '^FOR VALUES FROM [(]''?(.*?)''?[)] TO [(]''?(.*?)''?[)]$')) AS bound (parts)
            WHERE i.inhparent = \(subject.regclass) AND bound.parts IS NOT NULL
            """
    }
}

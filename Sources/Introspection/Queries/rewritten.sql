-- Tables whose file is not the one this transaction's snapshot knows: written anew, emptied, or replaced by another; and
-- partitions that are none any more, whose rows are out of sight without a new file (the last column).
-- :schemas and :names are arrays of one length, of relations as the snapshot's catalog names them. A view stands for the
-- relations it reads, a partitioned table for its partitions. The snapshot sees pg_class as it was; the function as it is.
WITH RECURSIVE wanted AS (
    SELECT w.schema, w.name, w.ordinal
    FROM unnest(:schemas::text[], :names::text[]) WITH ORDINALITY AS w (schema, name, ordinal)
),
reads AS (
    SELECT w.ordinal, c.oid, c.relkind, c.relhassubclass, n.nspname, c.relname
    FROM wanted AS w
    JOIN pg_catalog.pg_namespace AS n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = w.name::name
    UNION
    SELECT r.ordinal, c.oid, c.relkind, c.relhassubclass, n.nspname, c.relname
    FROM reads AS r
    CROSS JOIN LATERAL (
        SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i WHERE r.relhassubclass AND i.inhparent = r.oid
        UNION ALL
        SELECT d.refobjid
        FROM pg_catalog.pg_rewrite AS w
        JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
        WHERE r.relkind = 'v' AND w.ev_class = r.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
          AND d.refobjid <> r.oid
    ) AS part (oid)
    JOIN pg_catalog.pg_class AS c ON c.oid = part.oid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
)
SELECT DISTINCT r.ordinal, r.nspname::text, r.relname::text, now.is_detached
FROM reads AS r
JOIN pg_catalog.pg_class AS c ON c.oid = r.oid
CROSS JOIN LATERAL (
    SELECT pg_catalog.pg_relation_filenode(
            -- By name, to see a table that took another's; who may not look into the schema cannot read by name either.
            CASE WHEN pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE')
                THEN pg_catalog.to_regclass(pg_catalog.format('%I.%I', r.nspname, r.relname)) ELSE c.oid END
        ) AS file,
        c.relispartition AND coalesce(pg_catalog.pg_partition_root(c.oid) = c.oid, true) AS is_detached
) AS now
WHERE c.relkind IN ('r', 'm') AND (c.relfilenode <> 0 AND c.relfilenode IS DISTINCT FROM now.file OR now.is_detached)
ORDER BY 1, 2, 3

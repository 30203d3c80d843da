-- How Citus keeps the relations of a run; those it does not know are left out.
-- :schemas and :names are arrays of one length. A table of one shard has a colocation, a table of the coordinator none.
SELECT w.ordinal,
    CASE WHEN p.partmethod = 'n' AND p.repmodel = 't' THEN 'reference' WHEN p.partmethod = 'n' THEN 'single'
        ELSE 'sharded' END,
    CASE WHEN p.partmethod <> 'n' THEN pg_catalog.column_to_column_name(p.logicalrelid, p.partkey) END,
    p.colocationid
FROM unnest(:schemas::text[], :names::text[]) WITH ORDINALITY AS w (schema, name, ordinal)
JOIN pg_catalog.pg_namespace AS n ON n.nspname = w.schema::name
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = w.name::name
JOIN pg_catalog.pg_dist_partition AS p ON p.logicalrelid = c.oid
WHERE p.partmethod <> 'n' OR p.repmodel = 't' OR p.colocationid <> 0
ORDER BY w.ordinal

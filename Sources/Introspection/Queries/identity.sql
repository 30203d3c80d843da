-- What the relations of a run are, and everything they read: a view its relations, a table its partitions and children.
-- :schemas and :names are arrays of one length. Asked in the run's snapshot and again after it, the answers are equal unless
-- somebody replaced, renamed, detached or redefined something, or wrote a table into another file (the last column).
WITH RECURSIVE wanted AS (
    SELECT w.schema, w.name, w.ordinal
    FROM unnest(:schemas::text[], :names::text[]) WITH ORDINALITY AS w (schema, name, ordinal)
),
reads AS (
    SELECT w.ordinal, c.oid, c.relkind, c.relhassubclass, c.relfilenode, n.nspname, c.relname
    FROM wanted AS w
    JOIN pg_catalog.pg_namespace AS n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = w.name::name
    UNION
    SELECT r.ordinal, c.oid, c.relkind, c.relhassubclass, c.relfilenode, n.nspname, c.relname
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
SELECT r.ordinal, r.nspname::text, r.relname::text,
    pg_catalog.concat_ws(' ', r.oid, r.relkind,
        CASE WHEN r.relkind = 'v' THEN (
            SELECT sum(pg_catalog.hashtextextended(w.ev_action::text, 0))
            FROM pg_catalog.pg_rewrite AS w
            WHERE w.ev_class = r.oid
        ) END
    ),
    (
        SELECT pg_catalog.string_agg(pg_catalog.hashtextextended(a.attname::text || a.atttypid, a.attnum)::text, ' ')
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    ),
    CASE WHEN r.relkind IN ('r', 'm') THEN r.relfilenode END
FROM reads AS r
ORDER BY 1, 2, 3

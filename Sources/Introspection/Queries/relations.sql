-- The relations a run asks for, one row each, in the order asked.
-- :schemas and :names are arrays of one length; a NULL schema means "the first of :search_path that has it".
-- Names are compared exactly. Only constraints that hold for every row, now and later, are handed over: validated,
-- enforced, immediate, over all rows and plain columns.
WITH wanted AS (
    SELECT w.schema, w.name, w.ordinal
    FROM unnest(:schemas::text[], :names::text[]) WITH ORDINALITY AS w (schema, name, ordinal)
),
found AS (
    SELECT DISTINCT ON (w.ordinal) w.ordinal, n.nspname, c.*
    FROM wanted AS w
    JOIN pg_catalog.pg_class AS c ON c.relname = w.name::name
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND (n.nspname = w.schema::name OR (w.schema IS NULL AND n.nspname::text = ANY (:search_path::text[])))
    ORDER BY w.ordinal, array_position(:search_path::text[], n.nspname::text)
),
described AS (
    SELECT found.*,
        -- A parent in old-style inheritance: its own keys say nothing about its children's rows.
        found.relkind = 'r' AND found.relhassubclass AS has_children
    FROM found
)
SELECT d.ordinal,
    json_build_object(
        'schema', d.nspname,
        'name', d.relname,
        'kind', d.relkind,
        'hidesRows', pg_catalog.row_security_active(d.oid),
        -- With children, an address names a row in each of them.
        'hasRowAddresses', d.relkind IN ('r', 'm') AND NOT d.has_children
            AND pg_catalog.has_table_privilege(d.oid, 'SELECT')
            AND EXISTS (SELECT FROM pg_catalog.pg_am AS m WHERE m.oid = d.relam AND m.amname = 'heap'),
        'hasForeignParts', d.relhassubclass AND EXISTS (
            WITH RECURSIVE tree AS (
                SELECT d.oid
                UNION ALL
                SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits AS i ON i.inhparent = tree.oid
            )
            SELECT FROM tree JOIN pg_catalog.pg_class AS leaf ON leaf.oid = tree.oid AND leaf.relkind = 'f'
        ),
        'remotePartitions', CASE WHEN d.relkind = 'p' AND d.relhassubclass THEN (
            -- pg_partition_tree() would lock all of them, until the run ends.
            WITH RECURSIVE tree AS (
                SELECT d.oid
                UNION ALL
                SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits AS i ON i.inhparent = tree.oid
            )
            SELECT CASE WHEN bool_or(leaf.relkind = 'f') AND bool_and(pg_catalog.has_table_privilege(leaf.oid, 'SELECT'))
                THEN json_agg(json_build_object('schema', n.nspname, 'name', leaf.relname) ORDER BY n.nspname, leaf.relname)
                END
            FROM tree
            JOIN pg_catalog.pg_class AS leaf ON leaf.oid = tree.oid AND leaf.relkind <> 'p'
            JOIN pg_catalog.pg_namespace AS n ON n.oid = leaf.relnamespace
        ) END,
        -- The planner's own estimates: asking for true sizes would wait for whoever holds a lock on the table.
        'estimatedRowCount', leaves.rows,
        'sizeBytes', leaves.pages * pg_catalog.current_setting('block_size')::bigint,
        'columns', (
            SELECT json_agg(json_build_object(
                'name', a.attname,
                'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
                'base', base.typname,
                'category', base.typcategory,
                'labels', CASE WHEN base.typcategory = 'E' THEN (
                    SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
                    FROM pg_catalog.pg_enum AS e
                    WHERE e.enumtypid = base.oid
                ) END,
                -- 0 is none, 100, 950 and 951 are "default", "C" and "POSIX".
                'isDeterministic', CASE WHEN a.attcollation NOT IN (0, 100, 950, 951) THEN (
                    SELECT c.collisdeterministic FROM pg_catalog.pg_collation AS c WHERE c.oid = a.attcollation
                ) END,
                'isSelectable', coalesce(pg_catalog.has_column_privilege(d.oid, a.attnum, 'SELECT'), false)
            ) ORDER BY a.attnum)
            FROM pg_catalog.pg_attribute AS a
            JOIN pg_catalog.pg_type AS own ON own.oid = a.atttypid
            CROSS JOIN LATERAL (
                SELECT own.oid, own.typname, own.typcategory WHERE own.typtype <> 'd'
                UNION ALL
                -- A domain, seen through to what it is made of.
                SELECT seen.oid, seen.typname, seen.typcategory
                FROM (
                    WITH RECURSIVE chain AS (
                        SELECT t.oid, t.typname, t.typcategory, t.typtype, t.typbasetype
                        FROM pg_catalog.pg_type AS t
                        WHERE t.oid = a.atttypid AND own.typtype = 'd'
                        UNION ALL
                        SELECT t.oid, t.typname, t.typcategory, t.typtype, t.typbasetype
                        FROM chain
                        JOIN pg_catalog.pg_type AS t ON t.oid = chain.typbasetype
                        WHERE chain.typtype = 'd'
                    )
                    SELECT chain.oid, chain.typname, chain.typcategory FROM chain WHERE chain.typtype <> 'd'
                ) AS seen
                WHERE own.typtype = 'd'
            ) AS base
            WHERE a.attrelid = d.oid AND a.attnum > 0 AND NOT a.attisdropped
        ),
        -- Only where there is something to choose; small tables are read whichever way.
        'statistics', CASE WHEN leaves.rows >= :statistics_rows::float8 THEN (
            SELECT json_object_agg(s.attname, json_build_object(
                'distinct', s.n_distinct, 'nulls', s.null_frac, 'width', s.avg_width
            ))
            FROM pg_catalog.pg_stats AS s
            WHERE s.schemaname = d.nspname AND s.tablename = d.relname
              AND s.inherited = (d.relkind = 'p' OR d.has_children) AND s.n_distinct <> 0
        ) END,
        'notNull', (
            SELECT json_agg(a.attname)
            FROM pg_catalog.pg_attribute AS a
            WHERE a.attrelid = d.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
              AND d.relkind IN ('r', 'p') AND NOT d.has_children
              -- From PostgreSQL 18 a not-null constraint may be NOT VALID although attnotnull is set.
              AND NOT EXISTS (
                  SELECT FROM pg_catalog.pg_constraint AS k
                  WHERE k.conrelid = d.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated
              )
        ),
        'keys', (
            SELECT json_agg(json_build_object(
                'name', i.relname,
                'isPrimary', x.indisprimary,
                'nullsDistinct', NOT coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false),
                'columns', (
                    SELECT json_agg(a.attname ORDER BY k.position)
                    FROM unnest(x.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
                    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.oid AND a.attnum = k.attnum
                    WHERE k.position <= x.indnkeyatts
                )
            ) ORDER BY x.indisprimary DESC, i.relname)
            FROM pg_catalog.pg_index AS x
            JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
            WHERE x.indrelid = d.oid AND d.relkind IN ('r', 'p', 'm') AND NOT d.has_children
              AND x.indisunique AND x.indisvalid AND x.indimmediate AND x.indpred IS NULL AND x.indexprs IS NULL
              -- The index must find equal what GROUP BY finds equal: the type's own equality, the column's collation.
              AND NOT EXISTS (
                  SELECT
                  FROM unnest(x.indkey::int2[], x.indcollation::oid[], x.indclass::oid[])
                      AS k (attnum, indexcollation, opclass)
                  JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.oid AND a.attnum = k.attnum
                  LEFT JOIN pg_catalog.pg_opclass AS o ON o.oid = k.opclass
                  WHERE (k.indexcollation <> 0 AND k.indexcollation <> a.attcollation)
                     OR (k.opclass IS NOT NULL AND NOT coalesce(o.opcdefault, false))
              )
        ),
        'foreignKeys', (
            SELECT json_agg(json_build_object(
                'name', k.conname,
                'columns', (
                    SELECT json_agg(a.attname ORDER BY p.position)
                    FROM unnest(k.conkey) WITH ORDINALITY AS p (attnum, position)
                    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = p.attnum
                ),
                'schema', tn.nspname,
                'relation', t.relname,
                'referenced', (
                    SELECT json_agg(a.attname ORDER BY p.position)
                    FROM unnest(k.confkey) WITH ORDINALITY AS p (attnum, position)
                    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.confrelid AND a.attnum = p.attnum
                )
            ) ORDER BY k.conname)
            FROM pg_catalog.pg_constraint AS k
            JOIN pg_catalog.pg_class AS t ON t.oid = k.confrelid
            JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
            WHERE k.conrelid = d.oid AND k.contype = 'f' AND k.convalidated AND NOT k.condeferrable
              AND d.relkind IN ('r', 'p') AND NOT d.has_children
              AND coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
              -- A disabled trigger lets orphans in without a trace in the constraint.
              -- On partitioned tables the triggers belong to the constraints of the partitions, on both sides.
              AND NOT EXISTS (
                  WITH RECURSIVE tree AS (
                      SELECT k.oid
                      UNION ALL
                      SELECT c.oid FROM tree JOIN pg_catalog.pg_constraint AS c ON c.conparentid = tree.oid
                  )
                  SELECT FROM tree
                  JOIN pg_catalog.pg_trigger AS g ON g.tgconstraint = tree.oid
                  WHERE g.tgenabled IN ('D', 'R')
              )
        ),
        'indexedLeadingColumns', (
            SELECT json_agg(DISTINCT a.attname)
            FROM pg_catalog.pg_index AS x
            JOIN pg_catalog.pg_class AS i ON i.oid = x.indexrelid
            JOIN pg_catalog.pg_am AS m ON m.oid = i.relam AND m.amname = 'btree'
            JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.oid AND a.attnum = x.indkey[0]
            WHERE x.indrelid = d.oid AND x.indisvalid AND x.indpred IS NULL AND NOT d.has_children
        )
    )
FROM described AS d
CROSS JOIN LATERAL (
    SELECT sum(part.reltuples) FILTER (WHERE part.reltuples >= 0) AS rows, coalesce(sum(part.relpages), 0) AS pages
    FROM (
        SELECT d.reltuples, d.relpages WHERE d.relkind IN ('r', 'm') AND NOT d.relhassubclass
        UNION ALL
        -- Only for a relation that has children: planned for thousands, a join of the tree would read all of pg_class.
        SELECT leaf.reltuples, leaf.relpages
        FROM (
            WITH RECURSIVE tree AS (
                SELECT d.oid
                UNION ALL
                SELECT i.inhrelid FROM tree JOIN pg_catalog.pg_inherits AS i ON i.inhparent = tree.oid
            )
            SELECT oid FROM tree
        ) AS tree
        JOIN pg_catalog.pg_class AS leaf ON leaf.oid = tree.oid
        WHERE d.relhassubclass AND leaf.relkind IN ('r', 'm')
    ) AS part
) AS leaves
ORDER BY d.ordinal

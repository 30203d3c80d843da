-- All failing rows of six checks in one pass, one line per violated check, as the results schema takes them. A number
-- for all rows is cheaper than one per check, and as good a part of the key.
-- The estimates expect most rows to fail, which would keep helpers away.
SET jit = off;
SET parallel_tuple_cost = 0;
COPY (
    SELECT '00000000-0000-0000-0000-000000000001'::uuid, check_id, row_number() OVER (),
        json_build_object('event_id', e.event_id), row_to_json(e), violated, now()
    FROM dirty.event AS e
    CROSS JOIN LATERAL (
        SELECT array_remove(ARRAY[
            CASE WHEN customer_id IS NULL THEN 'dirty.event.customer_id.not_null' END,
            CASE WHEN amount NOT BETWEEN 0 AND 10000 THEN 'dirty.event.amount.in_range' END,
            CASE WHEN kind NOT IN ('view', 'click', 'order', 'return', 'login')
                THEN 'dirty.event.kind.accepted_values' END,
            CASE WHEN url !~ '^https://' THEN 'dirty.event.url.matches' END,
            CASE WHEN length(note) > 40 THEN 'dirty.event.note.length' END,
            CASE WHEN received_at < occurred_at THEN 'dirty.event.received_after_it_occurred' END
        ], NULL) AS violated
    ) AS judged
    CROSS JOIN LATERAL unnest(violated) AS check_id
    WHERE customer_id IS NULL OR amount NOT BETWEEN 0 AND 10000 OR received_at < occurred_at OR length(note) > 40
        OR kind NOT IN ('view', 'click', 'order', 'return', 'login') OR url !~ '^https://'
) TO STDOUT;

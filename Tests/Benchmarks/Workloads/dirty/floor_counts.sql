SET jit = off;
SELECT count(*) FILTER (WHERE customer_id IS NULL) AS "dirty.event.customer_id.not_null",
    count(*) FILTER (WHERE amount NOT BETWEEN 0 AND 10000) AS "dirty.event.amount.in_range",
    count(*) FILTER (WHERE kind NOT IN ('view', 'click', 'order', 'return', 'login'))
        AS "dirty.event.kind.accepted_values",
    count(*) FILTER (WHERE url !~ '^https://') AS "dirty.event.url.matches",
    count(*) FILTER (WHERE length(note) > 40) AS "dirty.event.note.length",
    count(*) FILTER (WHERE received_at < occurred_at) AS "dirty.event.received_after_it_occurred"
FROM dirty.event;

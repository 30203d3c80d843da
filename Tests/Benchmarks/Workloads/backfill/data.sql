CREATE TABLE events AS
SELECT i AS id, timestamptz '2026-01-01Z' + i * (interval '30 days' / {rows}) AS at,
    (ARRAY['new', 'paid', 'shipped', 'returned'])[1 + i % 4] AS status, (i::bigint * 7919 % 100000) / 100.0::numeric AS amount,
    CASE WHEN i % 5000 = 0 THEN NULL ELSE 'c' || i % 50000 END AS customer, i % 1000 AS quantity,
    repeat(md5(i::text), 2) AS note
FROM generate_series(0, {rows} - 1) AS i;
VACUUM (ANALYZE) events;

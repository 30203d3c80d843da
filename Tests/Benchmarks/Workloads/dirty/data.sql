-- Events with planted trouble: {rows} rows, of which {count1} to {count6} violate each of six checks. They lie evenly
-- scattered; a row may violate several. A value is a hash of the row's number, so that every machine has the same rows.
CREATE SCHEMA dirty;

-- Whether row n is one of exactly so many among the rows from 1 to {rows}; another shift gives other rows.
CREATE FUNCTION dirty.is_planted(n bigint, planted bigint, shift bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ((n + shift) * planted) % {rows} < planted;

CREATE TABLE dirty.event AS
SELECT n AS event_id,
    CASE WHEN NOT dirty.is_planted(n, {count1}, 17) THEN h % 1000000 END AS customer_id,
    CASE WHEN dirty.is_planted(n, {count3}, 131) THEN 'unknown'
        ELSE (ARRAY['view', 'click', 'order', 'return', 'login'])[h % 5 + 1] END AS kind,
    occurred_at,
    occurred_at + make_interval(secs => CASE WHEN dirty.is_planted(n, {count6}, 7) THEN -5 ELSE 2 END) AS received_at,
    CASE WHEN dirty.is_planted(n, {count2}, 59) THEN -1 ELSE (h >> 8) % 1000000 / 100.0 END::numeric(12,2) AS amount,
    (ARRAY['EUR', 'USD', 'GBP'])[(h >> 4) % 3 + 1] AS currency,
    CASE WHEN dirty.is_planted(n, {count4}, 11) THEN 'ftp' ELSE 'https' END || '://shop.example.com/item/' || h % 100000
        AS url,
    CASE WHEN dirty.is_planted(n, {count5}, 23) THEN repeat('far too long ', 5) ELSE 'note no. ' || h % 10000 END AS note,
    h AS session
FROM generate_series(1, {rows}::bigint) AS n
CROSS JOIN LATERAL (SELECT hashint8extended(n, 1) & 9223372036854775807 AS h) AS hashed
CROSS JOIN LATERAL (SELECT timestamptz '2024-01-01 00:00+00' + make_interval(secs => n) AS occurred_at) AS clock;

-- Every row of this one violates its only check.
CREATE TABLE dirty.narrow AS
SELECT n AS id, 'code-' || n % 1000 AS code, -(n % 100)::int - 1 AS amount FROM generate_series(1, {rows}::bigint) AS n;

VACUUM (ANALYZE) dirty.event, dirty.narrow;

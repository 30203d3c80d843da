-- Lines of orders in the manner of a wholesale supplier: 16 columns, some of few values, some of many, one of text.
-- {rows} lines, four to an order. A value is a hash of the row's number, so that every machine has the same rows.
CREATE SCHEMA wide;

CREATE FUNCTION wide.pick(n bigint, seed bigint, choices bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (pg_catalog.hashint8extended(n, seed) & 9223372036854775807) % choices;

CREATE TABLE wide.orders AS
SELECT n AS order_id,
    wide.pick(n, 1, 150000) + 1 AS customer_id,
    timestamptz '2024-01-01 00:00+00' + make_interval(mins => wide.pick(n, 2, 460000)::int) AS ordered_at,
    (wide.pick(n, 3, 50000000) / 100.0)::numeric(12,2) AS total
FROM generate_series(1, {rows} / 4) AS n;

CREATE TABLE wide.line AS
SELECT (n - 1) / 4 + 1 AS order_id,
    (wide.pick(n, 11, 200000) + 1)::int AS product_id,
    (wide.pick(n, 12, 10000) + 1)::int AS supplier_id,
    ((n - 1) % 4 + 1)::int AS line_number,
    (wide.pick(n, 13, 50) + 1)::numeric(15,2) AS quantity,
    (wide.pick(n, 14, 10000000) / 100.0 + 900)::numeric(15,2) AS price,
    (wide.pick(n, 15, 11) / 100.0)::numeric(15,2) AS discount,
    (wide.pick(n, 16, 9) / 100.0)::numeric(15,2) AS tax,
    (ARRAY['A', 'N', 'R'])[wide.pick(n, 17, 3) + 1]::char(1) AS return_flag,
    (ARRAY['F', 'O'])[wide.pick(n, 18, 2) + 1]::char(1) AS line_status,
    date '2024-01-01' + wide.pick(n, 19, 320)::int AS ship_date,
    date '2024-01-08' + wide.pick(n, 20, 320)::int AS commit_date,
    date '2024-01-02' + wide.pick(n, 21, 340)::int AS receipt_date,
    (ARRAY['COLLECT COD', 'DELIVER IN PERSON', 'NONE', 'TAKE BACK RETURN'])[wide.pick(n, 22, 4) + 1]::char(25)
        AS ship_instruction,
    (ARRAY['AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK'])[wide.pick(n, 23, 7) + 1]::varchar(10) AS ship_mode,
    ((ARRAY['furiously ', 'carefully ', 'quickly ', 'blithely ', 'slyly '])[wide.pick(n, 24, 5) + 1]
        || (ARRAY['final ', 'ironic ', 'regular ', 'special ', 'express ', 'bold '])[wide.pick(n, 25, 6) + 1]
        || (ARRAY['packages ', 'requests ', 'accounts ', 'deposits ', 'theodolites '])[wide.pick(n, 26, 5) + 1]
        || (ARRAY['nag', 'sleep', 'haggle', 'wake', 'cajole'])[wide.pick(n, 27, 5) + 1]
        || ' no. ' || wide.pick(n, 28, 1000000))::varchar(60) AS comment
FROM generate_series(1, {rows}::bigint) AS n;

VACUUM (ANALYZE) wide.orders, wide.line;

-- One of several tables that are alike but for their size: {rows} rows, ten columns.
CREATE SCHEMA IF NOT EXISTS many;
CREATE TABLE many.{table} AS
SELECT n AS id,
    'code-' || n AS code,
    (ARRAY['ash', 'beech', 'cedar', 'elm', 'fir'])[n % 5 + 1] AS name,
    n % 50 + 1 AS quantity,
    (n % 10000 / 100.0 + 1)::numeric(12,2) AS price,
    date '2024-01-01' + n % 365 AS day,
    (ARRAY['A', 'N', 'R'])[n % 3 + 1] AS flag,
    'note no. ' || n % 1000 AS note,
    n / 4 + 1 AS parent,
    timestamptz '2024-01-01 00:00+00' + make_interval(mins => n) AS noted_at
FROM generate_series(1, {rows}) AS n;

-- {rows} rows of twenty numbers, each a hash of the row's number: the same on every machine.
CREATE TABLE growth.{table} AS
SELECT h % 1000000 AS c1, (h >> 1) % 1000000 AS c2, (h >> 2) % 1000000 AS c3, (h >> 3) % 1000000 AS c4,
    (h >> 4) % 1000000 AS c5, (h >> 5) % 1000000 AS c6, (h >> 6) % 1000000 AS c7, (h >> 7) % 1000000 AS c8,
    (h >> 8) % 1000000 AS c9, (h >> 9) % 1000000 AS c10, (h >> 10) % 1000000 AS c11, (h >> 11) % 1000000 AS c12,
    (h >> 12) % 1000000 AS c13, (h >> 13) % 1000000 AS c14, (h >> 14) % 1000000 AS c15, (h >> 15) % 1000000 AS c16,
    (h >> 16) % 1000000 AS c17, (h >> 17) % 1000000 AS c18, (h >> 18) % 1000000 AS c19, (h >> 19) % 1000000 AS c20
FROM generate_series(1, {rows}::bigint) AS n
CROSS JOIN LATERAL (SELECT hashint8extended(n, 1) & 9223372036854775807 AS h) AS hashed;

VACUUM (ANALYZE) growth.{table};

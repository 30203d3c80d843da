CREATE TABLE orders_left (id int PRIMARY KEY, at timestamptz, customer text, amount numeric(12,2), score float8, status text);
INSERT INTO orders_left
SELECT i, timestamptz '2026-01-01Z' + i * interval '1 second', 'customer ' || i % 50000, (i::bigint * 7919 % 100000) / 100.0,
    (i % 997) / 997.0, (ARRAY['new', 'paid', 'shipped', 'returned'])[1 + i % 4]
FROM generate_series(1, {rows}) AS i;
VACUUM (ANALYZE, FREEZE) orders_left;

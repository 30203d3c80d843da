CREATE TABLE orders_right (id int PRIMARY KEY, at timestamptz, customer text, amount numeric(12,2), score float8, status text);
INSERT INTO orders_right
SELECT i, timestamptz '2026-01-01Z' + i * interval '1 second', 'customer ' || i % 50000, (i::bigint * 7919 % 100000) / 100.0,
    (i % 997) / 997.0, (ARRAY['new', 'paid', 'shipped', 'returned'])[1 + i % 4]
FROM generate_series(1, {rows}) AS i;
-- Of each 100,000 rows one is not there, two have another amount, one of them another status too.
DELETE FROM orders_right WHERE id % 100000 = 7;
UPDATE orders_right SET amount = amount + 1 WHERE id % 100000 IN (8, 9);
UPDATE orders_right SET status = NULL WHERE id % 100000 = 9;
VACUUM (ANALYZE, FREEZE) orders_right;

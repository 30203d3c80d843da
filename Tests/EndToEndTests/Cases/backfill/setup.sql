CREATE TABLE orders (id int, at timestamptz, amount numeric);
INSERT INTO orders SELECT i, timestamptz '2026-03-27 12:00 Europe/Berlin' + i * interval '1 hour', CASE WHEN i % 40 = 7 THEN -1 ELSE i END
FROM generate_series(0, 95) AS i;
CREATE SCHEMA ledger;

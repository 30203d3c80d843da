CREATE SCHEMA shop;
CREATE TABLE shop.orders (order_id int, country text, plan text, email text, amount numeric, at timestamptz);
INSERT INTO shop.orders
SELECT i, (ARRAY['DE', 'FR', 'US', NULL])[1 + i % 4], (ARRAY['free', 'paid'])[1 + i % 2],
    CASE WHEN i % 4 = 1 AND i < 30 OR i % 10 = 3 THEN NULL ELSE i || '@example.com' END,
    CASE WHEN i % 4 = 3 THEN NULL ELSE i % 7 END, timestamptz '2026-01-01Z' + i * interval '1 day'
FROM generate_series(1, 120) AS i;
INSERT INTO shop.orders VALUES (121, E'X\x1b[31m', 'free', NULL, 'NaN', '2026-01-01Z');

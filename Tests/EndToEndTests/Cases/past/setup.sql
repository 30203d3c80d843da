CREATE SCHEMA shop;
CREATE TABLE shop.orders (order_id int PRIMARY KEY, at timestamptz NOT NULL, amount numeric(10,2), status text NOT NULL);
INSERT INTO shop.orders
SELECT day * 1000 + i, timestamptz '2026-03-01 00:00Z' + day * interval '1 day' + i * interval '5 min', 20 + i % 7,
    CASE WHEN i % 9 = 0 THEN 'shipped' ELSE 'paid' END
FROM generate_series(0, 19) AS day
CROSS JOIN LATERAL generate_series(1, CASE day WHEN 17 THEN 40 ELSE 100 + day % 4 END) AS i

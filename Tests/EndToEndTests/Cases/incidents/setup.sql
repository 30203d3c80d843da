CREATE SCHEMA shop;
CREATE TABLE shop.orders (order_id int PRIMARY KEY, amount numeric, created_at timestamptz);
INSERT INTO shop.orders SELECT i, i, now() FROM generate_series(1, 10) AS i

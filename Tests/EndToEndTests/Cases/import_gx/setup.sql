CREATE SCHEMA shop;
CREATE TABLE shop.orders (order_id int, status text, amount numeric, created_at timestamptz);
INSERT INTO shop.orders VALUES (1, 'new', 5, now()), (1, 'old', -1, now() - interval '3 days'), (NULL, 'paid', 7, now());

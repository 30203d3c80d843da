CREATE SCHEMA shop;
CREATE TABLE shop.customers (customer_id int, email text);
INSERT INTO shop.customers VALUES (1, 'a@example.com'), (2, 'b@example.com'), (3, NULL);
CREATE TABLE shop.orders (order_id int, customer_id int, status text, amount numeric, created_at timestamptz);
INSERT INTO shop.orders VALUES (1, 1, 'placed', 10, now()), (2, 2, 'shipped', -5, now()), (2, 9, 'lost', 20, now()), (3, NULL, NULL, NULL, now());

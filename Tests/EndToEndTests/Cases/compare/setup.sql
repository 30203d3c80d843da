CREATE SCHEMA shop;
CREATE TABLE shop.orders (order_id int PRIMARY KEY, customer text, amount numeric(10,2), email text, loaded_at timestamptz DEFAULT now());
INSERT INTO shop.orders SELECT i, 'customer ' || i % 7, i * 1.5, 'p' || i || '@example.com' FROM generate_series(1, 1200) AS i;
CREATE TABLE shop.orders_new (order_id bigint PRIMARY KEY, customer varchar(30), amount_eur numeric, email text, loaded_at timestamptz, source text);
INSERT INTO shop.orders_new SELECT order_id, customer, amount, email, now() FROM shop.orders WHERE order_id NOT IN (5, 77);
UPDATE shop.orders_new SET amount_eur = amount_eur + 0.004 WHERE order_id = 3;
UPDATE shop.orders_new SET amount_eur = 0, customer = NULL WHERE order_id = 12;
UPDATE shop.orders_new SET email = 'other@example.com', customer = E'\x1b[31mred\x1b[0m' WHERE order_id = 1100;
INSERT INTO shop.orders_new VALUES (5000, '', 1, 'new@example.com', now(), 'import');
CREATE TABLE shop.events AS SELECT i % 50 AS id, 'e' || i % 50 AS name FROM generate_series(1, 60) AS i;
CREATE TABLE shop.events_copy AS TABLE shop.events; INSERT INTO shop.events_copy VALUES (NULL, 'lost'), (3, 'e3');
CREATE TABLE shop.empty (id int, at timestamp); CREATE TABLE shop.instants (id int, at timestamptz)

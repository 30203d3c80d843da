CREATE SCHEMA shop;
CREATE TABLE shop.dim_customer (id int, email text, country text, age int, updated_at timestamptz);
INSERT INTO shop.dim_customer VALUES (1, 'a@example.com', 'US', 30, now()), (2, 'broken', 'DE', 200, now()), (2, NULL, 'XX', 40, now());

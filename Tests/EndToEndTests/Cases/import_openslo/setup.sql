CREATE SCHEMA shop;
CREATE TABLE shop.orders (order_id int, status text, amount numeric, created_at timestamptz);
INSERT INTO shop.orders VALUES
    (1, 'new', 5, now()), (2, 'lost (x)', 3, now() - interval '3 days'), (3, 'paid', 4, now()), (4, NULL, NULL, now())

CREATE SCHEMA shop;
CREATE TABLE shop.orders (id int PRIMARY KEY, customer int, status text, amount numeric, note text, created timestamptz);
CREATE TABLE shop.customers (id int PRIMARY KEY, email text);
INSERT INTO shop.customers SELECT i, 'person' || i || '@example.com' FROM generate_series(1, 5) AS i;
INSERT INTO shop.orders
SELECT i, 1 + i % 5, 'paid', i * 10, 'fine', '2026-01-01 00:00Z'::timestamptz + i * interval '1 hour'
FROM generate_series(1, 20) AS i;
INSERT INTO shop.orders VALUES
    (21, 99, 'paid', 1.10, E'\x1b[31mred\x1b[0m\nPASS \u202egnirts', '2026-01-02 00:00Z'),
    (22, NULL, '', 12345678901234567890.123456789, '', '2026-01-02 01:00Z'),
    (23, 1, ' paid', 'NaN', NULL, '2026-01-02 02:00Z'),
    (24, 2, 'NULL', -1, 'tab' || chr(9) || '日本 naïve 👍', NULL),
    (25, 2, NULL, 0, '<&"''>', '2026-01-02 02:00Z');

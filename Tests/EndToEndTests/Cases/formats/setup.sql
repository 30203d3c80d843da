CREATE SCHEMA shop;
CREATE TABLE shop.orders (order_id int, note text, amount numeric);
INSERT INTO shop.orders VALUES (1, E'x | <script>alert(1)</script>\n::error::pwned', 5), (2, '=HYPERLINK("http://x")', NULL),
    (3, E'\x1b[31m`[a](b)`', 'NaN'), (4, NULL, 7);

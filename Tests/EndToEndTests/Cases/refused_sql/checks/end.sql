-- check: end
-- dataset: shop.orders
WITH a AS (SELECT 1) DELETE FROM shop.orders

-- check: two
-- dataset: shop.orders
SELECT 1; DELETE FROM shop.orders

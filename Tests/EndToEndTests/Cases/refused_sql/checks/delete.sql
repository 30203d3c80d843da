-- check: delete
-- dataset: shop.orders
DELETE FROM shop.orders

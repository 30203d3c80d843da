-- check: into
-- dataset: shop.orders
SELECT * INTO shop.copy FROM shop.orders

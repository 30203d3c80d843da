-- check: ddl
-- dataset: shop.orders
DROP TABLE shop.orders

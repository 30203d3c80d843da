-- check: lock
-- dataset: shop.orders
SELECT * FROM shop.orders FOR NO KEY UPDATE

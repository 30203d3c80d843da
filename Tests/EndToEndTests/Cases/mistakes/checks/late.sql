-- check: shop.late
-- dataset: shop.orders
-- on-empty: fail
-- parameters: {sinse: now()}
SELECT * FROM shop.orders WHERE created < :since

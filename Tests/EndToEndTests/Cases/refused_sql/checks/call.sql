-- check: call
-- dataset: shop.orders
CALL shop.p()

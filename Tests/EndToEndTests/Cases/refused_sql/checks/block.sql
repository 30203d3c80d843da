-- check: block
-- dataset: shop.orders
DO $$BEGIN DELETE FROM shop.orders; END$$

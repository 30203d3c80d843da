-- check: shop.found
-- dataset: shop.customers
-- parameters: {least: "2"}
SELECT c.*, 1 AS extra FROM shop.customers AS c WHERE c.id >= :least -- not :this

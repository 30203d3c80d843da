-- check: cte
-- dataset: shop.orders
WITH gone AS (DELETE FROM shop.orders RETURNING *) SELECT * FROM gone

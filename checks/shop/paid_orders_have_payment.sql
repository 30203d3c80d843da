-- check: shop.paid_orders_have_payment
-- dataset: shop.orders
-- key: order_id
-- description: Orders that are marked as paid and have no payment an hour later.
-- owner: finance-data
-- severity: now
-- tags: [revenue]
-- fail: count > 0
-- parameters: {since: "now() - interval '30 days'"}
SELECT o.*
FROM shop.orders AS o
WHERE o.status IN ('paid', 'shipped', 'delivered')
  AND o.created_at >= :since
  AND o.created_at < now() - interval '1 hour'
  AND NOT EXISTS (SELECT 1 FROM shop.payments AS p WHERE p.order_id = o.order_id)

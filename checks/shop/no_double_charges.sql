-- check: shop.no_double_charges
-- dataset: shop.payments
-- key: payment_id
-- description: Payments of an order that was paid by the same method with the same amount minutes before.
-- owner: finance-data
-- severity: now
-- fail: count > 0
-- parameters: {within: "interval '10 minutes'"}
SELECT p.*
FROM (
    SELECT *, lag(paid_at) OVER (PARTITION BY order_id, method, amount ORDER BY paid_at, payment_id) AS previous_paid_at
    FROM shop.payments
) AS p
WHERE p.paid_at - p.previous_paid_at < :within

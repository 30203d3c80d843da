-- The forty checks of one expert in one session: one scan with all aggregates, uniqueness by hash aggregate, one
-- anti-join, one distinct count. Compiling so many cheap expressions takes longer than they do.
SET jit = off;

SELECT count(*) AS "wide.line.row_count",
    count(*) FILTER (WHERE order_id IS NULL) AS "wide.line.order_id.not_null",
    count(*) FILTER (WHERE product_id IS NULL) AS "wide.line.product_id.not_null",
    count(*) FILTER (WHERE supplier_id IS NULL) AS "wide.line.supplier_id.not_null",
    count(*) FILTER (WHERE line_number IS NULL) AS "wide.line.line_number.not_null",
    count(*) FILTER (WHERE quantity IS NULL) AS "wide.line.quantity.not_null",
    count(*) FILTER (WHERE price IS NULL) AS "wide.line.price.not_null",
    count(*) FILTER (WHERE discount IS NULL) AS "wide.line.discount.not_null",
    count(*) FILTER (WHERE tax IS NULL) AS "wide.line.tax.not_null",
    count(*) FILTER (WHERE return_flag IS NULL) AS "wide.line.return_flag.not_null",
    count(*) FILTER (WHERE line_status IS NULL) AS "wide.line.line_status.not_null",
    count(*) FILTER (WHERE ship_date IS NULL) AS "wide.line.ship_date.not_null",
    count(*) FILTER (WHERE commit_date IS NULL) AS "wide.line.commit_date.not_null",
    count(*) FILTER (WHERE receipt_date IS NULL) AS "wide.line.receipt_date.not_null",
    count(*) FILTER (WHERE ship_instruction IS NULL) AS "wide.line.ship_instruction.not_null",
    count(*) FILTER (WHERE ship_mode IS NULL) AS "wide.line.ship_mode.not_null",
    count(*) FILTER (WHERE comment IS NULL) AS "wide.line.comment.not_null",
    count(*) FILTER (WHERE line_number NOT BETWEEN 1 AND 4) AS "wide.line.line_number.in_range",
    count(*) FILTER (WHERE quantity NOT BETWEEN 1 AND 50) AS "wide.line.quantity.in_range",
    count(*) FILTER (WHERE price NOT BETWEEN 900 AND 101000) AS "wide.line.price.in_range",
    count(*) FILTER (WHERE discount NOT BETWEEN 0 AND 0.10) AS "wide.line.discount.in_range",
    count(*) FILTER (WHERE tax NOT BETWEEN 0 AND 0.08) AS "wide.line.tax.in_range",
    count(*) FILTER (WHERE ship_date NOT BETWEEN '2024-01-01' AND '2024-12-31') AS "wide.line.ship_date.in_range",
    count(*) FILTER (WHERE commit_date NOT BETWEEN '2024-01-01' AND '2024-12-31') AS "wide.line.commit_date.in_range",
    count(*) FILTER (WHERE receipt_date NOT BETWEEN '2024-01-01' AND '2024-12-31') AS "wide.line.receipt_date.in_range",
    count(*) FILTER (WHERE return_flag NOT IN ('A', 'N', 'R')) AS "wide.line.return_flag.accepted_values",
    count(*) FILTER (WHERE line_status NOT IN ('F', 'O')) AS "wide.line.line_status.accepted_values",
    count(*) FILTER (WHERE ship_mode NOT IN ('AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK'))
        AS "wide.line.ship_mode.accepted_values",
    count(*) FILTER (WHERE ship_mode !~ '^[A-Z]+( [A-Z]+)?$') AS "wide.line.ship_mode.matches",
    count(*) FILTER (WHERE ship_instruction::text !~ '^[A-Z ]+$') AS "wide.line.ship_instruction.matches",
    count(*) FILTER (WHERE comment !~ '^[a-z]+ [a-z]+ [a-z]+ [a-z]+ no\. [0-9]+$') AS "wide.line.comment.matches",
    count(*) FILTER (WHERE length(return_flag) <> 1) AS "wide.line.return_flag.length",
    count(*) FILTER (WHERE length(ship_instruction) NOT BETWEEN 4 AND 25) AS "wide.line.ship_instruction.length",
    count(*) FILTER (WHERE length(ship_mode) NOT BETWEEN 3 AND 10) AS "wide.line.ship_mode.length",
    count(*) FILTER (WHERE length(comment) NOT BETWEEN 10 AND 60) AS "wide.line.comment.length",
    extract(epoch FROM now() - max(ship_date)) AS "wide.line.fresh",
    avg(price) AS "wide.line.metric.avg_price"
FROM wide.line;

SELECT count(*) AS "wide.line.order_id_line_number.unique"
FROM (SELECT FROM wide.line GROUP BY order_id, line_number HAVING count(*) > 1) AS repeated;

SELECT count(*) AS "wide.line.order_id.references"
FROM wide.line AS l
WHERE order_id IS NOT NULL AND NOT EXISTS (SELECT FROM wide.orders AS o WHERE o.order_id = l.order_id);

SELECT count(*) AS "wide.line.product_id.distinct_count"
FROM (SELECT FROM wide.line WHERE product_id IS NOT NULL GROUP BY product_id) AS products;

-- The best known to us, first of two sessions that run at once. Everything about columns of few values is judged once
-- for each combination that occurs, not for each row. What is left is one condition: that no row violates it proves
-- every check in it, though it would not say which one failed.
SET jit = off;
SET work_mem = '256MB';

SELECT sum(n) AS "wide.line.row_count",
    coalesce(sum(n) FILTER (WHERE return_flag IS NULL), 0) AS "wide.line.return_flag.not_null",
    coalesce(sum(n) FILTER (WHERE line_status IS NULL), 0) AS "wide.line.line_status.not_null",
    coalesce(sum(n) FILTER (WHERE ship_mode IS NULL), 0) AS "wide.line.ship_mode.not_null",
    coalesce(sum(n) FILTER (WHERE ship_instruction IS NULL), 0) AS "wide.line.ship_instruction.not_null",
    coalesce(sum(n) FILTER (WHERE return_flag NOT IN ('A', 'N', 'R')), 0) AS "wide.line.return_flag.accepted_values",
    coalesce(sum(n) FILTER (WHERE line_status NOT IN ('F', 'O')), 0) AS "wide.line.line_status.accepted_values",
    coalesce(sum(n) FILTER (WHERE ship_mode NOT IN ('AIR', 'FOB', 'MAIL', 'RAIL', 'REG AIR', 'SHIP', 'TRUCK')), 0)
        AS "wide.line.ship_mode.accepted_values",
    coalesce(sum(n) FILTER (WHERE ship_mode !~ '^[A-Z]+( [A-Z]+)?$'), 0) AS "wide.line.ship_mode.matches",
    coalesce(sum(n) FILTER (WHERE ship_instruction::text !~ '^[A-Z ]+$'), 0) AS "wide.line.ship_instruction.matches",
    coalesce(sum(n) FILTER (WHERE length(return_flag) <> 1), 0) AS "wide.line.return_flag.length",
    coalesce(sum(n) FILTER (WHERE length(ship_instruction) NOT BETWEEN 4 AND 25), 0)
        AS "wide.line.ship_instruction.length",
    coalesce(sum(n) FILTER (WHERE length(ship_mode) NOT BETWEEN 3 AND 10), 0) AS "wide.line.ship_mode.length",
    sum(others) AS "all other conditions",
    extract(epoch FROM now() - max(newest)) AS "wide.line.fresh",
    sum(amount) / sum(n) AS "wide.line.metric.avg_price"
FROM (
    SELECT return_flag, line_status, ship_mode, ship_instruction,
        count(*) AS n, max(ship_date) AS newest, sum(price) AS amount,
        count(*) FILTER (WHERE (order_id IS NOT NULL AND product_id IS NOT NULL AND supplier_id IS NOT NULL
            AND line_number BETWEEN 1 AND 4 AND quantity BETWEEN 1 AND 50 AND price BETWEEN 900 AND 101000
            AND discount BETWEEN 0 AND 0.10 AND tax BETWEEN 0 AND 0.08
            AND ship_date BETWEEN '2024-01-01' AND '2024-12-31' AND commit_date BETWEEN '2024-01-01' AND '2024-12-31'
            AND receipt_date BETWEEN '2024-01-01' AND '2024-12-31' AND length(comment) BETWEEN 10 AND 60
            AND comment ~ '^[a-z]+ [a-z]+ [a-z]+ [a-z]+ no\. [0-9]+$') IS NOT TRUE) AS others
    FROM wide.line
    GROUP BY return_flag, line_status, ship_mode, ship_instruction
) AS combinations;

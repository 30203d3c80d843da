-- The best known to us, second of two sessions that run at once. As many different hashes as rows prove that no two
-- rows share a key; sorting numbers of eight bytes is much cheaper than grouping by the key. Fewer would prove nothing,
-- and the grouping would have to follow.
SET jit = off;
SET work_mem = '512MB';

SELECT count(*) = count(DISTINCT hashint8extended(order_id, hashint4extended(line_number, 0)))
    AS "wide.line.order_id_line_number.unique"
FROM wide.line;

SELECT count(*) AS "wide.line.order_id.references"
FROM wide.line AS l
WHERE order_id IS NOT NULL AND NOT EXISTS (SELECT FROM wide.orders AS o WHERE o.order_id = l.order_id);

SELECT count(DISTINCT product_id) AS "wide.line.product_id.distinct_count" FROM wide.line;

SELECT count(*) FILTER (WHERE b.id IS NULL) AS only_left, count(*) FILTER (WHERE a.id IS NULL) AS only_right,
    count(*) FILTER (WHERE a.id = b.id AND (a.at, a.customer, a.amount, a.score, a.status) IS DISTINCT FROM
        (b.at, b.customer, b.amount, b.score, b.status)) AS changed,
    count(*) FILTER (WHERE a.id = b.id AND a.amount IS DISTINCT FROM b.amount) AS amount,
    count(*) FILTER (WHERE a.id = b.id AND a.status IS DISTINCT FROM b.status) AS status
FROM orders_left AS a FULL JOIN orders_right AS b ON a.id = b.id;

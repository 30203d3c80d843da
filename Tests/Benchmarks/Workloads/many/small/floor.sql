SELECT count(*) AS "many.{table}.row_count",
    count(*) FILTER (WHERE id IS NULL) AS "many.{table}.id.not_null",
    count(*) FILTER (WHERE name IS NULL) AS "many.{table}.name.not_null",
    count(*) FILTER (WHERE quantity NOT BETWEEN 0 AND 100) AS "many.{table}.quantity.in_range"
FROM many.{table};
SELECT coalesce(sum(n) FILTER (WHERE n > 1), 0) AS "many.{table}.id.unique"
FROM (SELECT count(*) AS n FROM many.{table} GROUP BY id) AS ids;

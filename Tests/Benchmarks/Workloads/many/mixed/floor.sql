SELECT count(*) AS "many.{table}.row_count",
    count(*) FILTER (WHERE id IS NULL) AS "many.{table}.id.not_null",
    count(*) FILTER (WHERE code IS NULL) AS "many.{table}.code.not_null",
    count(*) FILTER (WHERE name IS NULL) AS "many.{table}.name.not_null",
    count(*) FILTER (WHERE quantity IS NULL) AS "many.{table}.quantity.not_null",
    count(*) FILTER (WHERE price IS NULL) AS "many.{table}.price.not_null",
    count(*) FILTER (WHERE day IS NULL) AS "many.{table}.day.not_null",
    count(*) FILTER (WHERE flag IS NULL) AS "many.{table}.flag.not_null",
    count(*) FILTER (WHERE note IS NULL) AS "many.{table}.note.not_null",
    count(*) FILTER (WHERE parent IS NULL) AS "many.{table}.parent.not_null",
    count(*) FILTER (WHERE noted_at IS NULL) AS "many.{table}.noted_at.not_null",
    count(*) FILTER (WHERE id < 1) AS "many.{table}.id.in_range",
    count(*) FILTER (WHERE quantity NOT BETWEEN 1 AND 50) AS "many.{table}.quantity.in_range",
    count(*) FILTER (WHERE price NOT BETWEEN 1 AND 101) AS "many.{table}.price.in_range",
    count(*) FILTER (WHERE day NOT BETWEEN '2024-01-01' AND '2024-12-31') AS "many.{table}.day.in_range",
    count(*) FILTER (WHERE parent < 1) AS "many.{table}.parent.in_range",
    count(*) FILTER (WHERE length(code) NOT BETWEEN 6 AND 20) AS "many.{table}.code.length",
    count(*) FILTER (WHERE length(name) NOT BETWEEN 3 AND 5) AS "many.{table}.name.length",
    count(*) FILTER (WHERE length(flag) <> 1) AS "many.{table}.flag.length",
    count(*) FILTER (WHERE length(note) NOT BETWEEN 10 AND 20) AS "many.{table}.note.length"
FROM many.{table};
SELECT coalesce(sum(n) FILTER (WHERE n > 1), 0) AS "many.{table}.id.unique"
FROM (SELECT count(*) AS n FROM many.{table} GROUP BY id) AS ids;
SELECT count(*) AS "many.{table}.name.distinct_count" FROM (SELECT FROM many.{table} GROUP BY name) AS g;
SELECT count(*) AS "many.{table}.quantity.distinct_count" FROM (SELECT FROM many.{table} GROUP BY quantity) AS g;
SELECT count(*) AS "many.{table}.day.distinct_count" FROM (SELECT FROM many.{table} GROUP BY day) AS g;
SELECT count(*) AS "many.{table}.flag.distinct_count" FROM (SELECT FROM many.{table} GROUP BY flag) AS g;

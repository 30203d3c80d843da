-- Failing rows that only one side has, or has differently.
WITH recorded AS (
    SELECT check_id, key, row, (SELECT array_agg(v ORDER BY v) FROM unnest(violated) AS v) AS violated
    FROM assay.failing_row
), floor AS (
    SELECT check_id, key, row, (SELECT array_agg(v ORDER BY v) FROM unnest(violated) AS v) AS violated
    FROM floor.failing_row
)
SELECT (SELECT count(*) FROM (TABLE recorded EXCEPT ALL TABLE floor) AS missing)
    + (SELECT count(*) FROM (TABLE floor EXCEPT ALL TABLE recorded) AS extra);

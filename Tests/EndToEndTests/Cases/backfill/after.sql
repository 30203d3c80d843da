SELECT r.trigger, count(DISTINCT r.run_id), count(*), count(*) FILTER (WHERE m.outcome = 'fail'), min(r.window_from), max(r.window_to)
FROM assay.run AS r JOIN assay.measurement AS m USING (run_id) GROUP BY 1
UNION ALL
SELECT 'rows', count(DISTINCT run_id), count(*), count(*) FILTER (WHERE (row ->> 'at')::timestamptz >= r.window_from AND (row ->> 'at')::timestamptz < r.window_to), NULL, NULL
FROM assay.failing_row JOIN assay.run AS r USING (run_id)

SELECT 'feedback', check_id, mark, reason, actor, role FROM assay.feedback
UNION ALL
SELECT 'relation', dataset, jsonb_array_length(body -> 'columns')::text, body ->> 'primary_key', target, NULL FROM assay.relation_version
UNION ALL
SELECT 'measured', check_id, count(metric)::text, count(expected)::text, count(histogram)::text, NULL FROM assay.measurement
WHERE kind IN ('change', 'anomaly', 'psi') GROUP BY check_id
ORDER BY 1, 2, 3

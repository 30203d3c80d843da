-- The newest thirty of each check that has a definition, each found by the index; nothing else is read.
SELECT m.check_id, m.outcome, m.failing, m.total, m.value, (extract(epoch FROM m.observed_at) * 1000000)::int8,
    m.trigger, m.run_id
FROM (SELECT DISTINCT check_id FROM assay.definition WHERE check_id LIKE '{pattern}') AS d
CROSS JOIN LATERAL (
    SELECT * FROM assay.sli AS s WHERE s.check_id = d.check_id ORDER BY s.observed_at DESC LIMIT 30
) AS m
ORDER BY m.check_id, m.observed_at;

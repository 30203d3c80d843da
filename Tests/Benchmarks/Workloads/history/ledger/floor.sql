-- The query of `assay history`, in Sources/Results/History.swift.
SELECT check_id, outcome, failing, total, value, (extract(epoch FROM observed_at) * 1000000)::pg_catalog.int8,
    trigger, run_id
FROM (
    SELECT *, row_number() OVER (PARTITION BY check_id ORDER BY observed_at DESC) AS age
    FROM assay.sli
    WHERE check_id LIKE '{pattern}'
) AS ranked
WHERE age <= 30
ORDER BY check_id, observed_at;

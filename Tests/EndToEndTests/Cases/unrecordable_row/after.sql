SELECT check_id, outcome, failing, rows_kept, rows_complete, (SELECT count(*) FROM assay.failing_row) FROM assay.measurement ORDER BY 1

SELECT state, exit_code, count(*) FROM assay.run_status GROUP BY 1, 2

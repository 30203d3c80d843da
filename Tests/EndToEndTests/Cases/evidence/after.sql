SELECT count(*), sum(rows_kept), (SELECT count(*) FROM assay.failing_row) FROM assay.measurement

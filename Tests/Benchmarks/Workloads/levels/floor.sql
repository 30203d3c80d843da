-- What the month came to, from the measurements: the least that a report without roll-ups would read.
SELECT count(*) FILTER (WHERE outcome = 'pass'), count(*)
FROM assay.measurement
WHERE observed_at >= timestamptz '2026-10-01 00:00+00' AND observed_at < timestamptz '2026-11-01 00:00+00';

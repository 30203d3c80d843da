-- {runs} hourly runs of 1,000 checks, straight into the ledger. Foreign keys hold by construction and are not looked at.
SET session_replication_role = replica;

SELECT count(assay.ensure_month(month))
FROM generate_series(
    timestamptz '2024-01-01 00:00+00', timestamptz '2024-01-01 00:00+00' + {runs} * interval '1 hour', '1 month'
) AS month;

INSERT INTO assay.definition (check_id, sha256, body)
SELECT 'history.t' || n / 10 || '.c' || n % 10, encode(sha256(n::text::bytea), 'hex'), '{}'
FROM generate_series(0, 999) AS n
ORDER BY n;

INSERT INTO assay.run (run_id, target, server, database, role, trigger, snapshot, observed_at, assay_version,
    definitions_sha256)
SELECT md5('run ' || n)::uuid, 'warehouse', 'PostgreSQL', 'history', 'postgres', 'scheduled', 'run',
    timestamptz '2024-01-01 00:00+00' + n * interval '1 hour', '0', ''
FROM generate_series(1, {runs}) AS n;

INSERT INTO assay.measurement (run_id, check_id, definition_id, dataset, kind, columns, outcome, severity, dimension,
    tags, failing, good, total, threshold, rows_kept, duration_ms, trigger, observed_at, finished_at)
SELECT r.run_id, d.check_id, d.id, split_part(d.check_id, '.c', 1), 'not_null', ARRAY['c'],
    CASE WHEN failing > 0 THEN 'fail' ELSE 'pass' END, 'next_business_day', 'validity',
    '{}', failing, 100000 - failing, 100000, 'count > 0', failing, 1.5, 'scheduled', r.observed_at, r.observed_at
FROM assay.run AS r
CROSS JOIN assay.definition AS d
CROSS JOIN LATERAL (SELECT greatest(0, (hashtextextended(d.check_id, extract(hour FROM r.observed_at)::int) % 50) - 45)
    AS failing) AS planted
ORDER BY r.observed_at, d.id;

VACUUM (ANALYZE) assay.definition, assay.run, assay.measurement;

-- {days} days of 1,000 checks every quarter of an hour, straight into the ledger, to the end of October 2026. Foreign keys hold
-- by construction and are not looked at. A check fails for an hour about four times a year.
SET session_replication_role = replica;

SELECT count(assay.ensure_month(month))
FROM generate_series(
    date_trunc('month', timestamptz '2026-11-01 00:00+00' - {days} * interval '1 day'), timestamptz '2026-10-31 00:00+00', '1 month'
) AS month;

INSERT INTO assay.definition (check_id, sha256, body, recorded_at)
SELECT 'levels.t' || n / 10 || '.c' || n % 10 || '.not_null', encode(sha256(n::text::bytea), 'hex'), '{}', timestamptz '2025-01-01 00:00+00'
FROM generate_series(0, 999) AS n
ORDER BY n;

INSERT INTO assay.schedule_version (check_id, dataset, severity, owner, tags, schedule, valid_from, recorded_at)
SELECT d.check_id, substring(d.check_id FROM '^levels\.t\d+'), 'next_business_day', 'team' || d.id % 5, '{}', 'every 900 s, grace 300 s',
    timestamptz '2025-01-01 00:00+00', timestamptz '2025-01-01 00:00+00'
FROM assay.definition AS d;

INSERT INTO assay.run (run_id, target, server, database, role, trigger, slot, snapshot, observed_at, assay_version,
    definitions_sha256, recorded_at)
SELECT md5('run ' || slot)::uuid, 'warehouse', 'PostgreSQL', 'levels', 'postgres', 'scheduled', slot, 'run',
    slot + interval '2 seconds', '0', '', slot + interval '30 seconds'
FROM generate_series(
    timestamptz '2026-11-01 00:00+00' - {days} * interval '1 day', timestamptz '2026-10-31 23:45+00', '15 minutes') AS slot;

INSERT INTO assay.measurement (run_id, check_id, definition_id, dataset, kind, columns, outcome, severity, dimension,
    tags, failing, good, total, threshold, rows_kept, duration_ms, trigger, slot, observed_at, finished_at, recorded_at)
SELECT r.run_id, d.check_id, d.id, substring(d.check_id FROM '^levels\.t\d+'), 'not_null', ARRAY['c'],
    CASE WHEN failing > 0 THEN 'fail' ELSE 'pass' END, 'next_business_day', 'validity',
    '{}', failing, 100000 - failing, 100000, 'count > 0', 0, 1.5, 'scheduled', r.slot, r.observed_at,
    r.observed_at + interval '5 seconds', r.recorded_at
FROM assay.run AS r
CROSS JOIN assay.definition AS d
CROSS JOIN LATERAL (
    SELECT CASE WHEN abs(hashtextextended(d.check_id, (extract(epoch FROM r.slot) / 3600)::bigint) % 2000) = 0 THEN 7 ELSE 0 END AS failing
) AS planted;

INSERT INTO assay.rollup_mark (target, check_id, day)
SELECT 'warehouse', d.check_id, day::date
FROM generate_series(timestamp '2026-11-01' - {days} * interval '1 day', timestamp '2026-10-31', '1 day') AS day
CROSS JOIN assay.definition AS d;

VACUUM (ANALYZE);

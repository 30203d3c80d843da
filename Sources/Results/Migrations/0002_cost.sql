-- What each check costs: its share of the time that statements took on the server, rows fetched included.

ALTER TABLE :schema.measurement ADD COLUMN cost_ms double precision CHECK (cost_ms >= 0);

CREATE OR REPLACE VIEW :schema.sli AS
SELECT m.check_id, m.dataset, m.kind, m.outcome, m.severity, m.dimension, m.owner, m.tags,
    m.failing, m.good, m.total, m.value, m.threshold,
    m.trigger, m.slot, m.observed_at, m.finished_at, m.recorded_at, m.run_id, m.definition_id, m.cost_ms
FROM :schema.measurement AS m;

CREATE OR REPLACE VIEW :schema.latest AS
SELECT DISTINCT ON (s.check_id) s.*
FROM :schema.sli AS s
ORDER BY s.check_id, s.observed_at DESC;

CREATE VIEW :schema.cost AS
SELECT pg_catalog.date_trunc('day', s.observed_at, 'UTC') AS day, s.dataset, s.check_id,
    count(*) AS runs,
    sum(s.cost_ms) AS cost_ms
FROM :schema.sli AS s
WHERE s.cost_ms IS NOT NULL
GROUP BY 1, 2, 3;
COMMENT ON VIEW :schema.cost IS 'What audits cost: time on the server by day (UTC), dataset and check, in milliseconds.';

-- What came of each group of rows, of checks that judge them apart; NULL where they are judged as a whole.

ALTER TABLE :schema.measurement ADD COLUMN groups jsonb;

CREATE OR REPLACE VIEW :schema.sli AS
SELECT m.check_id, m.dataset, m.kind, m.outcome, m.severity, m.dimension, m.owner, m.tags,
    m.failing, m.good, m.total, m.value, m.threshold,
    m.trigger, m.slot, m.observed_at, m.finished_at, m.recorded_at, m.run_id, m.definition_id, m.cost_ms, m.estimate,
    m.groups
FROM :schema.measurement AS m;

CREATE OR REPLACE VIEW :schema.latest AS
SELECT DISTINCT ON (s.check_id) s.*
FROM :schema.sli AS s
ORDER BY s.check_id, s.observed_at DESC;

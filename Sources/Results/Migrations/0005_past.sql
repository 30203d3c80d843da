-- What later runs compare with: the number that a change or an anomaly was judged by, distributions of values, what
-- relations were, and what people say about measurements.

ALTER TABLE :schema.measurement
    ADD COLUMN metric numeric,
    ADD COLUMN expected jsonb,
    ADD COLUMN histogram jsonb;

CREATE TABLE :schema.feedback (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id uuid NOT NULL REFERENCES :schema.run,
    check_id text NOT NULL,
    mark text NOT NULL CHECK (mark IN ('expected', 'bad', 'withdrawn')),
    reason text,
    actor text NOT NULL,
    role text NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX feedback_run_id_check_id ON :schema.feedback (run_id, check_id);
COMMENT ON TABLE :schema.feedback IS 'What people say about measurements; of several about one the last one counts.';

CREATE TABLE :schema.relation_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text NOT NULL,
    dataset text NOT NULL,
    body jsonb NOT NULL,
    run_id uuid NOT NULL REFERENCES :schema.run,
    observed_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX relation_version_target_dataset ON :schema.relation_version (target, dataset, observed_at DESC, id DESC);
COMMENT ON TABLE :schema.relation_version IS
    'What a dataset''s relation was: a row for the first run that saw it, and for each that saw something else than the one before.';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.feedback
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.relation_version
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.feedback
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.relation_version
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();

CREATE OR REPLACE VIEW :schema.sli AS
SELECT m.check_id, m.dataset, m.kind, m.outcome, m.severity, m.dimension, m.owner, m.tags,
    m.failing, m.good, m.total, m.value, m.threshold,
    m.trigger, m.slot, m.observed_at, m.finished_at, m.recorded_at, m.run_id, m.definition_id, m.cost_ms, m.estimate,
    m.groups, m.metric, m.expected
FROM :schema.measurement AS m;

CREATE OR REPLACE VIEW :schema.latest AS
SELECT DISTINCT ON (s.check_id) s.*
FROM :schema.sli AS s
ORDER BY s.check_id, s.observed_at DESC;

-- Who may record may record these, too.
DO $$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END
        FROM pg_catalog.pg_class AS c CROSS JOIN pg_catalog.aclexplode(c.relacl) AS a
        WHERE c.oid = ':schema.measurement'::regclass AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner
    LOOP
        EXECUTE pg_catalog.format('GRANT SELECT, INSERT ON :schema.relation_version TO %s', grantee);
        EXECUTE pg_catalog.format('GRANT SELECT ON :schema.feedback TO %s', grantee);
    END LOOP;
END
$$;

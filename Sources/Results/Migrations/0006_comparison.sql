-- Comparisons: what two relations, or a challenger and a champion, came to.

CREATE TABLE :schema.comparison (
    comparison_id uuid PRIMARY KEY,
    name text NOT NULL,
    task text NOT NULL,
    definition_sha256 text NOT NULL CHECK (definition_sha256 ~ '^[0-9a-f]{64}$'),
    definition jsonb NOT NULL,
    champion_version text,
    challenger_version text,
    verdict text NOT NULL
        CHECK (verdict IN ('same', 'different', 'incomplete', 'promote', 'hold', 'reject', 'inconclusive')),
    reasons text[] NOT NULL,
    look integer NOT NULL CHECK (look > 0),
    body jsonb NOT NULL,
    sample jsonb NOT NULL,
    assay_version text NOT NULL,
    project_revision text,
    host text,
    role text NOT NULL DEFAULT session_user,
    observed_at timestamptz,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX comparison_name ON :schema.comparison (name, recorded_at DESC);
CREATE INDEX comparison_definition ON :schema.comparison (definition_sha256);
COMMENT ON TABLE :schema.comparison IS 'What one comparison came to; of several challengers one row for each.';
COMMENT ON COLUMN :schema.comparison.look IS 'How often this definition has been compared, this time included.';
COMMENT ON COLUMN :schema.comparison.sample IS 'Some differing rows, personal columns masked before they came here.';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.comparison
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.comparison
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();

CREATE VIEW :schema.comparison_metric AS
SELECT c.name, c.champion_version, c.challenger_version, c.verdict, c.look, c.observed_at, c.recorded_at, c.comparison_id,
    m.metric, m.slice, m.n, m.champion, m.challenger, m.difference, m.low, m.high, m.test, m.p_value, m.p_adjusted
FROM :schema.comparison AS c
CROSS JOIN LATERAL jsonb_to_recordset(c.body -> 'metrics') AS m (
    metric text, slice jsonb, n bigint, champion double precision, challenger double precision,
    difference double precision, low double precision, high double precision, test text, p_value double precision,
    p_adjusted double precision
)
WHERE c.task <> 'diff';
COMMENT ON VIEW :schema.comparison_metric IS 'Every metric of every comparison of models: the models over time.';

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
        EXECUTE pg_catalog.format('GRANT SELECT, INSERT ON :schema.comparison TO %s', grantee);
        EXECUTE pg_catalog.format('GRANT SELECT ON :schema.comparison_metric TO %s', grantee);
    END LOOP;
END
$$;

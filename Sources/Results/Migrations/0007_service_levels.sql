-- Service levels: when checks were due, and what does not count.

CREATE TABLE :schema.schedule_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    check_id text NOT NULL,
    dataset text NOT NULL,
    severity text NOT NULL,
    owner text,
    tags text[] NOT NULL,
    schedule text,
    valid_from timestamptz NOT NULL,
    role text NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX schedule_version_check_id ON :schema.schedule_version (check_id, id DESC);
COMMENT ON TABLE :schema.schedule_version IS
    'When a check is due, from an instant on; a row for the first run that knew it, and for each that knew something else.';
COMMENT ON COLUMN :schema.schedule_version.schedule IS 'NULL: nothing is due any more.';

CREATE TABLE :schema.exclusion (
    exclusion_id uuid PRIMARY KEY,
    scope text NOT NULL,
    window_from timestamptz NOT NULL,
    window_to timestamptz NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    ticket text,
    requested_by text NOT NULL CHECK (requested_by <> ''),
    role text NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (window_from < window_to)
);
COMMENT ON TABLE :schema.exclusion IS 'Time that somebody asks to leave out; it is left out only where somebody else approved.';

CREATE TABLE :schema.exclusion_decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    exclusion_id uuid NOT NULL REFERENCES :schema.exclusion,
    decision text NOT NULL CHECK (decision IN ('approved', 'rejected', 'withdrawn')),
    actor text NOT NULL CHECK (actor <> ''),
    reason text,
    role text NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX exclusion_decision_exclusion_id ON :schema.exclusion_decision (exclusion_id, id DESC);
COMMENT ON TABLE :schema.exclusion_decision IS 'What became of it; of several decisions the last one counts.';

-- Whoever asks does not approve.
CREATE FUNCTION :schema.refuse_own_approval() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF NEW.decision = 'approved' AND EXISTS (
        SELECT FROM :schema.exclusion AS e WHERE e.exclusion_id = NEW.exclusion_id AND e.requested_by = NEW.actor
    ) THEN
        RAISE EXCEPTION '% asked for this exclusion and cannot approve it', NEW.actor
            USING ERRCODE = 'restrict_violation', HINT = 'Somebody else has to.';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER refuse_own_approval BEFORE INSERT ON :schema.exclusion_decision
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_own_approval();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.schedule_version
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.exclusion
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.exclusion_decision
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.schedule_version
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.exclusion
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.exclusion_decision
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();

-- Who may record may record when checks are due; exclusions are asked for and approved by people.
DO $$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END
        FROM pg_catalog.pg_class AS c CROSS JOIN pg_catalog.aclexplode(c.relacl) AS a
        WHERE c.oid = ':schema.measurement'::regclass AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner
    LOOP
        EXECUTE pg_catalog.format('GRANT SELECT, INSERT ON :schema.schedule_version TO %s', grantee);
        EXECUTE pg_catalog.format('GRANT SELECT ON :schema.exclusion, :schema.exclusion_decision TO %s', grantee);
    END LOOP;
END
$$;

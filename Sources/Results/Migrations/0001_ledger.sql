-- The ledger: definitions, runs, measurements and failing rows.
--
-- Facts are only ever added. Two clocks: observed_at is the instant of the snapshot the data were seen in, recorded_at
-- is set by this server. measurement and failing_row are partitioned by month of observed_at; ensure_month makes the
-- partitions, as the owner of the schema, so that the role that records needs no right to create tables.
--
-- :schema stands for the schema's name. Everything is addressed with it; nothing depends on the search path.

CREATE TABLE :schema.definition (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    check_id text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    body jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (check_id, sha256)
);
COMMENT ON TABLE :schema.definition IS 'What a check asked, one row per version; a change of the text is a new row.';

CREATE TABLE :schema.run (
    run_id uuid PRIMARY KEY,
    target text NOT NULL,
    server text NOT NULL,
    database text NOT NULL,
    role text NOT NULL,
    trigger text NOT NULL CHECK (trigger IN ('manual', 'scheduled', 'retry', 'backfill')),
    slot timestamptz,
    window_from timestamptz,
    window_to timestamptz,
    snapshot text NOT NULL CHECK (snapshot IN ('run', 'dataset', 'none')),
    observed_at timestamptz NOT NULL,
    assay_version text NOT NULL,
    project_revision text,
    definitions_sha256 text NOT NULL,
    host text,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (window_from < window_to)
);
COMMENT ON TABLE :schema.run IS 'One execution of a selection of checks on a target, written when it starts.';

-- The only table whose rows change: a running run renews its lease here, and removes it when it ends.
CREATE TABLE :schema.run_lease (
    run_id uuid PRIMARY KEY REFERENCES :schema.run,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE :schema.run_lease IS 'Runs that say they are alive, by this server''s clock.';

CREATE TABLE :schema.run_end (
    run_id uuid PRIMARY KEY REFERENCES :schema.run,
    state text NOT NULL CHECK (state IN ('finished', 'cancelled', 'abandoned')),
    exit_code integer,
    duration interval,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE :schema.run_end IS 'How a run ended. A run without a row here is running, or died and will be marked.';

CREATE TABLE :schema.measurement (
    run_id uuid NOT NULL REFERENCES :schema.run,
    check_id text NOT NULL,
    definition_id bigint NOT NULL REFERENCES :schema.definition,
    dataset text NOT NULL,
    kind text NOT NULL,
    columns text[] NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('pass', 'warn', 'fail', 'error', 'skip')),
    severity text NOT NULL,
    dimension text NOT NULL,
    owner text,
    tags text[] NOT NULL,
    failing bigint CHECK (failing >= 0),
    good bigint CHECK (good >= 0),
    total bigint CHECK (total >= 0),
    value numeric,
    threshold text,
    proved_by text,
    reason text,
    error jsonb,
    rows_kept bigint NOT NULL DEFAULT 0,
    rows_complete boolean NOT NULL DEFAULT true,
    duration_ms double precision,
    trigger text NOT NULL,
    slot timestamptz,
    observed_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (run_id, check_id, observed_at),
    CHECK (good <= total)
) PARTITION BY RANGE (observed_at);
CREATE INDEX measurement_check_id_observed_at ON :schema.measurement (check_id, observed_at DESC);
CREATE INDEX measurement_observed_at ON :schema.measurement USING brin (observed_at);
COMMENT ON TABLE :schema.measurement IS 'What one check came to in one run.';

CREATE TABLE :schema.failing_row (
    run_id uuid NOT NULL,
    check_id text NOT NULL,
    ordinal bigint NOT NULL CHECK (ordinal > 0),
    key jsonb,
    row jsonb NOT NULL,
    violated text[] NOT NULL,
    observed_at timestamptz NOT NULL,
    PRIMARY KEY (run_id, check_id, ordinal, observed_at)
) PARTITION BY RANGE (observed_at);
COMMENT ON TABLE :schema.failing_row IS 'Whole rows that failed, personal columns masked before they came here.';

CREATE FUNCTION :schema.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation',
            HINT = 'Old months leave by DETACH PARTITION, by hand and by the owner of the schema.';
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.definition
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.run
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.run_end
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
-- Row triggers on the partitioned parent are cloned to each partition; a statement trigger would be passed by.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.measurement
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.failing_row
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.definition
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.run
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.run_end
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();

-- Makes the partitions for the month of an instant, if they are not there.
CREATE FUNCTION :schema.ensure_month(instant timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' AS $$
DECLARE
    month_start timestamptz := pg_catalog.date_trunc('month', instant);
    month_end timestamptz := month_start + interval '1 month';
    parent text;
    part text;
BEGIN
    -- Who records may make partitions for what was observed, not fill the catalog.
    IF instant NOT BETWEEN pg_catalog.now() - interval '20 years' AND pg_catalog.now() + interval '1 day' THEN
        RAISE EXCEPTION 'no data was observed at %', instant USING ERRCODE = 'datetime_field_overflow';
    END IF;
    FOREACH parent IN ARRAY ARRAY['measurement', 'failing_row'] LOOP
        part := parent || pg_catalog.to_char(month_start, '"_"YYYY"_"MM');
        CONTINUE WHEN EXISTS (
            SELECT FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = :'schema' AND c.relname = part
        );
        -- Two first runs of a month must not make the same partition at once.
        PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('assay ensure_month ' || :'schema', 0));
        CONTINUE WHEN EXISTS (
            SELECT FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = :'schema' AND c.relname = part
        );
        EXECUTE pg_catalog.format(
            'CREATE TABLE %I.%I PARTITION OF %I.%I FOR VALUES FROM (%L) TO (%L)',
            :'schema', part, :'schema', parent, month_start, month_end);
        EXECUTE pg_catalog.format(
            'CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I.%I FOR EACH STATEMENT EXECUTE FUNCTION %I.refuse_change()',
            :'schema', part, :'schema');
    END LOOP;
END
$$;

-- Marks runs whose lease is over. Any role that records may call it, before it starts a run of its own.
CREATE FUNCTION :schema.mark_abandoned() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    marked integer;
BEGIN
    WITH over AS (
        DELETE FROM :schema.run_lease AS l
        WHERE l.expires_at < pg_catalog.clock_timestamp()
        RETURNING l.run_id
    )
    INSERT INTO :schema.run_end (run_id, state)
    SELECT over.run_id, 'abandoned' FROM over
    ON CONFLICT (run_id) DO NOTHING;
    GET DIAGNOSTICS marked = ROW_COUNT;
    RETURN marked;
END
$$;

REVOKE EXECUTE ON FUNCTION :schema.ensure_month(timestamptz), :schema.mark_abandoned() FROM PUBLIC;

-- Views are what dashboards may rely on; tables may change with a migration.
CREATE VIEW :schema.run_status AS
SELECT r.run_id, r.target, r.server, r.trigger, r.slot, r.observed_at,
    r.recorded_at AS started_at,
    e.recorded_at AS ended_at,
    coalesce(e.state, CASE WHEN l.expires_at >= clock_timestamp() THEN 'running' ELSE 'abandoned' END) AS state,
    e.exit_code,
    e.duration
FROM :schema.run AS r
LEFT JOIN :schema.run_end AS e USING (run_id)
LEFT JOIN :schema.run_lease AS l USING (run_id);
COMMENT ON VIEW :schema.run_status IS 'Runs with their state: running, finished, cancelled or abandoned.';

CREATE VIEW :schema.sli AS
SELECT m.check_id, m.dataset, m.kind, m.outcome, m.severity, m.dimension, m.owner, m.tags,
    m.failing, m.good, m.total, m.value, m.threshold,
    m.trigger, m.slot, m.observed_at, m.finished_at, m.recorded_at, m.run_id, m.definition_id
FROM :schema.measurement AS m;
COMMENT ON VIEW :schema.sli IS 'Every measurement: the history of each check''s service level indicator.';

CREATE VIEW :schema.latest AS
SELECT DISTINCT ON (s.check_id) s.*
FROM :schema.sli AS s
ORDER BY s.check_id, s.observed_at DESC;
COMMENT ON VIEW :schema.latest IS 'The newest measurement of each check.';

-- Roll-ups: results of a day that say the same, in a row, as one; what service levels are judged by without reading every
-- measurement. And what people do about incidents, and what agreements said when.

-- Derived, and made again wherever something was added: a mark says what has to be. Instants and lengths are microseconds.
CREATE TABLE :schema.rollup (
    target text NOT NULL,
    check_id text NOT NULL,
    day date NOT NULL,
    ordinal integer NOT NULL,
    outcome text NOT NULL,
    trigger text NOT NULL,
    slot bigint,
    step bigint NOT NULL,
    results bigint NOT NULL,
    first_observed bigint NOT NULL,
    last_observed bigint NOT NULL,
    first_finished bigint NOT NULL,
    least_lag bigint NOT NULL,
    most_lag bigint NOT NULL,
    last_recorded bigint NOT NULL,
    has_rows boolean NOT NULL,
    PRIMARY KEY (target, check_id, day, ordinal)
) WITH (fillfactor = 80);
CREATE INDEX rollup_target_day ON :schema.rollup (target, day);
COMMENT ON TABLE :schema.rollup IS 'Measurements of a check on a day (UTC) as runs of results that say the same; derived from measurement.';
COMMENT ON COLUMN :schema.rollup.last_recorded IS 'When the last measurement of the run of results became known.';

-- Counts of rows are read by few objectives, and not in the way of the others.
CREATE TABLE :schema.rollup_rows (
    target text NOT NULL,
    check_id text NOT NULL,
    day date NOT NULL,
    ordinal integer NOT NULL,
    good bigint[] NOT NULL,
    total bigint[] NOT NULL,
    PRIMARY KEY (target, check_id, day, ordinal)
);
COMMENT ON TABLE :schema.rollup_rows IS 'Rows of the results of a roll-up; while the day goes on there are fewer than results.';

CREATE TABLE :schema.rollup_mark (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text NOT NULL,
    check_id text NOT NULL,
    day date NOT NULL
);
COMMENT ON TABLE :schema.rollup_mark IS 'Days of which something was recorded that their roll-up does not have yet.';

CREATE INDEX rollup_mark_check_id_day ON :schema.rollup_mark (check_id, day);

-- A result that goes on where the last run of its day ends makes that longer. Whatever else comes marks its day, and the first
-- result of a day marks the day before, too, so that it gets the counts of its rows. Nothing waits for a lock here.
CREATE FUNCTION :schema.mark_rollup() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    -- Where a transaction has one snapshot, a row that somebody else changed since is an error and not skipped.
    IF pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN
        INSERT INTO :schema.rollup_mark (target, check_id, day)
        SELECT DISTINCT r.target, a.check_id, (a.observed_at AT TIME ZONE 'UTC')::pg_catalog.date
        FROM added AS a JOIN :schema.run AS r USING (run_id);
        RETURN NULL;
    END IF;
    WITH seen AS (
        SELECT r.target, a.check_id, (a.observed_at AT TIME ZONE 'UTC')::pg_catalog.date AS day, a.outcome, a.trigger,
            (extract(epoch FROM a.slot) * 1000000)::pg_catalog.int8 AS slot,
            (extract(epoch FROM a.observed_at) * 1000000)::pg_catalog.int8 AS observed,
            (extract(epoch FROM a.finished_at) * 1000000)::pg_catalog.int8 AS finished,
            (extract(epoch FROM a.recorded_at) * 1000000)::pg_catalog.int8 AS recorded,
            a.good IS NOT NULL AND a.total IS NOT NULL AS has_rows,
            count(*) OVER (PARTITION BY r.target, a.check_id, (a.observed_at AT TIME ZONE 'UTC')::pg_catalog.date) AS results
        FROM added AS a JOIN :schema.run AS r USING (run_id)
    ), going_on AS (
        SELECT l.target, l.check_id, l.day, l.ordinal, s.observed, s.recorded,
            CASE WHEN s.slot IS NULL THEN 0 ELSE (s.slot - l.slot) / l.results END AS step,
            s.finished - coalesce(s.slot, s.observed) AS lag
        FROM seen AS s JOIN :schema.rollup AS l ON l.target = s.target AND l.check_id = s.check_id AND l.day = s.day
        WHERE s.results = 1 AND l.outcome = s.outcome AND l.trigger = s.trigger AND l.has_rows = s.has_rows
            AND s.observed > l.last_observed
            AND l.ordinal = (
                SELECT pg_catalog.max(x.ordinal) FROM :schema.rollup AS x
                WHERE x.target = l.target AND x.check_id = l.check_id AND x.day = l.day
            )
            AND CASE WHEN l.trigger IN ('scheduled', 'retry')
                THEN s.slot > l.slot AND (l.results = 1 OR s.slot = l.slot + l.results * l.step)
                ELSE s.slot IS NULL AND l.slot IS NULL END
            AND NOT EXISTS (
                SELECT FROM :schema.rollup_mark AS m WHERE m.check_id = s.check_id AND m.day = s.day AND m.target = s.target
            )
        FOR UPDATE OF l SKIP LOCKED
    ), extended AS (
        UPDATE :schema.rollup AS l
        SET results = l.results + 1, step = g.step, last_observed = g.observed, least_lag = LEAST(l.least_lag, g.lag),
            most_lag = GREATEST(l.most_lag, g.lag), last_recorded = GREATEST(l.last_recorded, g.recorded)
        FROM going_on AS g
        WHERE l.target = g.target AND l.check_id = g.check_id AND l.day = g.day AND l.ordinal = g.ordinal
        RETURNING l.target, l.check_id, l.day
    ), other AS (
        SELECT target, check_id, day FROM seen EXCEPT SELECT target, check_id, day FROM extended
    )
    INSERT INTO :schema.rollup_mark (target, check_id, day)
    SELECT target, check_id, day FROM other
    UNION
    SELECT o.target, o.check_id, o.day - 1 FROM other AS o
    WHERE NOT EXISTS (
            SELECT FROM :schema.rollup AS l WHERE l.target = o.target AND l.check_id = o.check_id AND l.day = o.day
        ) AND EXISTS (
            SELECT FROM :schema.rollup AS l
            WHERE l.target = o.target AND l.check_id = o.check_id AND l.day = o.day - 1 AND l.has_rows
                AND NOT EXISTS (
                    SELECT FROM :schema.rollup_rows AS w
                    WHERE w.target = l.target AND w.check_id = l.check_id AND w.day = l.day AND w.ordinal = l.ordinal
                        AND pg_catalog.cardinality(w.good) = l.results
                )
        );
    RETURN NULL;
END
$$;
CREATE TRIGGER mark_rollup AFTER INSERT ON :schema.measurement REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.mark_rollup();

-- Makes the roll-ups of marked days. One session at a time; the others leave it to that one.
--
-- A mark is taken in the snapshot that the measurements are read in: what comes later has a mark of its own.
CREATE FUNCTION :schema.roll_up(most integer DEFAULT 5000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET TimeZone = 'UTC' SET jit = off SET work_mem = '64MB' AS $$
DECLARE
    marks bigint[];
BEGIN
    IF NOT pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('assay roll_up ' || :'schema', 0)) THEN
        RETURN 0;
    END IF;
    SELECT pg_catalog.array_agg(m.id) INTO marks
    FROM (SELECT id FROM :schema.rollup_mark ORDER BY id LIMIT most) AS m;
    IF marks IS NULL THEN
        RETURN 0;
    END IF;
    DELETE FROM :schema.rollup AS r
    USING (SELECT DISTINCT m.target, m.check_id, m.day FROM :schema.rollup_mark AS m WHERE m.id = ANY (marks)) AS d
    WHERE r.target = d.target AND r.check_id = d.check_id AND r.day = d.day;
    DELETE FROM :schema.rollup_rows AS r
    USING (SELECT DISTINCT m.target, m.check_id, m.day FROM :schema.rollup_mark AS m WHERE m.id = ANY (marks)) AS d
    WHERE r.target = d.target AND r.check_id = d.check_id AND r.day = d.day;
    WITH taken AS (
        DELETE FROM :schema.rollup_mark AS m WHERE m.id = ANY (marks) RETURNING m.target, m.check_id, m.day
    ), seen AS (
        SELECT d.target, d.check_id, d.day, m.outcome, m.trigger, m.trigger IN ('scheduled', 'retry') AS is_planned,
            (extract(epoch FROM m.slot) * 1000000)::pg_catalog.int8 AS slot,
            (extract(epoch FROM m.observed_at) * 1000000)::pg_catalog.int8 AS observed,
            (extract(epoch FROM m.finished_at) * 1000000)::pg_catalog.int8 AS finished,
            (extract(epoch FROM m.recorded_at) * 1000000)::pg_catalog.int8 AS recorded,
            m.good, m.total, m.good IS NOT NULL AND m.total IS NOT NULL AS has_rows, m.run_id
        FROM (SELECT DISTINCT * FROM taken) AS d
        CROSS JOIN LATERAL (
            -- By the index, a day at a time: the planner cannot know how few of all measurements these are.
            SELECT * FROM :schema.measurement AS m
            WHERE m.check_id = d.check_id AND m.observed_at >= d.day::pg_catalog.timestamptz
                AND m.observed_at < (d.day + 1)::pg_catalog.timestamptz
            OFFSET 0
        ) AS m
        JOIN :schema.run AS r ON r.run_id = m.run_id AND r.target = d.target
    ), spaced AS (
        SELECT *, pg_catalog.row_number() OVER w AS n, CASE WHEN is_planned THEN slot - pg_catalog.lag(slot) OVER w END AS step
        FROM seen WINDOW w AS (PARTITION BY target, check_id, day ORDER BY observed, recorded, run_id)
    ), parted AS (
        SELECT *, CASE WHEN pg_catalog.lag(outcome) OVER w = outcome AND pg_catalog.lag(trigger) OVER w = trigger
                AND pg_catalog.lag(has_rows) OVER w = has_rows
                AND (NOT is_planned OR (step > 0 AND coalesce(pg_catalog.lag(step) OVER w, step) = step))
            THEN 0 ELSE 1 END AS is_first
        FROM spaced WINDOW w AS (PARTITION BY target, check_id, day ORDER BY n)
    ), numbered AS (
        SELECT *, pg_catalog.sum(is_first) OVER (PARTITION BY target, check_id, day ORDER BY n) AS ordinal FROM parted
    ), runs AS (
        SELECT target, check_id, day, ordinal, outcome, trigger, pg_catalog.min(slot) AS slot,
            CASE WHEN is_planned AND count(*) > 1 THEN (pg_catalog.max(slot) - pg_catalog.min(slot)) / (count(*) - 1) ELSE 0 END AS step,
            count(*) AS results, pg_catalog.min(observed) AS first_observed, pg_catalog.max(observed) AS last_observed,
            (pg_catalog.array_agg(finished ORDER BY n))[1] AS first_finished,
            pg_catalog.min(finished - coalesce(slot, observed)) AS least_lag,
            pg_catalog.max(finished - coalesce(slot, observed)) AS most_lag, pg_catalog.max(recorded) AS last_recorded, has_rows,
            pg_catalog.array_agg(good ORDER BY n) FILTER (WHERE has_rows) AS good,
            pg_catalog.array_agg(total ORDER BY n) FILTER (WHERE has_rows) AS total
        FROM numbered
        GROUP BY target, check_id, day, ordinal, outcome, trigger, is_planned, has_rows
    ), made AS (
        INSERT INTO :schema.rollup (target, check_id, day, ordinal, outcome, trigger, slot, step, results, first_observed,
            last_observed, first_finished, least_lag, most_lag, last_recorded, has_rows)
        SELECT target, check_id, day, ordinal, outcome, trigger, slot, step, results, first_observed, last_observed,
            first_finished, least_lag, most_lag, last_recorded, has_rows
        FROM runs
    )
    INSERT INTO :schema.rollup_rows (target, check_id, day, ordinal, good, total)
    SELECT target, check_id, day, ordinal, good, total FROM runs WHERE has_rows;
    RETURN pg_catalog.cardinality(marks);
END
$$;
REVOKE EXECUTE ON FUNCTION :schema.mark_rollup(), :schema.roll_up(integer) FROM PUBLIC;

-- What is there already.
INSERT INTO :schema.rollup_mark (target, check_id, day)
SELECT DISTINCT r.target, m.check_id, (m.observed_at AT TIME ZONE 'UTC')::pg_catalog.date
FROM :schema.measurement AS m JOIN :schema.run AS r USING (run_id);

CREATE TABLE :schema.incident_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    target text NOT NULL,
    check_id text NOT NULL,
    first_bad timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind IN ('notified', 'acknowledged', 'resolved', 'noted', 'postmortem')),
    actor text NOT NULL CHECK (actor <> ''),
    reason text,
    link text,
    impact_started_at timestamptz,
    role text NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (kind IN ('notified', 'acknowledged') OR reason IS NOT NULL OR link IS NOT NULL)
);
CREATE INDEX incident_event_check_id ON :schema.incident_event (target, check_id, first_bad);
COMMENT ON TABLE :schema.incident_event IS 'What people did and said about a time in which a check failed, by when that began.';

CREATE TABLE :schema.agreement_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    body jsonb NOT NULL,
    valid_from timestamptz NOT NULL,
    project_revision text,
    role text NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX agreement_version_name ON :schema.agreement_version (name, id DESC);
COMMENT ON TABLE :schema.agreement_version IS
    'What was promised from an instant on, and about which checks; a row for the first run that knew it, and for each change.';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.incident_event
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON :schema.agreement_version
    FOR EACH ROW EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.incident_event
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON :schema.agreement_version
    FOR EACH STATEMENT EXECUTE FUNCTION :schema.refuse_change();

-- Who may record may roll up, and record what agreements say; incidents are for people.
DO $$
DECLARE
    grantee text;
BEGIN
    FOR grantee IN
        SELECT DISTINCT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END
        FROM pg_catalog.pg_class AS c CROSS JOIN pg_catalog.aclexplode(c.relacl) AS a
        WHERE c.oid = ':schema.measurement'::regclass AND a.privilege_type = 'INSERT' AND a.grantee <> c.relowner
    LOOP
        EXECUTE pg_catalog.format('GRANT SELECT, INSERT ON :schema.agreement_version TO %s', grantee);
        EXECUTE pg_catalog.format('GRANT SELECT ON :schema.rollup, :schema.rollup_rows, :schema.rollup_mark, :schema.incident_event TO %s', grantee);
        EXECUTE pg_catalog.format('GRANT EXECUTE ON FUNCTION :schema.roll_up(integer) TO %s', grantee);
    END LOOP;
END
$$;

import Checks
package import ExactJSON
package import Postgres
import StructuredSQL

/// Records measurements that were made elsewhere.
///
/// Each instant, trigger and slot is a run. Recording the same again adds nothing.
package struct MeasurementImport: Sendable {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Whether the role owns the schema, so that it may say when something became known.
    ///
    /// - Throws: A ``PostgresError`` if the catalog cannot be read.
    package func isOwner() async throws(PostgresError) -> Bool {
        try await connection.row(
            """
            SELECT coalesce(pg_catalog.pg_has_role(n.nspowner, 'USAGE'), false) FROM pg_catalog.pg_namespace AS n
            WHERE n.nspname = \(bind: schema)
            """
        ).boolean(0)
    }

    /// Records.
    ///
    /// - Parameters:
    ///   - lines: Measurements with the names of the contract, and of their checks `dataset`, `kind`, `columns`, `severity`,
    ///     `dimension`, `owner`, `tags`, `sha256`, `definition` and `schedule`.
    ///   - target: The target they are of.
    ///   - version: Of Assay.
    /// - Returns: How many were new.
    /// - Throws: A ``PostgresError`` if they cannot be written; then none is.
    package func record(_ lines: [JSONValue], of target: String, assay version: String) async throws(PostgresError)
        -> Int
    {
        let document = JSONValue.array(lines).compactText
        let records: SQL = """
            jsonb_to_recordset(\(bind: document)::pg_catalog.jsonb) AS l (check_id text, outcome text, observed_at timestamptz,
                finished_at timestamptz, recorded_at timestamptz, trigger text, slot timestamptz, good bigint, total bigint, value numeric,
                dataset text, kind text, columns text[], severity text, dimension text, owner text, tags text[], sha256 text,
                definition jsonb, schedule text)
            """
        let run: SQL = """
            pg_catalog.md5(pg_catalog.concat_ws('|', 'assay record', \(bind: target)::pg_catalog.text, l.trigger, l.slot, l.observed_at))::pg_catalog.uuid
            """
        let answers = try await connection.rows(ofEach: [
            "SELECT pg_catalog.set_config('TimeZone', 'UTC', false), pg_catalog.set_config('search_path', '', false)",
            "BEGIN ISOLATION LEVEL READ COMMITTED",
            "SELECT \(identifier: schema, "ensure_month")(m) FROM (SELECT DISTINCT date_trunc('month', l.observed_at) AS m FROM \(records)) AS months",
            """
            INSERT INTO \(identifier: schema, "run") (run_id, target, server, database, role, trigger, slot, snapshot, observed_at,
                assay_version, definitions_sha256, recorded_at)
            SELECT DISTINCT ON (1) \(run), \(bind: target), 'recorded', '', session_user, l.trigger, l.slot, 'none', l.observed_at,
                \(bind: version), '', coalesce(l.recorded_at, clock_timestamp())
            FROM \(records) ORDER BY 1, l.recorded_at ON CONFLICT (run_id) DO NOTHING
            """,
            """
            INSERT INTO \(identifier: schema, "run_end") (run_id, state, exit_code)
            SELECT DISTINCT \(run), 'finished', 0 FROM \(records) ON CONFLICT (run_id) DO NOTHING
            """,
            """
            INSERT INTO \(identifier: schema, "definition") (check_id, sha256, body, recorded_at)
            SELECT DISTINCT ON (l.check_id, l.sha256) l.check_id, l.sha256, l.definition, coalesce(l.recorded_at, clock_timestamp())
            FROM \(records) ORDER BY l.check_id, l.sha256, l.recorded_at
            ON CONFLICT (check_id, sha256) DO NOTHING
            """,
            """
            INSERT INTO \(identifier: schema, "schedule_version") (check_id, dataset, severity, owner, tags, schedule, valid_from, recorded_at)
            SELECT DISTINCT ON (l.check_id) l.check_id, l.dataset, l.severity, l.owner, l.tags, l.schedule, LEAST(l.slot, l.observed_at),
                coalesce(l.recorded_at, clock_timestamp())
            FROM \(records)
            WHERE l.schedule IS NOT NULL
                AND NOT EXISTS (SELECT FROM \(identifier: schema, "schedule_version") AS v WHERE v.check_id = l.check_id)
            ORDER BY l.check_id, l.observed_at
            """,
            """
            WITH added AS (
                INSERT INTO \(identifier: schema, "measurement") (run_id, check_id, definition_id, dataset, kind, columns, outcome, severity,
                    dimension, owner, tags, good, total, failing, value, trigger, slot, observed_at, finished_at, recorded_at)
                SELECT \(run), l.check_id, d.id, l.dataset, l.kind, l.columns, l.outcome, l.severity, l.dimension, l.owner, l.tags, l.good,
                    l.total, l.total - l.good, l.value, l.trigger, l.slot, l.observed_at, coalesce(l.finished_at, l.observed_at),
                    coalesce(l.recorded_at, clock_timestamp())
                FROM \(records) JOIN \(identifier: schema, "definition") AS d USING (check_id, sha256)
                ON CONFLICT (run_id, check_id, observed_at) DO NOTHING RETURNING 1
            )
            SELECT count(*) FROM added
            """,
            "COMMIT",
        ])
        // What is not rolled up is read from the measurements: no reason to fail what is recorded.
        try? await RollUp(connection: connection, schema: schema).complete()
        return try answers[7].first?.integer(0) ?? 0
    }
}

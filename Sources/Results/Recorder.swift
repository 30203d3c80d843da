package import Checks
import ExactJSON
package import Postgres
import StructuredSQL

/// Writes one run into the results schema.
///
/// ``start(_:database:role:host:)`` notes that it began and takes a lease; ``record(_:keepsRows:rows:finish:)`` writes
/// everything else in one transaction: all of it is there, or nothing. Writing the same run again adds nothing.
package actor Recorder {
    private let connection: Connection
    let schema: String

    /// How long a run counts as alive after its last sign.
    private static let lease = Duration.seconds(60)

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Marks runs that died, then notes that this one began.
    ///
    /// - Throws: A ``PostgresError`` if the schema is missing, too old or not writable: better known before the scans.
    package func start(_ run: RunRecord, database: String, role: String, host: String?) async throws -> Int {
        try await start([run], database: database, role: role, host: host)
    }

    /// The same for the steps of a backfill, which saw one instant.
    package func start(_ runs: [RunRecord], database: String, role: String, host: String?) async throws -> Int {
        guard let run = runs.first else { return 0 }
        let state = try await Migrator(connection: connection, schema: schema).state()
        if let problem = state.problem(of: schema) {
            throw PostgresError(.client, problem.message, hint: problem.hint)
        }
        let statements: [SQL] =
            [
                """
                SELECT pg_catalog.set_config('TimeZone', 'UTC', false), pg_catalog.set_config('DateStyle', 'ISO, YMD', false),
                    pg_catalog.set_config('IntervalStyle', 'postgres', false), pg_catalog.set_config('search_path', '', false),
                    pg_catalog.set_config('statement_timeout', '0', false), pg_catalog.set_config('lock_timeout', '10s', false),
                    pg_catalog.set_config('idle_in_transaction_session_timeout', '0', false)
                """,
                "BEGIN", "SELECT \(identifier: schema, "mark_abandoned")()",
            ] + runs.flatMap { inserts(of: $0, database: database, role: role, host: host) } + [
                "SELECT \(identifier: schema, "ensure_month")(\(bind: run.observedAt.text))", "COMMIT",
            ]
        // One round trip. An error spoils the transaction, and its COMMIT is a ROLLBACK.
        let answers = try await connection.rows(ofEach: statements)
        return try answers[2].first?.integer(0) ?? 0
    }

    private func inserts(of run: RunRecord, database: String, role: String, host: String?) -> [SQL] {
        [
            """
            INSERT INTO \(identifier: schema, "run") (run_id, target, server, database, role, trigger, slot, window_from,
                window_to, snapshot, observed_at, assay_version, project_revision, definitions_sha256, host)
            VALUES (\(bind: run.id), \(bind: run.target), \(bind: run.server), \(bind: database), \(bind: role),
                \(bind: run.trigger.rawValue), \(bind: run.slot), \(bind: run.window?.from), \(bind: run.window?.to),
                \(bind: run.snapshot.rawValue), \(bind: run.observedAt.text), \(bind: run.assayVersion),
                \(bind: run.projectRevision), \(bind: run.definitionsSHA256), \(bind: host))
            ON CONFLICT (run_id) DO NOTHING
            """,
            """
            INSERT INTO \(identifier: schema, "run_lease") (run_id, expires_at)
            VALUES (\(bind: run.id), clock_timestamp() + \(bind: "\(Self.lease.milliseconds) ms")::pg_catalog.interval)
            ON CONFLICT (run_id) DO NOTHING
            """,
        ]
    }

    /// Says that the run is alive, by the results server's clock.
    package func renewLease(of runIDs: [String]) async throws(PostgresError) {
        _ = try await connection.rows(
            """
            UPDATE \(identifier: schema, "run_lease")
            SET expires_at = clock_timestamp() + \(bind: "\(Self.lease.milliseconds) ms")::pg_catalog.interval
            WHERE run_id = ANY (\(bind: SQLArray.text(runIDs))::pg_catalog.uuid[])
            """
        )
    }

    /// Writes failing rows and measurements, and ends the run, in one transaction.
    ///
    /// - Parameters:
    ///   - run: The run, as it was started.
    ///   - keepsRows: Whether there are any failing rows to bring.
    ///   - rows: Brings the failing rows; each batch goes to the sink it is given and is on its way before the next comes.
    ///   - finish: The run with its results, asked for when the rows are through.
    /// - Throws: Whatever `rows` throws, or a ``PostgresError``; then nothing of the run is there.
    package func record(
        _ run: RunRecord,
        keepsRows: Bool = true,
        rows: (@escaping @Sendable (KeptRows) async throws -> Void) async throws -> Void,
        finish: () async -> (run: RunRecord, exitCode: Int)
    ) async throws {
        try await record([run], keepsRows: keepsRows, rows: rows) { [await finish()] }
    }

    /// The same for the steps of a backfill: all of them are there, or none.
    ///
    /// Rows name checks of all steps, the first step's first.
    package func record(
        _ runs: [RunRecord],
        keepsRows: Bool,
        rows: (@escaping @Sendable (KeptRows) async throws -> Void) async throws -> Void,
        finish: () async -> [(run: RunRecord, exitCode: Int)]
    ) async throws {
        if keepsRows { try await connection.execute(script: "BEGIN ISOLATION LEVEL READ COMMITTED") }
        do {
            if keepsRows {
                _ = try await connection.withCopyIn(
                    "COPY \(identifier: schema, "failing_row") \(CopyBuffer.columns) FROM STDIN (FORMAT binary)"
                ) { writer in
                    let buffer = CopyBuffer(writer: writer, runs: runs)
                    try await rows { kept in try await buffer.append(kept) }
                    try await buffer.finish()
                }
            }
            let ending = await finish().flatMap { run, exitCode in
                measurements(of: run) + end(of: run, state: "finished", exitCode: exitCode)
            }
            _ = try await connection.rows(
                ofEach: (keepsRows ? [] : ["BEGIN ISOLATION LEVEL READ COMMITTED"]) + ending + ["COMMIT"])
            // What is not rolled up is read from the measurements: no reason to fail a run that is recorded.
            _ = try? await RollUp(connection: connection, schema: schema).step()
        } catch {
            // The run's own task may be cancelled, and would refuse; a task of its own does not inherit that.
            let connection = connection
            await Task { try? await connection.execute(script: "ROLLBACK") }.value
            throw error
        }
    }

    /// Ends a run that was interrupted; it has no measurements.
    package func cancel(_ run: RunRecord, exitCode: Int) async throws {
        _ = try await connection.rows(ofEach: end(of: run, state: "cancelled", exitCode: exitCode))
    }

    private func end(of run: RunRecord, state: String, exitCode: Int) -> [SQL] {
        let duration = "\(run.finishedAt.microseconds - run.startedAt.microseconds) us"
        return [
            """
            INSERT INTO \(identifier: schema, "run_end") (run_id, state, exit_code, duration)
            VALUES (\(bind: run.id), \(bind: state), \(bind: exitCode), \(bind: duration)::pg_catalog.interval)
            ON CONFLICT (run_id) DO NOTHING
            """,
            "DELETE FROM \(identifier: schema, "run_lease") WHERE run_id = \(bind: run.id)",
        ]
    }

    private func measurements(of run: RunRecord) -> [SQL] {
        let document = JSONValue.array(run.results.map { MeasurementDocument(result: $0).json }).compactText
        // All definitions and measurements travel as one value: two statements, whatever the number of checks.
        return [
            """
            INSERT INTO \(identifier: schema, "definition") (check_id, sha256, body)
            SELECT d.check_id, d.sha256, d.definition
            FROM jsonb_to_recordset(\(bind: document)::pg_catalog.jsonb)
                AS d (check_id text, sha256 text, definition jsonb)
            ORDER BY d.check_id
            ON CONFLICT (check_id, sha256) DO NOTHING
            """,
            """
            INSERT INTO \(identifier: schema, "measurement") (run_id, check_id, definition_id, dataset, kind, columns,
                outcome, severity, dimension, owner, tags, failing, good, total, value, threshold, proved_by, reason, error,
                rows_kept, rows_complete, duration_ms, cost_ms, estimate, groups, metric, expected, histogram, trigger, slot, observed_at, finished_at)
            SELECT \(bind: run.id)::pg_catalog.uuid, m.check_id, d.id, m.dataset, m.kind, m.columns,
                m.outcome, m.severity, m.dimension, m.owner, m.tags, m.failing, m.good, m.total, m.value, m.threshold,
                m.proved_by, m.reason, m.error, m.rows_kept, m.rows_complete, m.duration_ms, m.cost_ms,
                m.estimate, m.groups, m.metric, m.expected, m.histogram,
                \(bind: run.trigger.rawValue), \(bind: run.slot)::pg_catalog.timestamptz,
                \(bind: run.observedAt.text)::pg_catalog.timestamptz, \(bind: run.finishedAt.text)::pg_catalog.timestamptz
            FROM jsonb_to_recordset(\(bind: document)::pg_catalog.jsonb) AS m (check_id text, sha256 text,
                dataset text, kind text, columns text[], outcome text, severity text, dimension text, owner text,
                tags text[], failing bigint, good bigint, total bigint, value numeric, threshold text, proved_by text, reason text,
                error jsonb, rows_kept bigint, rows_complete boolean, duration_ms double precision,
                cost_ms double precision, estimate jsonb, groups jsonb, metric numeric, expected jsonb,
                histogram jsonb)
            JOIN \(identifier: schema, "definition") AS d USING (check_id, sha256)
            ON CONFLICT (run_id, check_id, observed_at) DO NOTHING
            """,
        ] + relationVersions(of: run) + scheduleVersions(of: run) + agreementVersions(of: run)
    }

    /// Closes the connection.
    package func close() async {
        await connection.close()
    }
}

package import Checks
package import Postgres
package import StructuredSQL

/// Opens transactions that all see one instant, read only, with every setting that gives a statement its meaning.
///
/// Everything is `SET LOCAL`, so that behind a transaction pooler nothing leaks to the next client. A savepoint follows
/// the settings: going back to it undoes a failed statement, and what a function in a user's SQL may have set.
package struct SnapshotSession: Sendable {
    /// An exported snapshot's name, and when it was taken.
    package struct Snapshot: Sendable, Hashable {
        /// `nil` where the server has no snapshots that several connections can share.
        package var id: String?
        package var takenAt: Timestamp
        /// Which transactions it sees (`pg_current_snapshot`); `nil` before PostgreSQL 13.
        package var transactions: String?
    }

    /// Begins the transaction that sets the instant of the run; one round trip.
    ///
    /// With `exports` other connections can see the same instant. `questions` are asked in it, on the way.
    ///
    /// - Returns: The snapshot, and the rows of each question.
    package static func begin(
        on connection: Connection, settings: AuditSettings, exports: Bool, asking questions: [SQL] = []
    ) async throws(PostgresError) -> (snapshot: Snapshot, answers: [[Row]]) {
        let opening: [SQL] = [
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            """
            SELECT \(apply(settings, serverVersion: await connection.serverVersion)),
                \(exports ? "pg_catalog.pg_export_snapshot()" : "NULL"),
                (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::pg_catalog.int8,
                \(await connection.serverVersion >= 130_000 ? "pg_catalog.pg_current_snapshot()" : "NULL")
            """,
            savepoint,
        ]
        let answers = try await connection.rows(ofEach: opening + questions)
        guard let row = answers[1].first else { throw PostgresError(.client, "the server did not say its time") }
        let snapshot = Snapshot(
            id: row[1], takenAt: Timestamp(microseconds: try row.integer(2)), transactions: row[3])
        return (snapshot, Array(answers[opening.count...]))
    }

    /// Begins a transaction that sees the instant of `snapshot`; one round trip.
    ///
    /// With `spreads` its settings hold on all servers of a distributed engine.
    package static func join(
        _ snapshot: Snapshot, on connection: Connection, settings: AuditSettings, spreads: Bool = false
    ) async throws(PostgresError) {
        var statements: [SQL] = ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]
        // SET takes no parameter; the name is the server's own.
        if let id = snapshot.id {
            statements.append("SET TRANSACTION SNAPSHOT \(SQL(quotedByServer: SQL.quoted(literal: id)))")
        }
        statements.append("SELECT \(apply(settings, serverVersion: await connection.serverVersion))")
        if spreads { statements += spreading(settings) }
        statements.append(savepoint)
        _ = try await connection.rows(ofEach: statements)
    }

    /// Leaves the snapshot for a transaction that sees what is there now, read only and with the same settings.
    package static func leaving(_ settings: AuditSettings, serverVersion: Int) -> [SQL] {
        ["COMMIT", "BEGIN READ ONLY", "SELECT \(apply(settings, serverVersion: serverVersion))", savepoint]
    }

    private static let savepoint: SQL = "SAVEPOINT assay"

    /// Changes a setting until the next rewinding.
    package static func setting(_ name: String, _ value: String) -> SQL {
        "SELECT pg_catalog.set_config(\(bind: name), \(bind: value), true)"
    }

    /// Gives the next statement memory to sort and hash in, until the next rewinding.
    package static func workMemory(bytes: Int) -> SQL { setting("work_mem", "\(bytes / 1024)kB") }

    /// Goes back to the state after the settings: after an error, or after SQL that may have changed settings.
    package static let rewinding: SQL = "ROLLBACK TO SAVEPOINT assay"

    /// Goes back to the state after the settings, in a round trip of its own.
    package static func rewind(_ connection: Connection) async throws(PostgresError) {
        _ = try await connection.rows(rewinding)
    }

    /// Asks statements of which each may fail, many to a round trip; none sees what another one set.
    ///
    /// - Parameters:
    ///   - statements: What to ask.
    ///   - setting: A statement that comes before each of them.
    ///   - connection: A connection in a transaction of this kind.
    /// - Returns: An answer to each, in their order; fewer if the session ended, the last of them with the reason.
    /// - Throws: A ``PostgresError`` if the task was cancelled or nothing could be sent.
    package static func ask(
        _ statements: [SQL], after setting: SQL? = nil, on connection: Connection
    ) async throws(PostgresError) -> [BatchAnswer] {
        var answers: [BatchAnswer] = []
        let preparing = setting.map { [$0] } ?? []
        let width = preparing.count + 2
        for start in stride(from: 0, to: statements.count, by: batchSize) {
            let part = statements[start..<min(start + batchSize, statements.count)]
            let given = try await connection.batch(part.flatMap { preparing + [$0, rewinding] })
            answers += stride(from: preparing.count, to: given.count, by: width).map { given[$0] }
            if given.count < part.count * width { break }
        }
        return answers
    }

    /// Statements to a round trip.
    private static let batchSize = 64

    /// Makes the settings of a transaction under way hold on all servers of a distributed engine; one round trip.
    package static func spread(_ settings: AuditSettings, on connection: Connection) async throws(PostgresError) {
        _ = try await connection.rows(ofEach: ["RELEASE SAVEPOINT assay"] + spreading(settings) + [savepoint])
    }

    /// Statements that say the settings again in the form that travels to the servers of a distributed engine.
    ///
    /// `set_config` stays where it is run; `SET LOCAL` travels, if asked to.
    package static func spreading(_ settings: AuditSettings) -> [SQL] {
        ["SET LOCAL citus.propagate_set_commands TO 'local'"]
            + values(settings).map { name, value in
                "SET LOCAL \(identifier: name) TO \(SQL(quotedByServer: SQL.quoted(literal: value)))"
            }
    }

    /// What gives a statement its meaning, on whatever server.
    private static func values(_ settings: AuditSettings) -> [(name: String, value: String)] {
        [
            ("TimeZone", "UTC"), ("DateStyle", "ISO, YMD"), ("IntervalStyle", "postgres"), ("extra_float_digits", "1"),
            ("bytea_output", "hex"), ("standard_conforming_strings", "on"), ("backslash_quote", "safe_encoding"),
            ("row_security", "off"), ("statement_timeout", "\(settings.statementTimeout.milliseconds)ms"),
            ("lock_timeout", "\(settings.lockTimeout.milliseconds)ms"),
            // A role's or database's own settings must not end the transaction or bend what SQL means.
            ("idle_in_transaction_session_timeout", "0"), ("transform_null_equals", "off"), ("array_nulls", "on"),
        ]
    }

    /// One expression that sets everything.
    private static func apply(_ settings: AuditSettings, serverVersion: Int) -> SQL {
        let path = settings.searchPath.map(SQL.quoted(identifier:)).joined(separator: ", ")
        var values = values(settings)
        // Wide lists of cheap aggregates take longer to compile than to run.
        values += [("search_path", path.isEmpty ? "" : path), ("jit", "off")]
        if serverVersion >= 170_000 { values.append(("transaction_timeout", "0")) }
        if serverVersion >= 140_000 {
            // Without it the server works on for a client that is gone.
            values.append(("client_connection_check_interval", "500ms"))
        }
        let calls: [SQL] = values.map { "pg_catalog.set_config(\(bind: $0.name), \(bind: $0.value), true)" }
        return "pg_catalog.concat(\(calls.joined(separator: ", ")))"
    }
}

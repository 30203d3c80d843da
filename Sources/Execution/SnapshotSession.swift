package import Checks
package import Postgres
import StructuredSQL

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
    }

    /// Begins the transaction that sets the instant of the run.
    ///
    /// With `exports` other connections can see the same instant.
    package static func begin(
        on connection: Connection, settings: AuditSettings, exports: Bool
    ) async throws(PostgresError) -> Snapshot {
        try await connection.execute(script: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        let row = try await connection.row(
            """
            SELECT \(apply(settings, serverVersion: await connection.serverVersion)),
                \(exports ? "pg_catalog.pg_export_snapshot()" : "NULL"),
                (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::pg_catalog.int8
            """
        )
        try await connection.execute(script: "SAVEPOINT assay")
        return Snapshot(id: row[1], takenAt: Timestamp(microseconds: try row.integer(2)))
    }

    /// Begins a transaction that sees the instant of `snapshot`.
    package static func join(
        _ snapshot: Snapshot, on connection: Connection, settings: AuditSettings
    ) async throws(PostgresError) {
        var script: SQL = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        if let id = snapshot.id { script += "; SET TRANSACTION SNAPSHOT \(bind: id)" }
        try await connection.execute(script: script)
        _ = try await connection.row("SELECT \(apply(settings, serverVersion: await connection.serverVersion))")
        try await connection.execute(script: "SAVEPOINT assay")
    }

    /// Goes back to the state after the settings: after an error, or after SQL that may have changed settings.
    package static func rewind(_ connection: Connection) async throws(PostgresError) {
        try await connection.execute(script: "ROLLBACK TO SAVEPOINT assay")
    }

    /// One expression that sets everything.
    private static func apply(_ settings: AuditSettings, serverVersion: Int) -> SQL {
        let path = settings.searchPath.map(SQL.quoted(identifier:)).joined(separator: ", ")
        var values: [(name: String, value: String)] = [
            ("TimeZone", "UTC"), ("DateStyle", "ISO, YMD"), ("IntervalStyle", "postgres"), ("extra_float_digits", "1"),
            ("bytea_output", "hex"), ("standard_conforming_strings", "on"), ("backslash_quote", "safe_encoding"),
            ("row_security", "off"), ("search_path", path.isEmpty ? "" : path),
            ("statement_timeout", "\(settings.statementTimeout.milliseconds)ms"),
            ("lock_timeout", "\(settings.lockTimeout.milliseconds)ms"),
            // Wide lists of cheap aggregates take longer to compile than to run.
            ("jit", "off"),
        ]
        // A role's or database's own settings must not end the transaction or bend what SQL means.
        values += [
            ("idle_in_transaction_session_timeout", "0"), ("transform_null_equals", "off"), ("array_nulls", "on"),
        ]
        if serverVersion >= 170_000 { values.append(("transaction_timeout", "0")) }
        if serverVersion >= 140_000 {
            // Without it the server works on for a client that is gone.
            values.append(("client_connection_check_interval", "500ms"))
        }
        let calls: [SQL] = values.map { "pg_catalog.set_config(\(bind: $0.name), \(bind: $0.value), true)" }
        return "pg_catalog.concat(\(calls.joined(separator: ", ")))"
    }
}

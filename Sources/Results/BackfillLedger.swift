import Checks
package import Postgres
import StructuredSQL

/// What a results schema knows of the steps of a backfill.
package struct BackfillLedger: Sendable {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Windows that were backfilled already: by the same definitions, on the same target, and evaluated in full.
    ///
    /// - Parameters:
    ///   - target: The target's name.
    ///   - digest: Of the definitions of all checks of the backfill.
    ///   - windows: Both ends of each, as instants.
    /// - Returns: The positions of those that are done, each with the exit code of its newest run.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func finished(
        target: String, definitionsSHA256 digest: String, among windows: [(from: String, to: String)]
    ) async throws(PostgresError) -> [Int: Int] {
        let rows = try await connection.rows(
            """
            SELECT DISTINCT ON (w.position) w.position - 1, e.exit_code
            FROM unnest(\(bind: SQLArray.text(windows.map(\.from)))::pg_catalog.timestamptz[],
                \(bind: SQLArray.text(windows.map(\.to)))::pg_catalog.timestamptz[])
                WITH ORDINALITY AS w (window_from, window_to, position)
            JOIN \(identifier: schema, "run") AS r USING (window_from, window_to)
            JOIN \(identifier: schema, "run_end") AS e USING (run_id)
            WHERE r.trigger = 'backfill' AND r.target = \(bind: target) AND r.definitions_sha256 = \(bind: digest)
                AND e.state = 'finished' AND e.exit_code IN (0, 1)
            ORDER BY w.position, r.recorded_at DESC
            """
        )
        var codes: [Int: Int] = [:]
        for row in rows { codes[try row.integer(0)] = try row.integer(1) }
        return codes
    }
}

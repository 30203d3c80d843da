package import Checks
package import Postgres
import StructuredSQL

/// What people say about measurements.
package struct FeedbackLedger: Sendable {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Marks a measurement.
    ///
    /// - Parameters:
    ///   - mark: What it was.
    ///   - check: The id of a check.
    ///   - target: The target it was measured on; `nil` means any.
    ///   - run: The id of a run, or how it begins; `nil` means the newest that has a measurement of the check.
    ///   - instant: A time after which nothing counts, as PostgreSQL reads it; a date is its whole day. A window counts by its
    ///     beginning, what was due at a time by that.
    ///   - reason: Why.
    ///   - actor: Who says so.
    /// - Returns: The measurement; `nil` where there is none.
    /// - Throws: A ``PostgresError`` if it cannot be written, or an id or a time cannot be read.
    package func mark(
        _ mark: FeedbackMark, measurementOf check: String, on target: String?, run: String?, at instant: String?,
        reason: String?, actor: String
    ) async throws(PostgresError) -> (point: MeasurementPoint, target: String)? {
        let isDay = instant?.wholeMatch(of: #/\s*\d{4}-\d\d-\d\d\s*/#) != nil
        let moment: SQL = "coalesce(r.window_from, m.slot, m.observed_at)"
        let end: SQL =
            "\(bind: instant)::pg_catalog.timestamptz\(isDay ? " + '1 day'::pg_catalog.interval" : "" as SQL)"
        let rows = try await connection.rows(
            """
            WITH chosen AS (
                SELECT m.*, r.window_from, r.target
                FROM \(identifier: schema, "measurement") AS m JOIN \(identifier: schema, "run") AS r USING (run_id)
                WHERE m.check_id = \(bind: check)
                    AND (\(bind: target)::pg_catalog.text IS NULL OR r.target = \(bind: target))
                    AND (\(bind: run)::pg_catalog.text IS NULL
                        OR pg_catalog.starts_with(m.run_id::pg_catalog.text, \(bind: run?.lowercased())::pg_catalog.text))
                    AND (\(bind: instant)::pg_catalog.timestamptz IS NULL
                        OR \(moment) \(isDay ? "<" : "<=" as SQL) \(end))
                ORDER BY \(moment) DESC, m.recorded_at DESC LIMIT 1
            ), said AS (
                INSERT INTO \(identifier: schema, "feedback") (run_id, check_id, mark, reason, actor)
                SELECT run_id, check_id, \(bind: mark.rawValue), \(bind: reason), \(bind: actor) FROM chosen
            )
            SELECT outcome, failing, total, value, metric, (extract(epoch FROM observed_at) * 1000000)::pg_catalog.int8,
                trigger, run_id, (extract(epoch FROM window_from) * 1000000)::pg_catalog.int8, target
            FROM chosen
            """)
        guard let row = rows.first else { return nil }
        let point = MeasurementPoint(
            outcome: Outcome(rawValue: try row.text(0)) ?? .error, failing: row[1].flatMap { Int($0) },
            total: row[2].flatMap { Int($0) }, value: row[3], metric: row[4],
            observedAt: Timestamp(microseconds: try row.integer(5)),
            windowFrom: row[8].flatMap { Int($0) }.map(Timestamp.init), trigger: try row.text(6),
            runID: try row.text(7))
        return (point, try row.text(9))
    }
}

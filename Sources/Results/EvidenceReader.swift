package import Checks
package import Postgres
package import ServiceLevels
import StructuredSQL

/// Reads what a report shows beside its figures: what was changed, what was asked, and what was made afterwards.
package struct EvidenceReader: Sendable {
    private let connection: Connection
    private let schema: String
    private let target: String
    private let asOf: Timestamp

    /// - Parameters:
    ///   - connection: To the results server.
    ///   - schema: The results schema.
    ///   - target: The target the measurements are of.
    ///   - asOf: What was recorded later does not exist.
    package init(connection: Connection, schema: String, target: String, asOf: Timestamp) {
        self.connection = connection
        self.schema = schema
        self.target = target
        self.asOf = asOf
    }

    /// The digest of what each check asked when it was last measured in a range.
    ///
    /// - Parameters:
    ///   - checks: Ids.
    ///   - range: Of instants at which the data were seen, half open.
    /// - Returns: SHA-256 by check; none for a check that was not measured.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func definitions(of checks: [String], in range: TimeRange) async throws(PostgresError) -> [String: String] {
        let rows = try await connection.rows(
            """
            SELECT c.check_id, d.sha256 FROM unnest(\(bind: SQLArray.text(checks))::pg_catalog.text[]) AS c (check_id)
            CROSS JOIN LATERAL (
                SELECT m.definition_id FROM \(identifier: schema, "measurement") AS m
                JOIN \(identifier: schema, "run") AS r ON r.run_id = m.run_id AND r.target = \(bind: target)
                WHERE m.check_id = c.check_id AND m.observed_at >= \(bind: range.from.text)::pg_catalog.timestamptz
                    AND m.observed_at < \(bind: range.to.text)::pg_catalog.timestamptz
                    AND m.recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz
                ORDER BY m.observed_at DESC, m.recorded_at DESC LIMIT 1
            ) AS m
            JOIN \(identifier: schema, "definition") AS d ON d.id = m.definition_id
            """)
        var definitions: [String: String] = [:]
        for row in rows { definitions[try row.text(0)] = try row.text(1) }
        return definitions
    }

    /// What became of the definitions and schedules of checks in a range; that a check is new is no change.
    ///
    /// - Parameter range: Half open.
    /// - Returns: In the order of time.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func changes(in range: TimeRange) async throws(PostgresError) -> [RecordedChange] {
        let known: SQL = "recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz"
        let within: SQL = """
            at >= \(bind: range.from.text)::pg_catalog.timestamptz AND at < \(bind: range.to.text)::pg_catalog.timestamptz
            """
        let rows = try await connection.rows(
            """
            SELECT subject, check_id, text, (extract(epoch FROM at) * 1000000)::pg_catalog.int8, role FROM (
                SELECT 'definition' AS subject, check_id, recorded_at AS at, NULL::text AS role,
                    pg_catalog.concat(left(lag(sha256) OVER w, 8), ' → ', left(sha256, 8)) AS text, lag(id) OVER w AS before
                FROM \(identifier: schema, "definition") WHERE \(known) WINDOW w AS (PARTITION BY check_id ORDER BY id)
                UNION ALL
                SELECT 'schedule', check_id, valid_from, role,
                    pg_catalog.concat_ws(', ',
                        CASE WHEN lag(schedule) OVER w IS DISTINCT FROM schedule
                            THEN pg_catalog.concat(coalesce(lag(schedule) OVER w, 'none'), ' → ', coalesce(schedule, 'none')) END,
                        CASE WHEN lag(severity) OVER w IS DISTINCT FROM severity
                            THEN pg_catalog.concat('severity ', lag(severity) OVER w, ' → ', severity) END,
                        CASE WHEN lag(owner) OVER w IS DISTINCT FROM owner
                            THEN pg_catalog.concat('owner ', coalesce(lag(owner) OVER w, 'none'), ' → ', coalesce(owner, 'none')) END,
                        CASE WHEN lag(tags) OVER w IS DISTINCT FROM tags
                            THEN pg_catalog.concat('tags ', lag(tags) OVER w, ' → ', tags) END),
                    lag(id) OVER w
                FROM \(identifier: schema, "schedule_version") WHERE \(known) WINDOW w AS (PARTITION BY check_id ORDER BY id)
            ) AS changes
            WHERE before IS NOT NULL AND text <> '' AND \(within)
            ORDER BY at, subject, check_id COLLATE "C"
            """)
        var changes: [RecordedChange] = []
        for row in rows {
            guard let subject = RecordedChange.Subject(rawValue: try row.text(0)) else { continue }
            changes.append(
                RecordedChange(
                    subject, of: try row.text(1), try row.text(2), at: Timestamp(microseconds: try row.integer(3)),
                    role: row[4]))
        }
        return changes
    }

    /// Results of backfills about slots of a range: those of their slot, or those that were due in their window.
    ///
    /// - Parameter range: Half open.
    /// - Returns: By check, oldest first.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func restatements(in range: TimeRange) async throws(PostgresError) -> [String: [Restatement]] {
        func micro(_ instant: SQL) -> SQL { "(extract(epoch FROM \(instant)) * 1000000)::pg_catalog.int8" }
        let rows = try await connection.rows(
            """
            SELECT m.check_id, m.outcome, \(micro("w.from")), \(micro("w.to")), \(micro("m.observed_at")),
                \(micro("m.finished_at")), \(micro("m.recorded_at")), m.good, m.total
            FROM \(identifier: schema, "run") AS r
            CROSS JOIN LATERAL (
                SELECT coalesce(r.slot, r.window_from) AS from, coalesce(r.slot + '1 us'::pg_catalog.interval, r.window_to) AS to
            ) AS w
            JOIN \(identifier: schema, "measurement") AS m ON m.run_id = r.run_id AND m.observed_at = r.observed_at
            WHERE r.trigger = 'backfill' AND r.target = \(bind: target)
                AND w.from < \(bind: range.to.text)::pg_catalog.timestamptz AND w.to > \(bind: range.from.text)::pg_catalog.timestamptz
                AND m.recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz
            ORDER BY m.recorded_at, m.check_id COLLATE "C"
            """)
        var restatements: [String: [Restatement]] = [:]
        for row in rows {
            func instant(_ index: Int) throws(PostgresError) -> Timestamp {
                Timestamp(microseconds: try row.integer(index))
            }
            let counted = row[7].flatMap { Int($0) }.flatMap { good in
                row[8].flatMap { Int($0) }.map { Ratio(good, of: $0) }
            }
            let result = Observation(
                Outcome(rawValue: try row.text(1)) ?? .error, .backfill, observedAt: try instant(4),
                finishedAt: try instant(5), recordedAt: try instant(6), rows: counted)
            restatements[try row.text(0), default: []].append(
                Restatement(window: TimeRange(try instant(2), try instant(3)), result: result))
        }
        return restatements
    }
}

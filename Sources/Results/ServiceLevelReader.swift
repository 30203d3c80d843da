package import Checks
import ExactJSON
package import Postgres
package import ServiceLevels
import StructuredSQL

/// Reads what service levels are judged by besides results: zones, when checks were due, and what does not count.
package struct ServiceLevelReader: Sendable {
    private let connection: Connection
    private let schema: String
    private let asOf: Timestamp

    /// - Parameters:
    ///   - connection: To the results server.
    ///   - schema: The results schema.
    ///   - asOf: What was recorded later does not exist.
    package init(connection: Connection, schema: String, asOf: Timestamp) {
        self.connection = connection
        self.schema = schema
        self.asOf = asOf
    }

    /// The instant by the server's clock, or another one as PostgreSQL reads it.
    ///
    /// - Throws: A ``PostgresError`` if the text is no time.
    package static func instant(_ text: String?, on connection: Connection) async throws(PostgresError) -> Timestamp {
        let moment: SQL = text.map { "\(bind: $0)::pg_catalog.timestamptz" } ?? "pg_catalog.clock_timestamp()"
        return Timestamp(
            microseconds: try await connection.row("SELECT (extract(epoch FROM \(moment)) * 1000000)::pg_catalog.int8")
                .integer(0))
    }

    /// The instant by the server's clock, when all is committed that was being written then: what is recorded as known by it
    /// can be read, and nothing turns up later that says it was.
    ///
    /// - Parameters:
    ///   - connection: To the results server, out of a transaction.
    ///   - patience: How long it waits for other transactions.
    /// - Returns: The instant, and whether everything was committed in time.
    /// - Throws: A ``PostgresError`` if the server cannot say.
    package static func settledInstant(
        on connection: Connection, patience: Duration = .seconds(10)
    ) async throws(PostgresError) -> (instant: Timestamp, isSettled: Bool) {
        let begun = try await connection.row(
            """
            SELECT (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::pg_catalog.int8,
                pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.text
            """)
        let (instant, next) = (Timestamp(microseconds: try begun.integer(0)), try begun.text(1))
        let start = ContinuousClock.now
        while true {
            let isSettled = try await connection.row(
                """
                SELECT pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::pg_catalog.text::pg_catalog.numeric
                    >= \(bind: next)::pg_catalog.numeric
                """
            ).boolean(0)
            if isSettled || ContinuousClock.now - start > patience { return (instant, isSettled) }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    // MARK: Zones

    /// The rules of some zones around a range.
    ///
    /// - Parameters:
    ///   - names: As the IANA database has them.
    ///   - range: What will be asked about; a year before and after it is read, too.
    /// - Returns: Rules by name.
    /// - Throws: A ``PostgresError`` if the server does not know a zone.
    package func zones(_ names: Set<String>, around range: TimeRange) async throws(PostgresError) -> [String: ZoneRules]
    {
        var zones: [String: ZoneRules] = [:]
        for name in names.sorted() {
            // The days on whose clocks something changed, then the quarters of an hour of those days.
            let ahead: SQL = """
                extract(epoch FROM (t AT TIME ZONE \(bind: name)) - (t AT TIME ZONE 'UTC'))::pg_catalog.int4
                """
            let rows = try await connection.rows(
                """
                WITH days AS (
                    SELECT t, \(ahead) AS ahead FROM pg_catalog.generate_series(
                        pg_catalog.date_trunc('day', \(bind: range.from.text)::pg_catalog.timestamptz, 'UTC') - '400 days'::pg_catalog.interval,
                        \(bind: range.to.text)::pg_catalog.timestamptz + '400 days'::pg_catalog.interval, '24 hours') AS t
                ), changed AS (
                    SELECT d.t AS after, d.before FROM (SELECT t, ahead, lag(t) OVER w AS before, lag(ahead) OVER w AS was FROM days WINDOW w AS (ORDER BY t)) AS d
                    WHERE was IS DISTINCT FROM ahead
                )
                SELECT (extract(epoch FROM t) * 1000000)::pg_catalog.int8, ahead FROM (
                    SELECT t, ahead, lag(ahead) OVER (ORDER BY t) AS was FROM (
                        SELECT DISTINCT t, \(ahead) AS ahead
                        FROM changed, pg_catalog.generate_series(coalesce(changed.before, changed.after), changed.after, '15 minutes') AS t
                    ) AS quarters
                ) AS clocks WHERE was IS DISTINCT FROM ahead ORDER BY 1
                """)
            var changes: [ZoneRules.Change] = []
            for row in rows {
                changes.append(
                    ZoneRules.Change(at: Timestamp(microseconds: try row.integer(0)), offset: try row.integer(1)))
            }
            zones[name] = ZoneRules(name: name, changes: changes)
        }
        return zones
    }

    // MARK: Checks

    /// When a check is due, as it was recorded.
    package struct ScheduledCheck: Sendable {
        package var check: String
        package var dataset: String
        package var severity: String
        package var owner: String?
        package var tags: [String]
        package var versions: [SlotPlan.Version]

        /// Zones of its cron expressions.
        package var zones: Set<String> {
            Set(
                versions.compactMap { version in
                    if case .cron(_, let zone?)? = version.schedule?.rhythm { zone } else { nil }
                })
        }
    }

    /// Every check that ever had a schedule.
    ///
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func checks() async throws(PostgresError) -> [ScheduledCheck] {
        let rows = try await connection.rows(
            """
            SELECT check_id, dataset, severity, owner, pg_catalog.to_json(tags)::pg_catalog.text, schedule,
                (extract(epoch FROM valid_from) * 1000000)::pg_catalog.int8
            FROM \(identifier: schema, "schedule_version")
            WHERE recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz ORDER BY check_id COLLATE "C", id
            """)
        var checks: [ScheduledCheck] = []
        for row in rows {
            let id = try row.text(0)
            if checks.last?.check != id {
                checks.append(
                    ScheduledCheck(check: id, dataset: "", severity: "", owner: nil, tags: [], versions: []))
            }
            let index = checks.count - 1
            // The newest version says what it is; each says when it was due.
            (checks[index].dataset, checks[index].severity, checks[index].owner) = (
                try row.text(1), try row.text(2), row[3]
            )
            checks[index].tags = Self.texts(row[4])
            checks[index].versions.append(
                SlotPlan.Version(
                    from: Timestamp(microseconds: try row.integer(6)),
                    schedule: row[5].flatMap { Schedule(recorded: $0) }))
        }
        return checks
    }

    // MARK: Exclusions

    /// Exclusions that are approved and touch a range.
    ///
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func exclusions(in range: TimeRange) async throws(PostgresError) -> [ApprovedExclusion] {
        let rows = try await connection.rows(
            """
            SELECT e.exclusion_id, e.scope, (extract(epoch FROM e.window_from) * 1000000)::pg_catalog.int8,
                (extract(epoch FROM e.window_to) * 1000000)::pg_catalog.int8, e.reason, e.ticket, e.requested_by, d.actor,
                (extract(epoch FROM d.recorded_at) * 1000000)::pg_catalog.int8
            FROM \(identifier: schema, "exclusion") AS e CROSS JOIN LATERAL (
                SELECT * FROM \(identifier: schema, "exclusion_decision") AS d
                WHERE d.exclusion_id = e.exclusion_id AND d.recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz
                ORDER BY d.id DESC LIMIT 1
            ) AS d
            WHERE d.decision = 'approved' AND e.window_from < \(bind: range.to.text)::pg_catalog.timestamptz
                AND e.window_to > \(bind: range.from.text)::pg_catalog.timestamptz
            ORDER BY e.window_from, e.exclusion_id
            """)
        var exclusions: [ApprovedExclusion] = []
        for row in rows {
            exclusions.append(
                ApprovedExclusion(
                    id: try row.text(0), scope: try row.text(1),
                    range: TimeRange(
                        Timestamp(microseconds: try row.integer(2)), Timestamp(microseconds: try row.integer(3))),
                    reason: try row.text(4), ticket: row[5], requestedBy: try row.text(6), approvedBy: try row.text(7),
                    approvedAt: Timestamp(microseconds: try row.integer(8))))
        }
        return exclusions
    }

    private static func texts(_ json: String?) -> [String] {
        (json.flatMap { try? JSONValue(parsing: $0) }?.elements ?? []).compactMap(\.string)
    }
}

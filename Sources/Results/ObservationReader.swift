package import Checks
package import Postgres
package import ServiceLevels
import StructuredSQL

/// Reads what was seen of checks, as runs of results that say the same.
///
/// Roll-ups of days are read where they say it all; the measurements where something was recorded since, where a part of the
/// day became known after the instant that is asked about, and where a day has results in time and late ones in one run.
package struct ObservationReader: Sendable {
    /// What is read.
    package enum Source: Sendable {
        case rollups
        /// Measurements only: what a verification goes by, for a roll-up is derived.
        case measurements
    }

    /// What is asked about a check.
    package struct Request: Sendable {
        package var check: String
        /// When it was due, as far as anything is asked.
        package var grid: SlotGrid
        /// Whether rows are counted.
        package var needsRows: Bool

        package init(check: String, grid: SlotGrid, needsRows: Bool) {
            self.check = check
            self.grid = grid
            self.needsRows = needsRows
        }

        /// How long a result may take to be in time, at least and at most, in microseconds.
        fileprivate var deadlines: ClosedRange<Int> { grid.deadlines ?? 0...0 }
    }

    private let connection: Connection
    private let schema: String
    private let target: String
    private let asOf: Timestamp
    private let source: Source

    /// - Parameters:
    ///   - connection: To the results server.
    ///   - schema: The results schema.
    ///   - target: The target the measurements are of.
    ///   - asOf: What was recorded later does not exist.
    ///   - source: What is read; both come to the same.
    package init(connection: Connection, schema: String, target: String, asOf: Timestamp, source: Source) {
        self.connection = connection
        self.schema = schema
        self.target = target
        self.asOf = asOf
        self.source = source
    }

    /// The results of some checks on the days of a range, a day before it, and what they were before that.
    ///
    /// - Parameters:
    ///   - requests: Checks.
    ///   - range: Of instants that are asked about; whole days (UTC) that it touches are read.
    /// - Returns: By check, in the order in which the data were seen; no two runs overlap in it.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func results(
        of requests: [Request], in range: TimeRange
    ) async throws(PostgresError) -> [String: [ObservationRun]] {
        let day = 86_400_000_000
        let days = TimeRange(
            Timestamp(microseconds: (range.from.microseconds / day - 1) * day),
            Timestamp(microseconds: (range.to.microseconds + day - 1) / day * day))
        var results = try await read(query(requests, days, source))
        // A roll-up whose results are between the slots does not say how late each of them was.
        let irregular = requests.filter { request in
            results[request.check]?.contains { !$0.isRegular(on: request.grid) } ?? false
        }
        if !irregular.isEmpty {
            results.merge(try await read(query(irregular, days, .measurements)), uniquingKeysWith: { $1 })
        }
        for request in requests {
            guard let runs = results[request.check] else { continue }
            results[request.check] = ObservationRun.merged(runs, on: request.grid)
        }
        // What began before: an incident that was open, or a check that nobody looked at for a while.
        let unknown = requests.map(\.check).filter { !Self.isKnown(results[$0] ?? [], before: range.from) }
        guard !unknown.isEmpty else { return results }
        results.merge(try await read(before(unknown, days.from)), uniquingKeysWith: { $1 + $0 })
        return results
    }

    /// Whether it is known how a check was when a range began, and that no failure from before it went on.
    private static func isKnown(_ results: [ObservationRun], before instant: Timestamp) -> Bool {
        let conclusive = results.filter { $0.trigger != .backfill && $0.outcome.isConclusive }
        let planned = conclusive.first { $0.trigger != .manual }
        guard let first = conclusive.first, let planned else { return false }
        return first.outcome != .fail && planned.outcome != .fail && planned.firstObserved < instant
    }

    private func read(_ query: SQL) async throws(PostgresError) -> [String: [ObservationRun]] {
        var results: [String: [ObservationRun]] = [:]
        for row in try await connection.rows(query) {
            let check = try row.text(0)
            guard let runs = RunText.runs(try row.text(1)) else {
                throw PostgresError(.client, "the roll-ups of \(check) cannot be read")
            }
            results[check] = runs
        }
        return results
    }

    // MARK: Queries

    /// A run, or a single result, as one line for ``RunText``.
    private static let rolledLine: SQL = """
        pg_catalog.concat_ws(' ', r.outcome, r.trigger, coalesce(r.slot::pg_catalog.text, '-'), r.step, r.results, r.first_observed,
            r.last_observed, r.first_finished, r.least_lag, r.most_lag, r.last_recorded)
        """
    private static let measuredLine: SQL = """
        pg_catalog.concat_ws(' ', m.outcome, m.trigger, coalesce(((extract(epoch FROM m.slot) * 1000000)::pg_catalog.int8)::pg_catalog.text, '-'),
            0, 1, s.observed, s.observed, s.finished, s.finished - s.since, s.finished - s.since, s.recorded,
            CASE WHEN c.needs_rows AND m.good IS NOT NULL AND m.total IS NOT NULL THEN pg_catalog.concat(m.good, ' ', m.total) END)
        """
    private static let clocks: SQL = """
        CROSS JOIN LATERAL (
            SELECT (extract(epoch FROM m.observed_at) * 1000000)::pg_catalog.int8 AS observed,
                (extract(epoch FROM m.finished_at) * 1000000)::pg_catalog.int8 AS finished,
                (extract(epoch FROM m.recorded_at) * 1000000)::pg_catalog.int8 AS recorded,
                (extract(epoch FROM coalesce(m.slot, m.observed_at)) * 1000000)::pg_catalog.int8 AS since
        ) AS s
        """

    private func query(_ requests: [Request], _ days: TimeRange, _ source: Source) -> SQL {
        let checks: SQL = """
            c AS (
                SELECT * FROM unnest(\(bind: SQLArray.text(requests.map(\.check)))::pg_catalog.text[],
                    \(bind: SQLArray.text(requests.map { String($0.deadlines.lowerBound) }))::pg_catalog.int8[],
                    \(bind: SQLArray.text(requests.map { String($0.deadlines.upperBound) }))::pg_catalog.int8[],
                    \(bind: SQLArray.text(requests.map { String($0.needsRows) }))::pg_catalog.bool[]) AS c (check_id, least, most, needs_rows)
            )
            """
        let from: SQL = "\(bind: days.from.text)::pg_catalog.timestamptz"
        let to: SQL = "\(bind: days.to.text)::pg_catalog.timestamptz"
        // By the index, for each check: the planner cannot know how few of all measurements these are.
        func measured(of spans: SQL, from: SQL, to: SQL) -> SQL {
            """
            SELECT c.check_id, \(Self.measuredLine) AS line
            FROM \(spans) CROSS JOIN LATERAL (
                SELECT * FROM \(identifier: schema, "measurement") AS m
                WHERE m.check_id = c.check_id AND m.observed_at >= \(from) AND m.observed_at < \(to)
                    AND m.recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz
                OFFSET 0
            ) AS m
            JOIN \(identifier: schema, "run") AS run ON run.run_id = m.run_id AND run.target = \(bind: target)
            \(Self.clocks)
            """
        }
        let lines: SQL
        switch source {
        case .measurements:
            lines = """
                WITH \(checks), line AS (\(measured(of: "c", from: from, to: to)))
                """
        case .rollups:
            lines = """
                WITH \(checks), rolled AS MATERIALIZED (
                    SELECT r.check_id, r.day, \(Self.rolledLine) AS line, c.needs_rows AND r.has_rows AS needs_rows,
                        CASE WHEN c.needs_rows AND r.has_rows THEN (
                            SELECT pg_catalog.array_to_string(w.good || w.total, ' ') FROM \(identifier: schema, "rollup_rows") AS w
                            WHERE w.target = r.target AND w.check_id = r.check_id AND w.day = r.day AND w.ordinal = r.ordinal
                                AND pg_catalog.cardinality(w.good) = r.results
                        ) END AS rows,
                        r.last_recorded > \(bind: asOf.microseconds)::pg_catalog.int8
                            OR (r.step > 0 AND r.most_lag > c.least AND r.least_lag <= c.most) AS is_unclear
                    FROM \(identifier: schema, "rollup") AS r JOIN c USING (check_id)
                    WHERE r.target = \(bind: target) AND r.day >= \(bind: String(days.from.text.prefix(10)))::pg_catalog.date
                        AND r.day < \(bind: String(days.to.text.prefix(10)))::pg_catalog.date
                ), stale AS MATERIALIZED (
                    SELECT m.check_id, m.day FROM \(identifier: schema, "rollup_mark") AS m
                    WHERE m.target = \(bind: target) AND m.day >= \(bind: String(days.from.text.prefix(10)))::pg_catalog.date
                        AND m.day < \(bind: String(days.to.text.prefix(10)))::pg_catalog.date
                    UNION SELECT r.check_id, r.day FROM rolled AS r WHERE r.is_unclear OR r.needs_rows AND r.rows IS NULL
                ), line AS (
                    SELECT r.check_id, pg_catalog.concat_ws(' ', r.line, r.rows) AS line FROM rolled AS r
                    WHERE (r.check_id, r.day) NOT IN (SELECT check_id, day FROM stale)
                    UNION ALL
                    \(measured(
                        of: "stale AS d JOIN c USING (check_id)", from: "d.day::pg_catalog.timestamp AT TIME ZONE 'UTC'",
                        to: "(d.day + 1)::pg_catalog.timestamp AT TIME ZONE 'UTC'"))
                )
                """
        }
        return """
            \(lines) SELECT check_id, pg_catalog.string_agg(line, E'\\n') FROM line GROUP BY check_id
            """
    }

    /// The last good result of some checks before an instant, the first failing one behind it, and the last planned one.
    private func before(_ checks: [String], _ instant: Timestamp) -> SQL {
        func one(_ condition: SQL, _ order: SQL) -> SQL {
            """
            SELECT m.* FROM \(identifier: schema, "measurement") AS m
            JOIN \(identifier: schema, "run") AS run ON run.run_id = m.run_id AND run.target = \(bind: target)
            WHERE m.check_id = c.check_id AND m.observed_at < \(bind: instant.text)::pg_catalog.timestamptz
                AND m.recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz AND \(condition)
            ORDER BY \(order) LIMIT 1
            """
        }
        return """
            WITH c AS (
                SELECT check_id, false AS needs_rows FROM unnest(\(bind: SQLArray.text(checks))::pg_catalog.text[]) AS c (check_id)
            )
            SELECT c.check_id, pg_catalog.string_agg(\(Self.measuredLine), E'\\n')
            FROM c
            LEFT JOIN LATERAL (\(one("m.trigger <> 'backfill' AND m.outcome IN ('pass', 'warn')", "m.observed_at DESC"))) AS good ON true
            CROSS JOIN LATERAL (
                SELECT good.* WHERE good.run_id IS NOT NULL
                UNION
                (\(one("m.trigger <> 'backfill' AND m.outcome = 'fail' AND m.observed_at > coalesce(good.observed_at, '-infinity')", "m.observed_at")))
                UNION
                (\(one("m.trigger IN ('scheduled', 'retry') AND m.outcome IN ('pass', 'warn', 'fail')", "m.observed_at DESC")))
            ) AS m
            \(Self.clocks)
            GROUP BY c.check_id
            """
    }
}

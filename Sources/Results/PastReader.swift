package import Checks
import ExactJSON
package import Postgres
import StructuredSQL

/// Reads what earlier runs recorded, for the checks that compare with it.
package struct PastReader {
    private let connection: Connection
    private let schema: String
    private let target: String
    private let database: String

    /// Most measurements that are read for a check; the newest.
    private static let maximumCount = 20_000

    /// - Parameters:
    ///   - connection: To the results server.
    ///   - schema: The results schema.
    ///   - target: The target that the run is on; what was recorded of others is not its past.
    ///   - database: The name of its database: a target may have been another one before.
    package init(connection: Connection, schema: String, target: String, database: String) {
        self.connection = connection
        self.schema = schema
        self.target = target
        self.database = database
    }

    /// Runs `r` on the same database.
    private var isSameTarget: SQL { "r.target = \(bind: target) AND r.database = \(bind: database)" }

    /// What is known for each check that needs it, by its id.
    ///
    /// - Parameters:
    ///   - checks: Any checks; most need nothing.
    ///   - windows: What the run is about, both ends of each as texts of instants; none where it is about the present.
    ///   - slot: When the run was due; now if `nil`.
    /// - Returns: One for each check that needs it.
    /// - Throws: A ``PostgresError`` if the schema is missing, too old or not readable.
    package func past(
        for checks: [Check], windows: [(from: String, to: String)], slot: String?
    ) async throws(PostgresError) -> [String: Past] {
        let needs = checks.compactMap { check in (check.kind as? any PastKind)?.need.map { (check: check, need: $0) } }
        guard !needs.isEmpty else { return [:] }
        let state = try await Migrator(connection: connection, schema: schema).state()
        if let problem = state.problem(of: schema) {
            throw PostgresError(.client, problem.message, hint: problem.hint)
        }
        let scope = Scope(windows: windows, slot: slot)
        let statements = needs.flatMap { entry -> [SQL] in
            [
                "SELECT \(Self.clock(of: "at", in: entry.check)) FROM (\(scope.moments)) AS moments (at, position) ORDER BY position",
                statement(for: entry.need, of: entry.check, scope),
            ]
        }
        let answers = try await connection.rows(ofEach: statements)
        var past: [String: Past] = [:]
        for (index, entry) in needs.enumerated() {
            past[entry.check.id] = try Self.past(answers[2 * index + 1], of: entry.need, moments: answers[2 * index])
        }
        return past
    }

    private static func past(_ rows: [Row], of need: Past.Need, moments: [Row]) throws(PostgresError) -> Past {
        var past = Past()
        for row in moments { past.moments.append(try moment(row)) }
        switch need {
        case .measurements:
            for row in rows {
                past.measurements.append(
                    PastMeasurement(
                        moment: try moment(row), metric: try row.text(3),
                        mark: row[4].flatMap(FeedbackMark.init(rawValue:))))
            }
        case .schema:
            past.schema = document(rows).flatMap(RelationSchema.init)
        case .histogram:
            past.histogram = document(rows).flatMap(RecordedHistogram.init)
        }
        return past
    }

    private static func document(_ rows: [Row]) -> JSONValue? {
        rows.first?[0].flatMap { try? JSONValue(parsing: $0) }
    }

    private static func moment(_ row: Row) throws(PostgresError) -> Moment {
        Moment(
            time: Timestamp(microseconds: try row.integer(0)), weekday: try row.integer(1), hour: try row.integer(2))
    }

    /// An instant, and the weekday and the hour that the clock of the check's zone shows.
    private static func clock(of instant: SQL, in check: Check) -> SQL {
        let local: SQL = "\(instant) AT TIME ZONE \(bind: check.dataset.time?.zone ?? "UTC")"
        return """
            (extract(epoch FROM \(instant)) * 1000000)::pg_catalog.int8, extract(isodow FROM \(local))::pg_catalog.int4, \
            extract(hour FROM \(local))::pg_catalog.int4
            """
    }

    // MARK: What a run is about

    /// The part of time that a run is about, and which measurements are like it.
    private struct Scope {
        let windows: [(from: String, to: String)]
        let slot: String?

        /// A query of the instants of the run's measurements, and their positions.
        var moments: SQL {
            guard !windows.isEmpty else {
                return "SELECT coalesce(\(bind: slot)::pg_catalog.timestamptz, pg_catalog.clock_timestamp()), 1"
            }
            let list = windows.map(\.from)
            return
                "SELECT * FROM unnest(\(bind: SQLArray.text(list))::pg_catalog.timestamptz[]) WITH ORDINALITY AS m (at, position)"
        }

        /// The instant from which on nothing is the past.
        var end: SQL {
            guard let last = windows.last else {
                return "coalesce(\(bind: slot)::pg_catalog.timestamptz, 'infinity'::pg_catalog.timestamptz)"
            }
            return "\(bind: last.from)::pg_catalog.timestamptz"
        }

        /// The instant before which everything is the past, for whichever step.
        var start: SQL {
            windows.first.map { "\(bind: $0.from)::pg_catalog.timestamptz" as SQL } ?? end
        }

        /// Runs `r` that are about as much time: days may differ by an hour where clocks change, and whole months, by the
        /// clock of `zone`, by as many days as they do.
        func likeness(_ zone: SQL) -> SQL {
            guard let first = windows.first else { return "r.window_from IS NULL" }
            let (from, to): (SQL, SQL) = (
                "\(bind: first.from)::pg_catalog.timestamptz", "\(bind: first.to)::pg_catalog.timestamptz"
            )
            func seconds(_ from: SQL, _ to: SQL) -> SQL { "extract(epoch FROM (\(to)) - (\(from)))" }
            func isMonth(_ instant: SQL) -> SQL {
                "pg_catalog.date_trunc('month', \(instant) AT TIME ZONE \(zone)) = \(instant) AT TIME ZONE \(zone)"
            }
            func months(_ from: SQL, _ to: SQL) -> SQL {
                "extract(year FROM age(\(to) AT TIME ZONE \(zone), \(from) AT TIME ZONE \(zone))) * 12 "
                    + "+ extract(month FROM age(\(to) AT TIME ZONE \(zone), \(from) AT TIME ZONE \(zone)))"
            }
            let all = ["r.window_from", "r.window_to", from, to].map { isMonth($0) }.joined(separator: " AND ")
            return """
                (abs(\(seconds("r.window_from", "r.window_to")) - \(seconds(from, to)))
                    <= CASE WHEN \(seconds(from, to)) >= 72000 THEN 3600 ELSE 0 END
                OR \(all) AND \(months("r.window_from", "r.window_to")) = \(months(from, to)))
                """
        }
    }

    private func statement(for need: Past.Need, of check: Check, _ scope: Scope) -> SQL {
        switch need {
        case .measurements(let measure, let reach, let part):
            measurements(of: measure, as: check, atMost: reach, part, scope)
        case .schema: relationVersion(for: check, scope)
        case .histogram(let choice, let fewest):
            histogram(of: check, choice, fewest: fewest, scope)
        }
    }

    /// What the relation was when this check looked at it last, in a run that was due at another time: a retry must not
    /// compare with what it is to judge.
    private func relationVersion(for check: Check, _ scope: Scope) -> SQL {
        """
        SELECT v.body::pg_catalog.text FROM \(identifier: schema, "relation_version") AS v
        WHERE v.target = \(bind: target) AND v.dataset = \(bind: check.dataset.name) AND v.observed_at <= (
            SELECT m.observed_at FROM \(identifier: schema, "measurement") AS m
            JOIN \(identifier: schema, "run") AS r USING (run_id)
            WHERE m.check_id = \(bind: check.id) AND m.outcome <> 'error' AND \(isSameTarget)
                AND (\(bind: scope.slot)::pg_catalog.timestamptz IS NULL
                    OR coalesce(m.slot, m.observed_at) < \(bind: scope.slot)::pg_catalog.timestamptz)
            ORDER BY m.observed_at DESC LIMIT 1
        )
        ORDER BY v.observed_at DESC, v.id DESC LIMIT 1
        """
    }

    // MARK: Measurements

    private func measurements(
        of measure: Measure, as check: Check, atMost reach: Duration, _ part: Past.Part, _ scope: Scope
    ) -> SQL {
        let zone: SQL = "\(bind: check.dataset.time?.zone ?? "UTC")"
        let isPart: SQL =
            switch part {
            case .all: "true"
            case .around(let days):
                """
                EXISTS (SELECT FROM (\(scope.moments)) AS moments (at, position)
                    WHERE found.at BETWEEN moments.at - \(bind: "\(24 * days + 12) h")::pg_catalog.interval
                        AND moments.at - \(bind: "\(24 * days - 12) h")::pg_catalog.interval)
                """
            case .sameWeekday:
                """
                EXISTS (SELECT FROM (\(scope.moments)) AS moments (at, position)
                    WHERE extract(isodow FROM found.at AT TIME ZONE \(zone)) = extract(isodow FROM moments.at AT TIME ZONE \(zone)))
                """
            }
        let number: SQL =
            switch measure.quantity {
            case .value: "m.value"
            case .count: "m.failing"
            case .percent: "100.0 * m.failing / nullif(m.total, 0)"
            }
        let definition = (try? JSONValue(parsing: check.definition)) ?? .null
        let nested = definition["arguments"]?["of"]
        // The bounds of what computes a number change nothing about it.
        let bounds = measure.quantity == .value ? ["min", "max", "equals"] : []
        let comparing: SQL = "d.body ->> 'kind' IN ('change', 'anomaly')"
        let oldest: SQL = "(moments.first - \(bind: "\(reach.milliseconds) ms")::pg_catalog.interval)"
        return """
            WITH moments AS (
                SELECT min(at) AS first FROM (\(scope.moments)) AS moments (at, position)
            ), known AS (
                SELECT d.id, d.check_id, \(comparing) AS compares FROM \(identifier: schema, "definition") AS d
                WHERE \(sameSubject(as: definition))
                    AND CASE WHEN \(comparing) THEN d.body -> 'arguments' -> 'of' = \(json(nested))
                            AND coalesce(d.body -> 'arguments' ->> 'quantity', 'count')
                                = \(bind: measure.quantity == .percent ? "percent" : "count")
                        ELSE d.body -> 'kind' = \(json(nested?["kind"]))
                            AND (d.body -> 'arguments') - \(bind: SQLArray.text(bounds))::pg_catalog.text[]
                                = \(json(nested?["arguments"])) END
            ), found AS (
                SELECT coalesce(r.window_from, m.slot, m.observed_at) AS at,
                    CASE WHEN known.compares THEN m.metric ELSE \(number) END AS metric, m.recorded_at, m.run_id,
                    marks.mark, marks.id
                FROM known
                JOIN \(identifier: schema, "measurement") AS m ON m.check_id = known.check_id AND m.definition_id = known.id
                JOIN \(identifier: schema, "run") AS r USING (run_id)
                CROSS JOIN moments
                LEFT JOIN LATERAL (\(mark)) AS marks ON true
                WHERE \(isSameTarget) AND m.observed_at >= \(oldest) AND \(scope.likeness(zone))
            ), latest AS (
                SELECT DISTINCT ON (at) at, mark, run_id FROM found WHERE mark IS NOT NULL ORDER BY at, id DESC
            )
            SELECT \(Self.clock(of: "at", in: check)), metric::pg_catalog.text,
                CASE WHEN mark = 'expected' OR mark = 'bad' AND marked_run = run_id THEN mark END
            FROM (
                SELECT DISTINCT ON (found.at) found.at, metric, found.run_id, latest.mark, latest.run_id AS marked_run
                FROM found CROSS JOIN moments LEFT JOIN latest ON latest.at = found.at
                WHERE metric NOT IN ('NaN', 'Infinity', '-Infinity') AND found.at >= \(oldest) AND found.at <= \(scope.end)
                    AND \(isPart)
                ORDER BY found.at DESC, recorded_at DESC
                LIMIT \(bind: Self.maximumCount)
            ) AS newest ORDER BY at
            """
    }

    /// What was said last about the measurement `m`.
    private var mark: SQL {
        """
        SELECT f.mark, f.id FROM \(identifier: schema, "feedback") AS f
        WHERE f.run_id = m.run_id AND f.check_id = m.check_id ORDER BY f.id DESC LIMIT 1
        """
    }

    /// Definitions `d` that are about the same rows and columns, read in the same way.
    private func sameSubject(as definition: JSONValue) -> SQL {
        let members = ["dataset", "columns", "where", "nulls", "time", "parameters"].map { name -> SQL in
            "d.body -> \(bind: name)::pg_catalog.text = \(json(definition[name]))"
        }
        return (members + ["d.body -> 'sample' IS NULL", "d.body -> 'group_by' IS NULL"]).joined(separator: " AND ")
    }

    private func json(_ value: JSONValue?) -> SQL { "\(bind: (value ?? .null).compactText)::pg_catalog.jsonb" }

    // MARK: Distributions

    private func histogram(
        of check: Check, _ choice: RecordedHistogram.Choice, fewest: Int, _ scope: Scope
    ) -> SQL {
        let definition = (try? JSONValue(parsing: check.definition)) ?? .null
        var arguments: [JSONValue.Member] = []
        // Neither bounds nor the choice of the run change what is recorded.
        let others = ["min", "max", "equals", "min_rows", "baseline_run", "as", "smoothing"]
        if case .object(let members)? = definition["arguments"] {
            arguments = members.filter { !others.contains($0.name) }
        }
        let order: SQL = choice == .first ? "at" : "at DESC"
        return """
            SELECT histogram::pg_catalog.text FROM (
                SELECT m.histogram, coalesce(r.window_from, m.slot, m.observed_at) AS at
                FROM \(identifier: schema, "definition") AS d
                JOIN \(identifier: schema, "measurement") AS m ON m.check_id = d.check_id AND m.definition_id = d.id
                JOIN \(identifier: schema, "run") AS r USING (run_id)
                LEFT JOIN LATERAL (\(mark)) AS marks ON true
                WHERE d.check_id = \(bind: check.id) AND \(sameSubject(as: definition))
                    AND d.body -> 'kind' = \(json(definition["kind"]))
                    AND (d.body -> 'arguments') - \(bind: SQLArray.text(others))::pg_catalog.text[]
                        = \(json(.object(arguments)))
                    AND (SELECT sum(c::pg_catalog.int8) FROM jsonb_array_elements_text(m.histogram -> 'counts') AS c)
                        >= \(bind: fewest)
                    AND marks.mark IS DISTINCT FROM 'bad' AND \(isSameTarget)
                    AND \(scope.likeness("\(bind: check.dataset.time?.zone ?? "UTC")"))
            ) AS recorded WHERE at < \(scope.start) ORDER BY \(order) LIMIT 1
            """
    }
}

package import Checks
import ExactJSON
package import Postgres
import StructuredSQL

/// Reads what earlier runs recorded, for the checks that compare with it.
package struct PastReader {
    private let connection: Connection
    private let schema: String
    private let target: String

    /// Most measurements that are read for a check; the newest.
    private static let maximumCount = 1000

    package init(connection: Connection, schema: String, target: String) {
        self.connection = connection
        self.schema = schema
        self.target = target
    }

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

        /// Runs `r` that are about as much time: days differ by an hour, months by three days.
        var likeness: SQL {
            guard let first = windows.first else { return "r.window_from IS NULL" }
            let length: SQL =
                "(\(bind: first.to)::pg_catalog.timestamptz - \(bind: first.from)::pg_catalog.timestamptz)"
            return "r.window_to - r.window_from BETWEEN 0.8 * \(length) AND 1.25 * \(length)"
        }
    }

    private func statement(for need: Past.Need, of check: Check, _ scope: Scope) -> SQL {
        switch need {
        case .measurements(let measure, let reach):
            measurements(of: measure, as: check, atMost: reach, scope)
        case .schema:
            """
            SELECT body::pg_catalog.text FROM \(identifier: schema, "relation_version")
            WHERE target = \(bind: target) AND dataset = \(bind: check.dataset.name)
            ORDER BY observed_at DESC, id DESC LIMIT 1
            """
        case .histogram(let choice):
            histogram(of: check, choice, scope)
        }
    }

    // MARK: Measurements

    private func measurements(of measure: Measure, as check: Check, atMost reach: Duration, _ scope: Scope) -> SQL {
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
                    CASE WHEN known.compares THEN m.metric ELSE \(number) END AS metric, m.recorded_at, marks.mark
                FROM known
                JOIN \(identifier: schema, "measurement") AS m ON m.check_id = known.check_id AND m.definition_id = known.id
                JOIN \(identifier: schema, "run") AS r USING (run_id)
                CROSS JOIN moments
                LEFT JOIN LATERAL (\(mark)) AS marks ON true
                WHERE r.target = \(bind: target) AND m.observed_at >= \(oldest) AND \(scope.likeness)
            )
            SELECT \(Self.clock(of: "at", in: check)), metric::pg_catalog.text, mark FROM (
                SELECT DISTINCT ON (at) at, metric, nullif(mark, 'withdrawn') AS mark FROM found CROSS JOIN moments
                WHERE metric NOT IN ('NaN', 'Infinity', '-Infinity') AND at >= \(oldest) AND at <= \(scope.end)
                ORDER BY at DESC, nullif(mark, 'withdrawn') NULLS LAST, recorded_at DESC
                LIMIT \(bind: Self.maximumCount)
            ) AS newest ORDER BY at
            """
    }

    /// What was said last about the measurement `m`.
    private var mark: SQL {
        """
        SELECT f.mark FROM \(identifier: schema, "feedback") AS f
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

    private func histogram(of check: Check, _ choice: RecordedHistogram.Choice, _ scope: Scope) -> SQL {
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
                    AND m.histogram -> 'counts' IS NOT NULL AND marks.mark IS DISTINCT FROM 'bad'
                    AND r.target = \(bind: target) AND \(scope.likeness)
            ) AS recorded WHERE at < \(scope.start) ORDER BY \(order) LIMIT 1
            """
    }
}

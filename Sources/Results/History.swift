package import Checks
package import Postgres
import StructuredSQL

/// Reads measurements back.
package struct History {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// The newest measurements of each check, oldest first.
    ///
    /// - Parameters:
    ///   - pattern: Check ids to read, with `*` for any text; `nil` means all.
    ///   - limit: Most measurements per check.
    /// - Returns: Series by check id.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func series(matching pattern: String?, limit: Int) async throws(PostgresError) -> [MeasurementSeries] {
        // Each check has a definition; its newest measurements are found by the index, and nothing else is read.
        let rows = try await connection.rows(
            """
            SELECT m.check_id, m.outcome, m.failing, m.total, m.value,
                (extract(epoch FROM m.observed_at) * 1000000)::pg_catalog.int8, m.trigger, m.run_id, m.metric,
                (extract(epoch FROM run.window_from) * 1000000)::pg_catalog.int8
            FROM (
                SELECT DISTINCT check_id FROM \(identifier: schema, "definition") WHERE check_id LIKE \(bind: Self.like(pattern))
            ) AS d
            CROSS JOIN LATERAL (
                -- The steps of a backfill see the data at one instant: the newest windows count.
                SELECT * FROM \(identifier: schema, "sli") AS s
                WHERE s.check_id = d.check_id
                ORDER BY s.observed_at DESC, CASE WHEN s.trigger = 'backfill'
                    THEN (SELECT r.window_from FROM \(identifier: schema, "run") AS r WHERE r.run_id = s.run_id) END DESC
                LIMIT \(bind: limit)::pg_catalog.int8
            ) AS m
            JOIN \(identifier: schema, "run") AS run USING (run_id)
            ORDER BY m.check_id, coalesce(run.window_from, m.observed_at), m.observed_at
            """
        )
        var series: [MeasurementSeries] = []
        for row in rows {
            let id = try row.text(0)
            let point = MeasurementPoint(
                outcome: Outcome(rawValue: try row.text(1)) ?? .error,
                failing: row[2].flatMap { Int($0) },
                total: row[3].flatMap { Int($0) },
                value: row[4],
                metric: row[8],
                observedAt: Timestamp(microseconds: try row.integer(5)),
                windowFrom: row[9].flatMap { Int($0) }.map(Timestamp.init),
                trigger: try row.text(6),
                runID: try row.text(7)
            )
            if series.last?.check != id { series.append(MeasurementSeries(check: id, points: [])) }
            series[series.count - 1].points.append(point)
        }
        return series
    }

    /// What each check cost in the last `days` days, as far as recorded.
    ///
    /// - Parameters:
    ///   - pattern: Check ids to read, with `*` for any text; `nil` means all.
    ///   - days: How far back, from now.
    /// - Returns: One for each check that has a recorded cost, by dataset.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func costs(matching pattern: String?, days: Int) async throws(PostgresError) -> [CheckCost] {
        let rows = try await connection.rows(
            """
            SELECT dataset, check_id, count(*), (sum(cost_ms) * 1000)::pg_catalog.int8
            FROM \(identifier: schema, "sli")
            WHERE check_id LIKE \(bind: Self.like(pattern)) AND cost_ms IS NOT NULL
                AND observed_at >= pg_catalog.now() - pg_catalog.make_interval(days => \(bind: days)::pg_catalog.int4)
            GROUP BY 1, 2
            ORDER BY 1, 2
            """
        )
        var costs: [CheckCost] = []
        for row in rows {
            costs.append(
                CheckCost(
                    dataset: try row.text(0), check: try row.text(1), runs: try row.integer(2),
                    total: .microseconds(try row.integer(3))))
        }
        return costs
    }

    /// A glob as a LIKE pattern.
    static func like(_ pattern: String?) -> String {
        (pattern ?? "*").replacing("\\", with: "\\\\").replacing("%", with: "\\%")
            .replacing("_", with: "\\_").replacing("*", with: "%")
    }
}

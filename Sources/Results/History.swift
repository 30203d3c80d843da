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
        let like = (pattern ?? "*").replacing("\\", with: "\\\\").replacing("%", with: "\\%")
            .replacing("_", with: "\\_").replacing("*", with: "%")
        let rows = try await connection.rows(
            """
            SELECT check_id, outcome, failing, total, value, (extract(epoch FROM observed_at) * 1000000)::pg_catalog.int8,
                trigger, run_id
            FROM (
                SELECT *, row_number() OVER (PARTITION BY check_id ORDER BY observed_at DESC) AS age
                FROM \(identifier: schema, "sli")
                WHERE check_id LIKE \(bind: like)
            ) AS ranked
            WHERE age <= \(bind: limit)
            ORDER BY check_id, observed_at
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
                observedAt: Timestamp(microseconds: try row.integer(5)),
                trigger: try row.text(6),
                runID: try row.text(7)
            )
            if series.last?.check != id { series.append(MeasurementSeries(check: id, points: [])) }
            series[series.count - 1].points.append(point)
        }
        return series
    }
}

package import Checks
package import Postgres
import StructuredSQL

/// Cuts a window into steps, and reads its ends, by the clock of a zone.
package enum WindowSteps {
    /// Most steps of a backfill.
    private static let maximumCount = 10_000

    /// Whether a text says an offset from UTC itself.
    private static func hasOffset(_ text: String) -> Bool {
        text.contains(#/\d{1,2}:\d{2}\S*\s*([zZ]|UTC|[+-]\d{1,2}(:?\d{2})?)$/#)
    }

    /// An end as an instant; one without an offset is read by the zone's clock.
    private static func instant(_ text: String, zone: String) -> SQL {
        hasOffset(text)
            ? "\(bind: text)::pg_catalog.timestamptz"
            : "\(bind: text)::pg_catalog.timestamp AT TIME ZONE \(bind: zone)::pg_catalog.text"
    }

    /// The ends of a window as instants.
    ///
    /// - Throws: A ``WindowError`` if there is nothing between them, or they are no instants.
    package static func bounds(
        _ window: (from: String, to: String), zone: String, on settings: ConnectionSettings
    ) async throws -> (from: String, to: String) {
        let (from, to) = (instant(window.from, zone: zone), instant(window.to, zone: zone))
        let rows = try await asking(
            settings,
            """
            SELECT \(text(from)), \(text(to))
            WHERE pg_catalog.isfinite(\(from)) AND pg_catalog.isfinite(\(to)) AND \(from) < \(to)
            """)
        guard let row = rows.first else {
            throw WindowError(message: "the window from \(window.from) to \(window.to) is empty or has no end")
        }
        return (try row.text(0), try row.text(1))
    }

    /// The steps of a window, each a window itself; the last one ends where the window does.
    ///
    /// Days and longer steps are those of the zone's calendar, whatever its clock does; hours and minutes are of equal
    /// length.
    ///
    /// - Throws: A ``WindowError`` if the window is empty or has no end, or there are too many steps.
    package static func steps(
        of window: (from: String, to: String), by period: Period, zone: String, on settings: ConnectionSettings
    ) async throws -> [(from: String, to: String)] {
        let bounds = try await bounds(window, zone: zone, on: settings)
        let from: SQL = "\(bind: bounds.from)::pg_catalog.timestamptz"
        let to: SQL = "\(bind: bounds.to)::pg_catalog.timestamptz"
        let local: (SQL) -> SQL = { "(\($0)) AT TIME ZONE \(bind: zone)::pg_catalog.text" }
        let series: SQL =
            period.isShorterThanDay
            ? """
            SELECT s AS low, s + \(period.step) AS high
            FROM pg_catalog.generate_series(\(from), \(to) - '1 microsecond'::pg_catalog.interval, \(period.step)) AS s
            """
            : """
            SELECT \(local("s")) AS low, \(local("s + \(period.step)")) AS high
            FROM pg_catalog.generate_series(\(local(from)), \(local("\(to) - '1 microsecond'::pg_catalog.interval")), \(period.step)) AS s
            """
        let rows = try await asking(
            settings,
            """
            SELECT \(text("low")), \(text("LEAST(high, \(to))")) FROM (\(series)) AS steps
            WHERE low < high ORDER BY low LIMIT \(bind: maximumCount + 1)
            """)
        guard rows.count <= maximumCount else {
            throw WindowError(message: "the window has more than \(maximumCount) steps")
        }
        return try rows.map { row throws(PostgresError) in (try row.text(0), try row.text(1)) }
    }

    /// An instant as text, the same whatever the session's settings.
    private static func text(_ instant: SQL) -> SQL {
        "pg_catalog.to_char((\(instant)) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    }

    private static func asking(_ settings: ConnectionSettings, _ question: SQL) async throws -> [Row] {
        let connection = try await Connection.open(settings)
        do throws(PostgresError) {
            let rows = try await connection.rows(question)
            await connection.close()
            return rows
        } catch {
            await connection.close()
            guard error.sqlState?.errorClass == "22" else { throw error }
            throw WindowError(message: error.message)
        }
    }
}

package import Checks
package import Postgres
package import ServiceLevels
import StructuredSQL

/// What people do and say about incidents.
package struct IncidentLedger: Sendable {
    private let connection: Connection
    private let schema: String
    private let target: String

    /// - Parameters:
    ///   - connection: To the results server.
    ///   - schema: The results schema.
    ///   - target: The target the incidents are of.
    package init(connection: Connection, schema: String, target: String) {
        self.connection = connection
        self.schema = schema
        self.target = target
    }

    /// Adds an event.
    ///
    /// - Parameters:
    ///   - kind: What was done.
    ///   - check: The id of the check that failed.
    ///   - firstBad: When the incident began.
    ///   - actor: Who did it.
    ///   - text: Why, or what is to be known.
    ///   - link: Where more is written.
    ///   - impact: When the impact began, as PostgreSQL reads it.
    /// - Throws: A ``PostgresError`` if it cannot be written, or the time cannot be read.
    package func add(
        _ kind: IncidentEvent.Kind, to check: String, _ firstBad: Timestamp, by actor: String, text: String?,
        link: String?, impact: String?
    ) async throws(PostgresError) {
        _ = try await connection.rows(
            """
            INSERT INTO \(identifier: schema, "incident_event")
                (target, check_id, first_bad, kind, actor, reason, link, impact_started_at)
            VALUES (\(bind: target), \(bind: check), \(bind: firstBad.text)::pg_catalog.timestamptz, \(bind: kind.rawValue),
                \(bind: actor), \(bind: text), \(bind: link), \(bind: impact)::pg_catalog.timestamptz)
            """)
    }

    /// All events, in the order in which they were recorded.
    ///
    /// - Parameter asOf: What was recorded later does not exist.
    /// - Returns: Events of all incidents of the target.
    /// - Throws: A ``PostgresError`` if the schema cannot be read.
    package func events(asOf: Timestamp) async throws(PostgresError) -> [IncidentEvent] {
        let rows = try await connection.rows(
            """
            SELECT kind, check_id, (extract(epoch FROM first_bad) * 1000000)::pg_catalog.int8, actor, reason, link,
                (extract(epoch FROM impact_started_at) * 1000000)::pg_catalog.int8,
                (extract(epoch FROM recorded_at) * 1000000)::pg_catalog.int8
            FROM \(identifier: schema, "incident_event")
            WHERE target = \(bind: target) AND recorded_at <= \(bind: asOf.text)::pg_catalog.timestamptz ORDER BY id
            """)
        var events: [IncidentEvent] = []
        for row in rows {
            guard let kind = IncidentEvent.Kind(rawValue: try row.text(0)) else { continue }
            events.append(
                IncidentEvent(
                    kind, check: try row.text(1), firstBad: Timestamp(microseconds: try row.integer(2)),
                    by: try row.text(3), text: row[4], link: row[5],
                    impactStartedAt: row[6].flatMap { Int($0) }.map(Timestamp.init),
                    recordedAt: Timestamp(microseconds: try row.integer(7))))
        }
        return events
    }
}

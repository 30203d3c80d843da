package import Postgres
import StructuredSQL

/// Time that is to be left out of service levels: somebody asks, somebody else decides.
package struct ExclusionLedger: Sendable {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Asks to leave a time out.
    ///
    /// - Parameters:
    ///   - id: A UUID.
    ///   - scope: A selector of checks.
    ///   - window: Both ends as PostgreSQL reads them.
    ///   - reason: Why.
    ///   - ticket: Where more is said.
    ///   - actor: Who asks.
    /// - Throws: A ``PostgresError`` if it cannot be written, or a time cannot be read.
    package func request(
        _ id: String, scope: String, window: (from: String, to: String), reason: String, ticket: String?,
        by actor: String
    ) async throws(PostgresError) {
        _ = try await connection.rows(
            """
            INSERT INTO \(identifier: schema, "exclusion") (exclusion_id, scope, window_from, window_to, reason, ticket, requested_by)
            VALUES (\(bind: id)::pg_catalog.uuid, \(bind: scope), \(bind: window.from)::pg_catalog.timestamptz,
                \(bind: window.to)::pg_catalog.timestamptz, \(bind: reason), \(bind: ticket), \(bind: actor))
            """)
    }

    /// What a decision can be.
    package enum Decision: String, Sendable, CaseIterable {
        case approved, rejected, withdrawn
    }

    /// Decides.
    ///
    /// - Parameters:
    ///   - decision: What became of it; the last decision counts.
    ///   - id: The id of an exclusion, or how it begins.
    ///   - reason: Why.
    ///   - actor: Who decides; whoever asked cannot approve.
    /// - Returns: What it is about and who asked; `nil` where there is none, or more than one begins so.
    /// - Throws: A ``PostgresError`` if it cannot be written, or is refused.
    package func decide(
        _ decision: Decision, on id: String, reason: String?, by actor: String
    ) async throws(PostgresError) -> (id: String, scope: String, requestedBy: String)? {
        let rows = try await connection.rows(
            """
            WITH found AS (
                SELECT * FROM \(identifier: schema, "exclusion")
                WHERE pg_catalog.starts_with(exclusion_id::pg_catalog.text, \(bind: id.lowercased())::pg_catalog.text)
            ), decided AS (
                INSERT INTO \(identifier: schema, "exclusion_decision") (exclusion_id, decision, actor, reason)
                SELECT exclusion_id, \(bind: decision.rawValue), \(bind: actor), \(bind: reason) FROM found
                WHERE (SELECT count(*) FROM found) = 1
            )
            SELECT exclusion_id, scope, requested_by FROM found
            """)
        guard rows.count == 1, let row = rows.first else { return nil }
        return (try row.text(0), try row.text(1), try row.text(2))
    }
}

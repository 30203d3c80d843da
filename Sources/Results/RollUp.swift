package import Postgres
import StructuredSQL

/// Brings roll-ups up to what was recorded.
package struct RollUp: Sendable {
    private let connection: Connection
    private let schema: String

    package init(connection: Connection, schema: String) {
        self.connection = connection
        self.schema = schema
    }

    /// Makes some of those that are missing; what another session is at is left to that one.
    ///
    /// - Returns: Whether there was anything to do.
    /// - Throws: A ``PostgresError`` if the role may not.
    @discardableResult
    package func step() async throws(PostgresError) -> Bool {
        try await connection.row("SELECT \(identifier: schema, "roll_up")()").integer(0) > 0
    }

    /// Makes all that are missing.
    ///
    /// - Throws: A ``PostgresError`` if the role may not.
    package func complete() async throws(PostgresError) {
        while try await step() {}
    }
}

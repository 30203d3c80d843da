import Postgres
import StructuredSQL

/// Why a run cannot be about the window it was given.
package struct WindowError: Error, Sendable, Hashable {
    package var message: String

    /// Sees that the window's ends are instants in the right order; a window of nothing would pass everything.
    static func requireInstants(
        _ window: (from: String, to: String)?, slot: String?, on connection: Connection
    ) async throws {
        let isRange: Bool
        do {
            if let slot {
                let isFinite = try await connection.row(
                    "SELECT pg_catalog.isfinite(\(bind: slot)::pg_catalog.timestamptz)"
                ).boolean(0)
                guard isFinite else { throw WindowError(message: "a slot is an instant, not \(slot)") }
            }
            guard let window else { return }
            isRange = try await connection.row(
                """
                SELECT \(bind: window.from)::pg_catalog.timestamptz < \(bind: window.to)::pg_catalog.timestamptz
                    AND pg_catalog.isfinite(\(bind: window.from)::pg_catalog.timestamptz)
                    AND pg_catalog.isfinite(\(bind: window.to)::pg_catalog.timestamptz)
                """
            ).boolean(0)
        } catch let error as PostgresError {
            guard error.sqlState?.errorClass == "22" else { throw error }
            throw WindowError(message: error.message)
        }
        guard isRange else {
            throw WindowError(
                message: "the window from \(window?.from ?? "") to \(window?.to ?? "") is empty or has no end")
        }
    }
}

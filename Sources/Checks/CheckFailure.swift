package import StructuredSQL

/// Why a check could not be evaluated: it says nothing about the data.
package struct CheckFailure: Error, Sendable, Hashable {
    /// Where on the way it went wrong.
    package enum Phase: String, Sendable, Hashable {
        /// Resolving names and building the statement.
        case plan
        /// Running it.
        case execute
        /// Judging what it gave.
        case judge
        /// Fetching the rows that fail.
        case rows
    }

    package var phase: Phase
    /// Lower case, no full stop.
    package var message: String
    package var sqlState: String?
    package var hint: String?
    /// The spot in the user's file, if it is closer than the check's own.
    package var location: SourceLocation?

    package init(
        _ phase: Phase,
        _ message: String,
        sqlState: String? = nil,
        hint: String? = nil,
        location: SourceLocation? = nil
    ) {
        self.phase = phase
        self.message = message
        self.sqlState = sqlState
        self.hint = hint
        self.location = location
    }
}

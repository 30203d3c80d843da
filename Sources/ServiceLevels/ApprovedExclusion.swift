package import Checks

/// A time that somebody approved to leave out.
package struct ApprovedExclusion: Sendable, Hashable {
    package var id: String
    /// A selector of checks.
    package var scope: String
    package var range: TimeRange
    package var reason: String
    package var ticket: String?
    package var requestedBy: String
    package var approvedBy: String
    package var approvedAt: Timestamp

    package init(
        id: String, scope: String, range: TimeRange, reason: String, ticket: String?, requestedBy: String,
        approvedBy: String, approvedAt: Timestamp
    ) {
        self.id = id
        self.scope = scope
        self.range = range
        self.reason = reason
        self.ticket = ticket
        self.requestedBy = requestedBy
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
    }

    /// Whether it was approved after it had begun.
    package var isRetroactive: Bool { approvedAt > range.from }
}

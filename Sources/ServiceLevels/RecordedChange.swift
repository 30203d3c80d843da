package import Checks

/// Something that became different in a period: what a check asks, when it is due, or what is promised.
package struct RecordedChange: Sendable, Hashable {
    package enum Subject: String, Sendable, Hashable, CaseIterable {
        case definition, schedule, agreement
    }

    package var subject: Subject
    /// A check, or the agreement.
    package var name: String
    /// What is different, in words.
    package var text: String
    package var at: Timestamp
    /// Who made it so, as far as the server knows: the role of the session.
    package var role: String?

    package init(_ subject: Subject, of name: String, _ text: String, at instant: Timestamp, role: String? = nil) {
        self.subject = subject
        self.name = name
        self.text = text
        at = instant
        self.role = role
    }
}

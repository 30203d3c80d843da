/// A way to answer faster that changes no answer; each can be left out, to compare or to be sure.
package enum Optimisation: String, Sendable, Hashable, CaseIterable {
    /// Judge columns of few values once per combination of values, not once per row.
    case grouping
    /// Prove uniqueness by counting different hashes, and group only where that proves nothing.
    case hashing
    /// Let an answer speak for another that follows from it.
    case implication
    /// Read a large table in pieces on several connections, and note where failing rows are instead of looking twice.
    case addresses
    /// Ask the partitions that are on other servers for their own counts, side by side, instead of for their rows.
    case shards
    /// Keep apart what an engine of several servers cannot have each of them do.
    case pushdown
    /// Look at what is cheap to know before what is dear.
    case screening
    /// Give a statement the memory it needs.
    case memory

    /// What is done unless the user says otherwise.
    package static let standard = Set(allCases)
}

/// Why a statement has the form it has, for whoever asks.
package struct Choice: Sendable, Hashable {
    package var optimisation: Optimisation
    package var isTaken: Bool
    /// The numbers that decided, in a sentence without a full stop.
    package var reason: String
}

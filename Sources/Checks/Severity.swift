/// How soon a person must look at a failure.
package enum Severity: String, Sendable, Hashable, CaseIterable, AliasedWord {
    case now
    case nextBusinessDay = "next_business_day"
    case nextSprint = "next_sprint"

    package static let aliases: [String: Severity] = [
        "sev0": .now, "critical": .now, "blocker": .now, "p1": .now,
        "sev1": .nextBusinessDay, "high": .nextBusinessDay, "major": .nextBusinessDay, "p2": .nextBusinessDay,
        "sev2": .nextSprint, "medium": .nextSprint, "low": .nextSprint, "minor": .nextSprint, "p3": .nextSprint,
    ]
}

/// What a check is about: the five V's of data, with the usual quality dimensions mapped onto them.
package enum Dimension: String, Sendable, Hashable, CaseIterable, AliasedWord {
    /// Is all of it there?
    case volume
    /// Does it have the shape it should have?
    case variety
    /// Is it true and free of contradiction?
    case veracity
    /// Is it there in time?
    case velocity
    /// Is it worth what it is used for?
    case value

    package static let aliases: [String: Dimension] = [
        "completeness": .volume, "coverage": .volume,
        "schema": .variety, "conformity": .variety,
        "validity": .veracity, "uniqueness": .veracity, "consistency": .veracity, "accuracy": .veracity,
        "integrity": .veracity,
        "timeliness": .velocity, "freshness": .velocity,
        "usefulness": .value, "relevance": .value,
    ]
}

/// A word of ours with other words for the same thing, all in one table.
package protocol AliasedWord: RawRepresentable<String>, CaseIterable {
    static var aliases: [String: Self] { get }
}

extension AliasedWord {
    /// The case that `word` names, by its own name or an alias.
    package init?(word: String) {
        guard let found = Self(rawValue: word) ?? Self.aliases[word] else { return nil }
        self = found
    }

    /// Every word that is taken, own names first.
    package static var words: [String] { allCases.map(\.rawValue) + aliases.keys.sorted() }
}

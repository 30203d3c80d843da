package import ExactJSON

/// What a check came to in each group of rows, where `group_by` has them judged apart.
package struct GroupFindings: Sendable, Hashable {
    /// Most groups that are named.
    package static let maximumListed = 100

    /// One group of rows.
    package struct Group: Sendable, Hashable {
        /// The values of the columns that make the group, by column.
        package var key: JSONValue
        /// The same as PostgreSQL's texts, in the order of `group_by`; `nil` is NULL.
        package var texts: [String?]
        package var outcome: Outcome
        package var failing: Int?
        package var total: Int?
        package var value: String?
    }

    /// Groups by outcome.
    package var counts: [Outcome: Int] = [:]
    /// Those that did not pass, the worst first; at most ``maximumListed``.
    package var worst: [Group] = []
    /// Of ``worst``, those that warn or fail, which are the ones with failing rows to show.
    package var violating: [Group] { worst.filter { $0.outcome == .fail || $0.outcome == .warn } }
    /// Failing rows and rows looked at, of all groups; `nil` where the check computes a value.
    package var failing: Int?
    package var total: Int?

    /// Reads what the statement of a plan gives.
    package init?(_ document: JSONValue) {
        for outcome in Outcome.allCases { counts[outcome] = document[outcome.rawValue]?.integer ?? 0 }
        failing = document["failing"]?.integer
        total = document["total"]?.integer
        guard case .array(let groups)? = document["worst"] else { return nil }
        for group in groups {
            guard let outcome = group["outcome"]?.string.flatMap(Outcome.init(rawValue:)), let key = group["key"],
                case .array(let texts)? = group["texts"]
            else { return nil }
            worst.append(
                Group(
                    key: key, texts: texts.map(\.string), outcome: outcome, failing: group["failing"]?.integer,
                    total: group["total"]?.integer, value: group["value"]?.string))
        }
    }

    /// Number of groups.
    package var count: Int { counts.values.reduce(0, +) }

    /// The worst of the groups' outcomes; `nil` where there is no group.
    package var outcome: Outcome? {
        [Outcome.error, .fail, .warn, .pass, .skip].first { counts[$0, default: 0] > 0 }
    }

    /// The sentence that says how many groups did what.
    package var summary: String {
        let words: [(Outcome, String)] = [
            (.fail, "failed"), (.warn, "warned"), (.error, "could not be judged"), (.skip, "skipped"),
        ]
        let parts = words.compactMap { outcome, word in
            counts[outcome].flatMap { $0 > 0 ? "\($0) \(word)" : nil }
        }
        let all = count == 1 ? "1 group" : "\(count) groups"
        return parts.isEmpty ? "all of \(all) passed" : "of \(all) \(parts.joined(separator: ", "))"
    }

    /// The groups object of the JSON contract.
    package var json: JSONValue {
        var members = Outcome.allCases.map { JSONValue.Member($0.rawValue, .number(String(counts[$0] ?? 0))) }
        members.insert(.init("total", .number(String(count))), at: 0)
        members.append(
            .init(
                "worst",
                .array(
                    worst.map { group in
                        [
                            "group": group.key, "outcome": .string(group.outcome.rawValue),
                            "failing": .number(ifPresent: group.failing), "total": .number(ifPresent: group.total),
                            "value": .number(postgres: group.value),
                        ]
                    })))
        return .object(members)
    }
}

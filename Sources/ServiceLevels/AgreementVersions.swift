package import Checks

/// An agreement with the checks that its selectors meant, as it held from an instant on.
package struct AgreementVersion: Sendable, Hashable {
    package var agreement: Agreement
    /// Ids of the checks of each objective, in their order.
    package var members: [[String]]
    package var from: Timestamp
    /// Who recorded it, as far as the server knows.
    package var role: String?

    package init(_ agreement: Agreement, members: [[String]], from: Timestamp, role: String? = nil) {
        self.agreement = agreement
        self.members = members
        self.from = from
        self.role = role
    }

    fileprivate func objective(_ name: String) -> (objective: Objective, members: [String])? {
        zip(agreement.objectives, members).first { $0.0.name == name }
    }
}

/// What an agreement said when.
///
/// The first version holds before it was known, too: who begins to promise something has not promised less before.
package struct AgreementVersions: Sendable, Hashable {
    private let versions: [AgreementVersion]

    /// Versions in any order; `nil` without one.
    package init?(_ versions: [AgreementVersion]) {
        guard !versions.isEmpty else { return nil }
        self.versions = versions.sorted { $0.from < $1.from }
    }

    /// What never said anything else.
    package init(always version: AgreementVersion) {
        versions = [version]
    }

    /// What was promised just before an instant.
    package func last(before instant: Timestamp) -> AgreementVersion {
        versions.last { $0.from < instant } ?? versions[0]
    }

    /// An objective with what it promised about which checks, in parts of a period.
    package struct Part: Sendable, Hashable {
        package var range: TimeRange
        package var target: TargetShare
        package var members: [String]
    }

    /// The objectives of a period, as they were last, with what they promised when.
    ///
    /// One that was taken out within the period is there, too: until then it was promised.
    ///
    /// - Parameter period: Half open.
    /// - Returns: In the order of the last version, then those that were taken out.
    package func objectives(in period: TimeRange) -> [(objective: Objective, parts: [Part])] {
        let held = held(in: period)
        var names: [String] = []
        for (version, _) in held.reversed() {
            names += version.agreement.objectives.map(\.name).filter { !names.contains($0) }
        }
        return names.compactMap { name in
            var (last, parts): (Objective?, [Part]) = (nil, [])
            for (version, range) in held {
                guard let (objective, members) = version.objective(name) else { continue }
                last = objective
                if let part = parts.last, part.range.to == range.from, part.target == objective.target,
                    part.members == members
                {
                    parts[parts.count - 1].range.to = range.to
                } else {
                    parts.append(Part(range: range, target: objective.target, members: members))
                }
            }
            return last.map { ($0, parts) }
        }
    }

    /// What was changed in a period, in words.
    package func changes(in period: TimeRange) -> [RecordedChange] {
        zip(versions, versions.dropFirst()).filter { period.contains($1.from) }.flatMap { before, after in
            after.differences(from: before).map {
                RecordedChange(.agreement, of: after.agreement.name, $0, at: after.from, role: after.role)
            }
        }
    }

    /// The versions of a period, each with the part of it in which it held.
    private func held(in period: TimeRange) -> [(version: AgreementVersion, range: TimeRange)] {
        versions.enumerated().compactMap { index, version in
            let from = index == 0 ? period.from : max(period.from, version.from)
            let to = index + 1 < versions.count ? min(period.to, versions[index + 1].from) : period.to
            let range = TimeRange(from, to)
            return range.isEmpty ? nil : (version, range)
        }
    }
}

extension AgreementVersion {
    /// What is different, each in a few words.
    fileprivate func differences(from before: AgreementVersion) -> [String] {
        func change(_ name: String, _ one: String?, _ other: String?) -> [String] {
            one == other ? [] : ["\(name) \(one ?? "none") → \(other ?? "none")"]
        }
        let (old, new) = (before.agreement, agreement)
        var differences =
            change("owner", old.owner, new.owner) + change("consumer", old.consumer, new.consumer)
            + change("period", old.period.text, new.period.text) + change("zone", old.zone, new.zone)
            + change("hours", old.hours?.text, new.hours?.text)
            + change("holidays", old.hours?.holidayText, new.hours?.holidayText)
            + change("key datasets", old.keyDatasets.joined(separator: " "), new.keyDatasets.joined(separator: " "))
        for one in new.objectives {
            guard let (was, members) = before.objective(one.name) else {
                differences.append("\(one.name) is new, target \(one.target.percent) %")
                continue
            }
            let text =
                change("target", "\(was.target.percent) %", "\(one.target.percent) %")
                + change("method", was.method.rawValue, one.method.rawValue)
                + change("unknown", was.unknown.rawValue, one.unknown.rawValue)
                + change("coverage", "\(was.coverage.percent) %", "\(one.coverage.percent) %")
                + change("slice", was.slice.text, one.slice.text)
                + change("slice target", "\(was.sliceTarget.percent) %", "\(one.sliceTarget.percent) %")
                + change("burn", Self.text(was.burnAlerts), Self.text(one.burnAlerts))
                + Self.memberChange(members, objective(one.name)?.members ?? [])
            differences += text.map { "\(one.name): \($0)" }
        }
        for one in old.objectives where objective(one.name) == nil {
            differences.append("\(one.name) is gone, target was \(one.target.percent) %")
        }
        return differences
    }

    private static func text(_ alerts: [BurnAlert]) -> String? {
        alerts.isEmpty ? nil : alerts.map { "\($0.factorText) over \($0.window)" }.joined(separator: ", ")
    }

    /// Checks that came and went; the first few by name.
    private static func memberChange(_ before: [String], _ after: [String]) -> [String] {
        func list(_ sign: String, _ checks: [String]) -> String? {
            guard !checks.isEmpty else { return nil }
            let rest = checks.count > 5 ? " and \(checks.count - 5) more" : ""
            return "\(sign) " + checks.prefix(5).joined(separator: ", ") + rest
        }
        let (old, new) = (Set(before), Set(after))
        let changes = [list("+", after.filter { !old.contains($0) }), list("−", before.filter { !new.contains($0) })]
        let text = changes.compactMap(\.self).joined(separator: "; ")
        return text.isEmpty ? [] : ["checks \(text)"]
    }
}

extension BusinessHours {
    fileprivate var holidayText: String { holidays.map(\.text).sorted().joined(separator: " ") }
}

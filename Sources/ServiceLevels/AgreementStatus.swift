package import Checks

/// What an agreement came to in a period, by what was known at an instant.
package struct AgreementStatus: Sendable {
    package var agreement: Agreement
    package var period: TimeRange
    package var zone: ZoneRules
    package var asOf: Timestamp
    package var objectives: [ObjectiveResult]
    /// Of the datasets of its checks, by name.
    package var datasets: [DatasetStatus]
    /// Times in which a check failed that touch the period, by when they began.
    package var failures: [FailureRecord] = []
    /// Times that somebody approved to leave out of some of its checks.
    package var exclusions: [ApprovedExclusion] = []
    /// Results that were looked at.
    package var observationCount = 0

    /// How a dataset was.
    package struct DatasetStatus: Sendable {
        package var downtime: Downtime
        /// When all of its checks were last known to be good; `nil` where they never were.
        package var lastGood: Timestamp?
        /// Since when a check is bad that still is; `nil` where none is.
        package var downSince: Timestamp?
    }

    /// Judges an agreement.
    ///
    /// - Parameters:
    ///   - agreement: What is promised.
    ///   - period: The time it is about, half open.
    ///   - asOf: What was recorded later does not exist.
    ///   - zone: The agreement's.
    ///   - members: The checks of each objective, in the order of the objectives.
    ///   - exclusions: Approved exclusions of a check.
    package init(
        _ agreement: Agreement, in period: TimeRange, asOf: Timestamp, zone: ZoneRules, members: [[CheckHistory]],
        exclusions: @escaping @Sendable (CheckHistory) -> TimeRanges
    ) {
        (self.agreement, self.period, self.asOf, self.zone) = (agreement, period, asOf, zone)
        let hours = agreement.hours?.instants(in: period, zone: zone)
        let judge = ObjectiveJudge(period: period, asOf: asOf, zone: zone, hours: hours, exclusions: exclusions)
        objectives = zip(agreement.objectives, members).map { judge.judge($0, $1) }
        let eligible = hours ?? TimeRanges(period)
        let checks = Dictionary(members.flatMap(\.self).map { ($0.check, $0) }, uniquingKeysWith: { first, _ in first })
        observationCount = checks.values.reduce(0) { $0 + $1.observations.count { $0.recordedAt <= asOf } }
        let members = checks.values.map { history in
            Member(
                history: history, excluded: exclusions(history),
                timeline: StateTimeline(history.observations, in: period, validity: nil, asOf: asOf))
        }
        failures = members.flatMap { member -> [FailureRecord] in
            let counted = eligible.subtracting(member.excluded)
            return member.timeline.failures.compactMap { failure in
                let range = failure.range(until: min(period.to, asOf))
                guard !range.intersection(period).isEmpty else { return nil }
                return FailureRecord(
                    check: member.history.check, dataset: member.history.dataset, failure: failure,
                    downtime: counted.intersection(range).length)
            }
        }.sorted { ($0.failure.firstBad, $0.check) < ($1.failure.firstBad, $1.check) }
        datasets = Dictionary(grouping: members, by: \.history.dataset).sorted { $0.key < $1.key }.map {
            name, members in
            let timelines = members.map(\.timeline)
            // What is excluded of one check only still counts of another.
            let counted = members.map { member in
                var counted = member.timeline
                counted.bad = counted.bad.subtracting(member.excluded)
                return counted
            }
            return DatasetStatus(
                downtime: Downtime(dataset: name, counted, in: period, eligible: eligible),
                lastGood: Self.lastGood(timelines), downSince: Self.downSince(timelines))
        }
    }

    /// A check of the agreement: what was seen of it, and what does not count.
    private struct Member {
        var history: CheckHistory
        var excluded: TimeRanges
        var timeline: StateTimeline
    }

    private static func downSince(_ timelines: [StateTimeline]) -> Timestamp? {
        timelines.compactMap { $0.failures.last }.filter { $0.firstGood == nil }.map(\.firstBad).min()
    }

    /// The earliest of the instants at which each check was last good.
    private static func lastGood(_ timelines: [StateTimeline]) -> Timestamp? {
        let last = timelines.map { timeline -> Timestamp? in
            if let open = timeline.failures.last, open.firstGood == nil { return open.lastGood }
            return timeline.lastGood
        }
        return last.contains(nil) ? nil : last.compactMap(\.self).min()
    }
}

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

extension Agreement {
    /// A period by its name: `2026-10`, `2026-Q4`, or a day of it; `nil` where it is none.
    ///
    /// - Parameters:
    ///   - text: The name.
    ///   - zone: The agreement's.
    /// - Returns: Half open.
    package static func period(named text: String, zone: ZoneRules) -> TimeRange? {
        func range(_ from: CivilDate?, months: Int) -> TimeRange? {
            from.map { from in
                TimeRange(
                    zone.instant(LocalTime(from)), zone.instant(LocalTime(from.firstOfMonth(advancedBy: months))))
            }
        }
        if text.count == 7, text.contains("Q"), let quarter = text.last?.wholeNumberValue, (1...4).contains(quarter) {
            return range(CivilDate("\(text.prefix(4))-01-01")?.firstOfMonth(advancedBy: (quarter - 1) * 3), months: 3)
        }
        return range(CivilDate(text + "-01"), months: 1)
    }

    /// The period that an instant lies in; a rolling one ends at it.
    ///
    /// - Parameters:
    ///   - instant: Any instant.
    ///   - zone: The agreement's.
    /// - Returns: Half open.
    package func period(containing instant: Timestamp, zone: ZoneRules) -> TimeRange {
        let date = zone.local(instant).date
        func range(_ from: CivilDate, _ to: CivilDate) -> TimeRange {
            TimeRange(zone.instant(LocalTime(from)), zone.instant(LocalTime(to)))
        }
        switch period {
        case .month: return range(date.firstOfMonth(), date.firstOfMonth(advancedBy: 1))
        case .quarter:
            let first = date.firstOfMonth(advancedBy: -((date.month - 1) % 3))
            return range(first, first.firstOfMonth(advancedBy: 3))
        case .week:
            let monday = date.advanced(byDays: 1 - date.weekday)
            return range(monday, monday.advanced(byDays: 7))
        case .rolling(let days):
            return TimeRange(Timestamp(microseconds: instant.microseconds - days * 86_400_000_000), instant)
        }
    }
}

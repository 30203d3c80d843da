package import Checks

/// What an agreement came to in a period, by what was known at an instant.
package struct AgreementStatus: Sendable {
    package var agreement: Agreement
    package var period: TimeRange
    package var zone: ZoneRules
    package var asOf: Timestamp
    package var objectives: [ObjectiveResult]
    /// Its checks that were ever due or measured, by name.
    package var checks: [CheckStatus]
    /// Of the datasets of its checks, by name.
    package var datasets: [DatasetStatus]
    /// Times in which a check failed that touch the period, by when they began.
    package var incidents: [Incident]
    /// Times that somebody approved to leave out of some of its checks.
    package var exclusions: [ApprovedExclusion] = []
    /// What became of definitions, schedules and the agreement itself in the period.
    package var changes: [RecordedChange] = []
    /// Results that were looked at.
    package var observationCount = 0
    /// The digest of what the agreement said last; `nil` where it was never recorded.
    package var definition: String?

    /// How a check was on each local day of the period.
    package struct CheckStatus: Sendable {
        package var check: String
        package var dataset: String
        package var owner: String?
        package var counts: ObjectiveResult.Counts
        package var days: [ObjectiveResult.Day]
        /// SHA-256 of what it asks, as it was last; `nil` where that is not known.
        package var definition: String?
        /// Results of it that were looked at.
        package var resultCount: Int
    }

    /// How a dataset was.
    package struct DatasetStatus: Sendable {
        package var downtime: Downtime
        /// When all of its checks were last known to be good; `nil` where they never were.
        package var lastGood: Timestamp?
        /// Since when a check is bad that still is; `nil` where none is.
        package var downSince: Timestamp?
        /// Slots of its checks, by local day.
        package var days: [ObjectiveResult.Day]
    }

    /// Judges an agreement.
    ///
    /// - Parameters:
    ///   - agreement: What is promised, as it was last.
    ///   - period: The time it is about, half open.
    ///   - asOf: What was recorded later does not exist.
    ///   - zone: The agreement's.
    ///   - versions: What was promised when, of each objective in their order.
    ///   - exclusions: Approved exclusions of a check.
    package init(
        _ agreement: Agreement, in period: TimeRange, asOf: Timestamp, zone: ZoneRules,
        versions: [[ObjectiveVersion]], exclusions: @escaping @Sendable (CheckHistory) -> TimeRanges
    ) {
        (self.agreement, self.period, self.asOf, self.zone) = (agreement, period, asOf, zone)
        let hours = agreement.hours?.instants(in: period, zone: zone)
        let judge = ObjectiveJudge(period: period, asOf: asOf, zone: zone, hours: hours, exclusions: exclusions)
        objectives = zip(agreement.objectives, versions).map { judge.judge($0, $1) }
        let eligible = hours ?? TimeRanges(period)
        let histories = Dictionary(
            versions.flatMap { $0.flatMap(\.members) }.map { ($0.check, $0) }, uniquingKeysWith: { first, _ in first }
        ).values.filter { !$0.plan.isEmpty || !$0.results.isEmpty }.sorted { $0.check < $1.check }
        let members = histories.map { history in
            Member(
                history: history, excluded: exclusions(history),
                timeline: StateTimeline(history.results, in: period, asOf: asOf), status: judge.status(of: history))
        }
        checks = members.map(\.status)
        observationCount = checks.reduce(0) { $0 + $1.resultCount }
        incidents = members.flatMap { member -> [Incident] in
            let counted = eligible.subtracting(member.excluded)
            let isKey = agreement.keyDatasets.contains(member.history.dataset)
            return member.history.incidents(member.timeline, in: period, asOf: asOf, isKey: isKey) {
                counted.intersection($0.intersection(period)).length
            }
        }.sorted { ($0.failure.firstBad, $0.check) < ($1.failure.firstBad, $1.check) }
        datasets = Dictionary(grouping: members, by: \.history.dataset).sorted { $0.key < $1.key }.map {
            Self.dataset($0, $1, TimeRange(period.from, min(period.to, asOf)), eligible)
        }
    }

    /// Gives each incident what people did and said about it.
    ///
    /// - Parameter events: In the order in which they were recorded; those of other incidents are left alone.
    package mutating func attach(_ events: [IncidentEvent]) {
        let byCheck = Dictionary(grouping: events, by: \.check)
        for index in incidents.indices {
            incidents[index].attach(byCheck[incidents[index].check] ?? [], until: min(period.to, asOf))
        }
    }

    /// Gives each objective what it came to in earlier periods.
    ///
    /// - Parameter periods: Oldest first, with the objectives that were promised then.
    package mutating func addEarlier(_ periods: [(period: TimeRange, results: [ObjectiveResult])]) {
        for index in objectives.indices {
            objectives[index].earlier = periods.compactMap { period, results in
                guard let result = results.first(where: { $0.objective.name == objectives[index].objective.name }),
                    let target = result.targets.last
                else { return nil }
                return ObjectiveResult.Earlier(
                    from: zone.local(period.from).date, target: target, attained: result.attained,
                    verdict: result.verdict)
            }
        }
    }

    /// A check of the agreement: what was seen of it, and what does not count.
    private struct Member {
        var history: CheckHistory
        var excluded: TimeRanges
        var timeline: StateTimeline
        var status: CheckStatus
    }

    private static func dataset(
        _ name: String, _ members: [Member], _ period: TimeRange, _ eligible: TimeRanges
    ) -> DatasetStatus {
        let timelines = members.map(\.timeline)
        let byDate = Dictionary(grouping: members.flatMap(\.status.days), by: \.date)
        let days = byDate.keys.sorted().map { date in
            (byDate[date] ?? []).reduce(ObjectiveResult.Day(date: date, counts: .init(), attained: .none)) { sum, day in
                .init(date: date, counts: sum.counts + day.counts, attained: sum.attained + day.attained)
            }
        }
        return DatasetStatus(
            downtime: Downtime(
                dataset: name,
                members.map { Downtime.Member($0.timeline, eligible: eligible.subtracting($0.excluded)) },
                in: period),
            lastGood: lastGood(timelines), downSince: downSince(timelines), days: days)
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

package import Checks

/// What is known of one check: when it was due, and what was seen.
package struct CheckHistory: Sendable, Hashable {
    package var check: String
    package var dataset: String
    package var severity: Severity
    package var owner: String?
    package var plan: SlotPlan
    /// Also from before the period, so that what was bad when it began is known.
    package var results: [ObservationRun]
    /// SHA-256 of what it asks, as it was last; `nil` where that is not known.
    package var definition: String?
    /// Results that were made afterwards, oldest first.
    package var restatements: [Restatement] = []

    package init(
        check: String, dataset: String, severity: Severity = .nextBusinessDay, owner: String? = nil, plan: SlotPlan,
        results: [ObservationRun]
    ) {
        self.check = check
        self.dataset = dataset
        self.severity = severity
        self.owner = owner
        self.plan = plan
        self.results = results
    }
}

/// A result that was made afterwards: a backfill.
///
/// It repairs no history, but a report says what it would change.
package struct Restatement: Sendable, Hashable {
    /// Slots that were due in it are restated.
    package var window: TimeRange
    package var result: Observation

    package init(window: TimeRange, result: Observation) {
        self.window = window
        self.result = result
    }
}

/// What an objective said in a part of a period, and about which checks.
package struct ObjectiveVersion: Sendable {
    /// Half open; within the period.
    package var range: TimeRange
    package var target: TargetShare
    package var members: [CheckHistory]

    package init(range: TimeRange, target: TargetShare, members: [CheckHistory]) {
        self.range = range
        self.target = target
        self.members = members
    }
}

/// Judges an objective over a period.
package struct ObjectiveJudge: Sendable {
    /// Half open.
    package let period: TimeRange
    /// What was recorded later does not exist.
    package let asOf: Timestamp
    package let zone: ZoneRules
    /// Approved exclusions, by the check they are about.
    private let exclusions: @Sendable (CheckHistory) -> TimeRanges
    /// Out of hours nothing is due.
    private let eligible: TimeRanges
    /// The local days of the period.
    private let days: [(date: CivilDate, range: TimeRange)]

    /// How far before the period slots are looked at, for what was bad when it began.
    package static let lookBack = 31 * 86_400_000_000
    /// How far behind the period results are looked at: what is later than that is missing.
    package static let lookAhead = 2 * 86_400_000_000
    /// Lookbacks of burn rates: those of the site reliability workbook, in hours.
    package static let lookbacks = [1, 6, 24, 72]

    /// - Parameters:
    ///   - period: Half open.
    ///   - asOf: What was recorded later does not exist.
    ///   - zone: Whose days they are.
    ///   - hours: Instants that count; `nil` means all.
    ///   - exclusions: Approved exclusions of a check.
    package init(
        period: TimeRange, asOf: Timestamp, zone: ZoneRules, hours: TimeRanges? = nil,
        exclusions: @escaping @Sendable (CheckHistory) -> TimeRanges = { _ in TimeRanges() }
    ) {
        self.period = period
        self.asOf = asOf
        self.zone = zone
        self.exclusions = exclusions
        eligible = (hours ?? TimeRanges(period)).intersection(period)
        days = zone.days(in: period)
    }

    /// Judges an objective by the histories of its checks.
    package func judge(_ objective: Objective, _ histories: [CheckHistory]) -> ObjectiveResult {
        judge(objective, [ObjectiveVersion(range: period, target: objective.target, members: histories)])
    }

    /// Judges an objective whose target or checks were changed within the period.
    ///
    /// - Parameters:
    ///   - objective: As it was last: how is counted is the same for the whole period.
    ///   - versions: What was promised, in the order of time; together they are the period.
    /// - Returns: What it came to, with the budgets of all versions together.
    package func judge(_ objective: Objective, _ versions: [ObjectiveVersion]) -> ObjectiveResult {
        var result = ObjectiveResult(objective: objective)
        let end = min(asOf, period.to)
        let windows = Self.lookbacks.map {
            TimeRange(Timestamp(microseconds: end.microseconds - $0 * 3_600_000_000), end)
        }
        let empty = SlotTally(objective, origin: period.from)
        var byDay = [SlotTally](repeating: empty, count: days.count)
        var recent = [SlotTally](repeating: empty, count: windows.count)
        var (whole, included, restated) = (empty, empty, empty)
        let members = versions.flatMap(\.members)
        let isExcluding = members.contains { !exclusions($0).intersection(period).isEmpty }
        let isRestating = members.contains { !$0.restatements.isEmpty }
        for version in versions {
            var (tally, planned) = (empty, empty)
            for member in version.members {
                let excluded = exclusions(member)
                let grid = grid(of: member)
                let counted = grid.indices(in: eligible.intersection(version.range))
                func judged(_ results: [ObservationRun], excluding excluded: TimeRanges) -> [JudgedRun] {
                    SlotJudge(policy: objective.unknown, asOf: asOf, excluded: excluded).judge(grid, results)
                        .clamped(to: counted)
                }
                let runs = judged(member.results, excluding: excluded)
                for run in runs { tally.add(run, of: grid) }
                runs.forEachPart(in: days.map { grid.indices(in: $0.range) }) { byDay[$0].add($1, of: grid) }
                for (index, window) in windows.enumerated() {
                    runs.forEachPart(in: [grid.indices(in: window)]) { recent[index].add($1, of: grid) }
                }
                if isExcluding {
                    for run in excluded.isEmpty ? runs : judged(member.results, excluding: TimeRanges()) {
                        included.add(run, of: grid)
                    }
                }
                if isRestating {
                    let again =
                        member.restatements.isEmpty ? runs : judged(member.restated(on: grid), excluding: excluded)
                    for run in again { restated.add(run, of: grid) }
                }
                for range in grid.indices(in: eligible.intersection(version.range).subtracting(excluded)) {
                    planned.add(JudgedRun(indices: range, verdict: .good, counts: true, rows: []), of: grid)
                }
            }
            result.versions.append(
                ObjectiveResult.Version(
                    range: version.range,
                    budget: ErrorBudget.Part(
                        target: version.target, attained: tally.attained,
                        planned: objective.method == .rows ? nil : planned.attained.total)))
            whole.add(tally)
        }
        result.counts = whole.counts
        result.withoutExclusions = isExcluding ? included.attained : result.attained
        result.restated = isRestating ? restated.attained : nil
        result.recent = zip(Self.lookbacks, recent).map { .init(hours: $0, ratio: $1.attained) }
        result.days = Self.days(days, byDay)
        return result
    }

    /// How a check was on each day, whatever objectives say of it; what is unknown after a failure is bad.
    func status(of history: CheckHistory) -> AgreementStatus.CheckStatus {
        let objective = Objective("", checks: [], target: TargetShare(numerator: 0, denominator: 1))
        let grid = grid(of: history)
        let runs = SlotJudge(policy: objective.unknown, asOf: asOf, excluded: exclusions(history))
            .judge(grid, history.results).clamped(to: grid.indices(in: eligible))
        let empty = SlotTally(objective, origin: period.from)
        var (whole, byDay) = (empty, [SlotTally](repeating: empty, count: days.count))
        for run in runs { whole.add(run, of: grid) }
        runs.forEachPart(in: days.map { grid.indices(in: $0.range) }) { byDay[$0].add($1, of: grid) }
        return AgreementStatus.CheckStatus(
            check: history.check, dataset: history.dataset, owner: history.owner, counts: whole.counts,
            days: Self.days(days, byDay), definition: history.definition,
            resultCount: history.resultCount(in: period, asOf: asOf))
    }

    /// Days on which something was due.
    private static func days(
        _ days: [(date: CivilDate, range: TimeRange)], _ tallies: [SlotTally]
    ) -> [ObjectiveResult.Day] {
        zip(days, tallies).filter { $1.counts.all > 0 }.map {
            .init(date: $0.date, counts: $1.counts, attained: $1.attained)
        }
    }

    /// The slots of a check, begun before the period, and a few behind it: what comes later belongs to those.
    private func grid(of history: CheckHistory) -> SlotGrid {
        history.plan.grid(
            in: TimeRange(
                Timestamp(microseconds: period.from.microseconds - Self.lookBack),
                Timestamp(microseconds: period.to.microseconds + Self.lookAhead)))
    }
}

extension CheckHistory {
    /// Planned results of a range that were known at an instant.
    fileprivate func resultCount(in range: TimeRange, asOf: Timestamp) -> Int {
        results.filter { $0.isPlanned && $0.lastRecorded <= asOf }.reduce(0) { sum, run in
            guard let part = run.clamped(to: range), range.contains(part.slot ?? part.firstObserved) else { return sum }
            return sum + part.count
        }
    }

    /// What was seen, with what was made afterwards in its place.
    fileprivate func restated(on grid: SlotGrid) -> [ObservationRun] {
        results
            + restatements.flatMap { one in
                grid.indices(in: one.window).map { index in
                    var result = one.result
                    (result.slot, result.trigger) = (grid.due(index), .retry)
                    return ObservationRun(result)
                }
            }
    }
}

extension [JudgedRun] {
    /// The parts of the runs within some ranges, both in their order.
    func clamped(to ranges: [Range<Int>]) -> [JudgedRun] {
        var parts: [JudgedRun] = []
        forEachPart(in: ranges) { parts.append($1) }
        return parts
    }

    /// Calls with each part of a run within one of some ranges, and the number of that; runs and ranges in their order.
    func forEachPart(in ranges: [Range<Int>], _ body: (Int, JudgedRun) -> Void) {
        var next = 0
        for (number, range) in ranges.enumerated() where !range.isEmpty {
            while next < count, self[next].indices.upperBound <= range.lowerBound { next += 1 }
            var index = next
            while index < count, self[index].indices.lowerBound < range.upperBound {
                let part = self[index].clamped(to: range)
                if part.count > 0 { body(number, part) }
                index += 1
            }
        }
    }
}

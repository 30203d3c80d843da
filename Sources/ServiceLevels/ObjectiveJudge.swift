package import Checks

/// What is known of one check: when it was due, and what was seen.
package struct CheckHistory: Sendable, Hashable {
    package var check: String
    package var dataset: String
    package var plan: SlotPlan
    /// Also from before the period, so that what was bad when it began is known.
    package var observations: [Observation]

    package init(check: String, dataset: String, plan: SlotPlan, observations: [Observation]) {
        self.check = check
        self.dataset = dataset
        self.plan = plan
        self.observations = observations
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
    /// Out of hours nothing is due; `nil` where all hours count.
    private let hours: TimeRanges?

    /// How far before the period slots are looked at, for what was bad when it began.
    private static let lookBack = 31 * 86_400_000_000
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
        self.hours = hours
        self.exclusions = exclusions
    }

    /// Judges an objective by the histories of its checks.
    package func judge(_ objective: Objective, _ histories: [CheckHistory]) -> ObjectiveResult {
        var result = ObjectiveResult(objective: objective)
        let members = histories.map { history in
            Member(history: history, excluded: exclusions(history), slots: slots(of: history))
        }
        let all = members.flatMap { judge($0, objective, excluded: $0.excluded) }
        result.counts = Self.counts(all)
        result.attained = attained(objective, all)
        let isExcluding = all.contains { $0.verdict == .excluded }
        result.withoutExclusions =
            isExcluding
            ? attained(objective, members.flatMap { judge($0, objective, excluded: TimeRanges()) }) : result.attained
        result.planned = planned(objective, members)
        let end = min(asOf, period.to)
        result.recent = Self.lookbacks.map { hours in
            let from = Timestamp(microseconds: end.microseconds - hours * 3_600_000_000)
            return (hours, attained(objective, all.filter { from <= $0.slot.due && $0.slot.due < end }))
        }
        let byDay = Dictionary(grouping: all) { zone.local($0.slot.due).date }
        result.days = byDay.keys.sorted().map { date in
            let slots = byDay[date] ?? []
            return (date, Self.counts(slots), attained(objective, slots))
        }
        return result
    }

    /// A check of the objective: what was seen of it, what does not count, and when it was or will be due.
    private struct Member {
        var history: CheckHistory
        var excluded: TimeRanges
        var slots: [SlotPlan.Slot]
    }

    /// The slots of a check to the end of the period, begun before it.
    private func slots(of history: CheckHistory) -> [SlotPlan.Slot] {
        let from = Timestamp(microseconds: period.from.microseconds - Self.lookBack)
        return history.plan.slots(in: TimeRange(from, period.to))
    }

    /// The slots of a check that are due in the period by now.
    private func judge(_ member: Member, _ objective: Objective, excluded: TimeRanges) -> [JudgedSlot] {
        SlotJudge(policy: objective.unknown, asOf: asOf, excluded: excluded)
            .judge(member.slots.filter { $0.due < asOf }, member.history.observations)
            .filter { period.contains($0.slot.due) && isInHours($0.slot.due) }
    }

    private func isInHours(_ instant: Timestamp) -> Bool { hours?.contains(instant) ?? true }

    private static func counts(_ slots: [JudgedSlot]) -> ObjectiveResult.Counts {
        var counts = ObjectiveResult.Counts()
        for slot in slots {
            switch slot.verdict {
            case .good: counts.good += 1
            case .bad: counts.bad += 1
            case .unknown(let absence):
                if absence == .missing { counts.missing += 1 } else { counts.errored += 1 }
                if slot.counts == true { counts.assumedGood += 1 }
                if slot.counts == false { counts.assumedBad += 1 }
            case .excluded: counts.excluded += 1
            case .pending: counts.pending += 1
            }
            if slot.verdict != .pending { counts.due += 1 }
            if slot.isTimely == true { counts.timely += 1 }
        }
        return counts
    }

    // MARK: Methods

    private func attained(_ objective: Objective, _ slots: [JudgedSlot]) -> Ratio {
        switch objective.method {
        case .occurrences: Self.ratio(slots)
        case .timeslices: slices(objective, slots)
        case .rows: slots.compactMap(\.rows).reduce(.none, +)
        }
    }

    private static func ratio(_ slots: [JudgedSlot]) -> Ratio {
        let counted = slots.compactMap(\.counts)
        return Ratio(counted.count { $0 }, of: counted.count)
    }

    /// Slices of the period that have slots which count, and how many of them are good enough.
    private func slices(_ objective: Objective, _ slots: [JudgedSlot]) -> Ratio {
        let slices = Dictionary(grouping: slots) { slice(of: $0.slot.due, objective) }.values.map(Self.ratio)
        let counted = slices.compactMap { $0.reaches(objective.sliceTarget) }
        return Ratio(counted.count { $0 }, of: counted.count)
    }

    private func slice(of instant: Timestamp, _ objective: Objective) -> Int {
        (instant.microseconds - period.from.microseconds) / max(1, objective.slice.microseconds)
    }

    /// What is due in the whole period, as far as the schedules of today say.
    private func planned(_ objective: Objective, _ members: [Member]) -> Int? {
        guard objective.method != .rows else { return nil }
        let due = members.flatMap { member in
            member.slots.map(\.due).filter {
                period.contains($0) && isInHours($0) && !member.excluded.contains($0)
            }
        }
        return objective.method == .occurrences ? due.count : Set(due.map { slice(of: $0, objective) }).count
    }
}

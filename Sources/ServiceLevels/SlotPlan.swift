package import Checks

/// When a check was due, by the versions of its schedule.
package struct SlotPlan: Sendable, Hashable {
    /// What held from an instant on; no schedule means that nothing is due.
    package struct Version: Sendable, Hashable {
        package var from: Timestamp
        package var schedule: Schedule?

        package init(from: Timestamp, schedule: Schedule?) {
            self.from = from
            self.schedule = schedule
        }
    }

    /// An instant at which a check was due, and the time until which its result is in time.
    package struct Slot: Sendable, Hashable {
        package var due: Timestamp
        /// When the next one was due; a result from then on belongs to that.
        package var end: Timestamp
        /// The end of the grace; where none is declared, the end of the slot.
        package var deadline: Timestamp

        package init(due: Timestamp, end: Timestamp, deadline: Timestamp) {
            self.due = due
            self.end = end
            self.deadline = deadline
        }
    }

    private let versions: [Version]
    private let zones: [String: ZoneRules]
    private let grids = GridCache()

    /// - Parameters:
    ///   - versions: In any order; before the first one nothing is due.
    ///   - zones: Rules by name, of the zones of cron expressions; those that are missing count as UTC.
    package init(_ versions: [Version], zones: [String: ZoneRules]) {
        self.versions = versions.sorted { $0.from < $1.from }
        self.zones = zones
    }

    package static func == (one: SlotPlan, other: SlotPlan) -> Bool {
        one.versions == other.versions && one.zones == other.zones
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(versions) }

    /// Whether nothing is ever due.
    package var isEmpty: Bool { versions.allSatisfy { $0.schedule == nil } }

    /// The slots that are due in a range, in their order.
    ///
    /// - Parameter range: Half open.
    /// - Returns: The last one ends where the next would begin, though that is out of the range.
    package func slots(in range: TimeRange) -> [Slot] {
        held(in: range).flatMap(slots)
    }

    /// The slots that are due in a range as evenly spaced runs; an interval is one run, however many slots it has.
    ///
    /// - Parameter range: Half open.
    /// - Returns: The slots of ``slots(in:)``.
    package func grid(in range: TimeRange) -> SlotGrid {
        grids.grid(in: range) { makeGrid(in: range) }
    }

    private func makeGrid(in range: TimeRange) -> SlotGrid {
        SlotGrid(
            held(in: range).flatMap { held -> [SlotGrid.Run] in
                guard case .every(let period) = held.schedule.rhythm, period.microseconds > 0 else {
                    return SlotGrid.runs(of: slots(held))
                }
                let step = period.microseconds
                let first = (held.range.from.microseconds + step - 1).floored(by: step)
                let count = (held.range.to.microseconds - first + step - 1).floored(by: step) / step
                guard count > 0 else { return [] }
                // The slot in which another version takes over may be shorter than the others.
                let last = first + (count - 1) * step
                let regular = TimeRange(held.range.from, Timestamp(microseconds: last))
                let grace = held.schedule.grace.microseconds
                let lastSlot = SlotGrid.runs(
                    of: slots(Held(held.schedule, TimeRange(regular.to, held.range.to), held.end)))
                guard count > 1 else { return lastSlot }
                let before = SlotGrid.Run(
                    first: Timestamp(microseconds: first), step: step, count: count - 1,
                    deadline: grace > 0 ? grace : step, lastEnd: Timestamp(microseconds: last))
                return [before] + lastSlot
            })
    }

    /// A version of the schedule, and the part of a range in which it held.
    private struct Held {
        var schedule: Schedule
        var range: TimeRange
        /// When another version took over; `nil` for the newest.
        var end: Timestamp?

        init(_ schedule: Schedule, _ range: TimeRange, _ end: Timestamp?) {
            (self.schedule, self.range, self.end) = (schedule, range, end)
        }
    }

    private func held(in range: TimeRange) -> [Held] {
        versions.enumerated().compactMap { index, version in
            guard let schedule = version.schedule else { return nil }
            let end = index + 1 < versions.count ? versions[index + 1].from : nil
            let held = TimeRange(max(range.from, version.from), end.map { min(range.to, $0) } ?? range.to)
            return held.isEmpty ? nil : Held(schedule, held, end)
        }
    }

    private func slots(_ held: Held) -> [Slot] {
        let (schedule, due) = (held.schedule, instants(of: held.schedule, in: held.range))
        return due.enumerated().map { position, instant in
            // Another version takes over where it begins.
            let next = position + 1 < due.count ? due[position + 1] : self.next(schedule, after: instant)
            let end = held.end.map { min($0, next) } ?? next
            let deadline = schedule.grace > .zero ? instant.advanced(by: schedule.grace) : end
            return Slot(due: instant, end: end, deadline: deadline)
        }
    }

    private func instants(of schedule: Schedule, in range: TimeRange) -> [Timestamp] {
        switch schedule.rhythm {
        case .every(let period):
            // Counted from 1970-01-01 00:00 UTC, so that it does not matter when somebody began to look.
            let step = period.microseconds
            guard step > 0 else { return [] }
            let first = (range.from.microseconds + step - 1).floored(by: step)
            return stride(from: first, to: range.to.microseconds, by: step).map { Timestamp(microseconds: $0) }
        case .cron(let expression, let zone):
            return CronExpression(expression)?.instants(in: range, zone: zones[zone ?? "UTC"] ?? .utc) ?? []
        }
    }

    /// When a schedule is due again.
    private func next(_ schedule: Schedule, after instant: Timestamp) -> Timestamp {
        if case .every(let period) = schedule.rhythm {
            return Timestamp(microseconds: instant.microseconds + period.microseconds)
        }
        // A cron expression comes again within days, or within years.
        let day = 86_400_000_000
        for length in [2, 40, 400, 1500] {
            let range = TimeRange(
                Timestamp(microseconds: instant.microseconds + 1),
                Timestamp(microseconds: instant.microseconds + length * day))
            if let next = instants(of: schedule, in: range).first { return next }
        }
        return Timestamp(microseconds: instant.microseconds + 1500 * day)
    }
}

extension Int {
    fileprivate func floored(by step: Int) -> Int {
        let rest = self % step
        return self - (rest < 0 ? rest + step : rest)
    }
}

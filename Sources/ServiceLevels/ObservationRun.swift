package import Checks

/// Results of a check in a row that say the same, at slots that are evenly spaced: a day without an incident is one.
///
/// Nothing is lost by it that a service level depends on. Results that are alike but have no slot make no run: each is its own,
/// unless it is no planned one, whose slot is nobody's.
package struct ObservationRun: Sendable, Hashable {
    package var outcome: Outcome
    package var trigger: RunRecord.Trigger
    /// The slot of the first one; `nil` where nobody said which.
    package var slot: Timestamp?
    /// Microseconds from slot to slot; 0 where it has one result only, or no slots.
    package var step: Int
    package var count: Int
    package var firstObserved: Timestamp
    package var lastObserved: Timestamp
    package var firstFinished: Timestamp
    /// Microseconds from the slots to the ends of the results, at least and at most.
    package var lag: ClosedRange<Int>
    /// When the last of them became known.
    package var lastRecorded: Timestamp
    /// Rows of each result that were good, and all; empty where they were not counted, or are not asked for.
    package var rows: [Ratio]

    package init(
        _ outcome: Outcome, _ trigger: RunRecord.Trigger, slot: Timestamp?, step: Int, count: Int,
        observed: ClosedRange<Timestamp>, firstFinished: Timestamp, lag: ClosedRange<Int>, lastRecorded: Timestamp,
        rows: [Ratio] = []
    ) {
        self.outcome = outcome
        self.trigger = trigger
        self.slot = slot
        self.step = step
        self.count = count
        (firstObserved, lastObserved) = (observed.lowerBound, observed.upperBound)
        self.firstFinished = firstFinished
        self.lag = lag
        self.lastRecorded = lastRecorded
        self.rows = rows
    }

    /// A single result.
    package init(_ one: Observation) {
        let lag = one.finishedAt.microseconds - (one.slot ?? one.observedAt).microseconds
        self.init(
            one.outcome, one.trigger, slot: one.slot, step: 0, count: 1, observed: one.observedAt...one.observedAt,
            firstFinished: one.finishedAt, lag: lag...lag, lastRecorded: one.recordedAt,
            rows: one.rows.map { [$0] } ?? [])
    }

    /// Runs with those put together that go on where the one before ends.
    ///
    /// - Parameters:
    ///   - runs: Of one check, in any order.
    ///   - grid: Its slots. What is in time and what is late stays apart, and what is between the slots each by itself.
    /// - Returns: The same results in the order in which the data were seen; no two runs overlap in it.
    package static func merged(_ runs: some Sequence<ObservationRun>, on grid: SlotGrid) -> [ObservationRun] {
        let deadlines = grid.deadlines ?? 0...0
        var merged: [ObservationRun] = []
        for run in runs.sorted(by: precedes) {
            let last = merged.count - 1
            guard last >= 0, let gap = merged[last].gap(to: run, deadlines),
                merged[last].isRegular(on: grid, step: gap, count: merged[last].count + run.count)
            else {
                merged.append(run)
                continue
            }
            merged[last].absorb(run, gap: gap)
        }
        return merged
    }

    /// Whether its slots are slots of the grid, as far as that reaches; a single result, and one that nobody planned, is.
    package func isRegular(on grid: SlotGrid) -> Bool { isRegular(on: grid, step: step, count: count) }

    /// The same, if it were longer.
    private func isRegular(on grid: SlotGrid, step: Int, count: Int) -> Bool {
        guard count > 1, isPlanned, let slot, let span = grid.span else { return true }
        let kept = Self.numbers(from: slot, step: step, count: count, in: span)
        guard kept.count > 1 else { return true }
        let first = Timestamp(microseconds: slot.microseconds + kept.lowerBound * step)
        return grid.indices(from: first, step: step, count: kept.count) != nil
    }

    /// Which of evenly spaced slots are in a range, counted from 0.
    private static func numbers(from slot: Timestamp, step: Int, count: Int, in range: TimeRange) -> Range<Int> {
        func before(_ instant: Timestamp) -> Int {
            min(count, max(0, (instant.microseconds - slot.microseconds + step - 1) / step))
        }
        let from = before(range.from)
        return from..<max(from, before(range.to))
    }

    /// Microseconds from its last slot to the first one of a run that goes on where it ends, 0 without slots; `nil` of others.
    private func gap(to next: ObservationRun, _ deadlines: ClosedRange<Int>) -> Int? {
        guard outcome == next.outcome, trigger == next.trigger, rows.isEmpty == next.rows.isEmpty else { return nil }
        guard isPlanned else { return 0 }
        guard let slot, let following = next.slot else { return nil }
        let (least, most) = (min(lag.lowerBound, next.lag.lowerBound), max(lag.upperBound, next.lag.upperBound))
        guard most <= deadlines.lowerBound || least > deadlines.upperBound else { return nil }
        let gap = following.microseconds - (slot.microseconds + (count - 1) * step)
        return gap > 0 && (count == 1 || gap == step) && (next.count == 1 || gap == next.step) ? gap : nil
    }

    private mutating func absorb(_ next: ObservationRun, gap: Int) {
        lag = min(lag.lowerBound, next.lag.lowerBound)...max(lag.upperBound, next.lag.upperBound)
        step = gap
        count += next.count
        lastObserved = next.lastObserved
        lastRecorded = max(lastRecorded, next.lastRecorded)
        rows += next.rows
    }

    /// The results whose slots are in a range; `nil` where none is.
    ///
    /// A run without slots, or of one result, is in it as a whole.
    func clamped(to range: TimeRange) -> ObservationRun? {
        guard count > 1, step > 0, let slot else { return self }
        let kept = Self.numbers(from: slot, step: step, count: count, in: range)
        guard !kept.isEmpty else { return nil }
        guard kept.count < count else { return self }
        let first = slot.microseconds + kept.lowerBound * step
        var part = self
        part.slot = Timestamp(microseconds: first)
        part.count = kept.count
        part.firstFinished = Timestamp(microseconds: first + lag.upperBound)
        part.rows = rows.isEmpty ? [] : Array(rows[kept])
        return part
    }

    /// Whether a run comes before another: by when the data were seen and became known, and of what came at once the good ones.
    static func precedes(_ one: ObservationRun, _ other: ObservationRun) -> Bool {
        if one.firstObserved != other.firstObserved { return one.firstObserved < other.firstObserved }
        func rank(_ run: ObservationRun) -> Int { run.isGood.map { $0 ? 0 : 2 } ?? 1 }
        return (one.lastRecorded, rank(one), one.slot?.microseconds ?? 0, one.trigger.rawValue)
            < (other.lastRecorded, rank(other), other.slot?.microseconds ?? 0, other.trigger.rawValue)
    }

    /// Whether they were meant to be made when they were: repeating by hand repairs no history.
    var isPlanned: Bool { trigger == .scheduled || trigger == .retry }

    /// Whether the data were in order; `nil` where it says nothing about them.
    var isGood: Bool? { outcome.isConclusive ? outcome != .fail : nil }
}

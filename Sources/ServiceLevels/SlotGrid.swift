package import Checks

/// The slots of a check in a range, numbered from 0: as runs that are evenly spaced, however many slots there are.
///
/// A month of a check that is due every quarter of an hour is one run, and questions about it are divisions.
package struct SlotGrid: Sendable, Hashable {
    /// Slots that are evenly spaced and equally long in time.
    package struct Run: Sendable, Hashable {
        /// Number of the first slot.
        package fileprivate(set) var start = 0
        package var first: Timestamp
        /// Microseconds from slot to slot; 1 or more.
        package var step: Int
        package var count: Int
        /// Microseconds from a slot to the end of its time: the grace, or the length of the slot where none is declared.
        package var deadline: Int
        /// Where the last slot ends: results from then on belong to no slot of the run.
        package var lastEnd: Timestamp

        package var end: Int { start + count }
        package var last: Timestamp { Timestamp(microseconds: first.microseconds + (count - 1) * step) }

        /// How many of its slots are before an instant.
        func count(before instant: Timestamp) -> Int {
            let distance = instant.microseconds - first.microseconds
            return distance <= 0 ? 0 : min(count, (distance + step - 1) / step)
        }
    }

    package let runs: [Run]

    package var count: Int { runs.last?.end ?? 0 }

    /// - Parameter runs: In their order; those that go on where the one before ends become one.
    init(_ runs: some Sequence<Run>) {
        var joined: [Run] = []
        for var run in runs {
            if var last = joined.last, last.deadline == run.deadline {
                let gap = run.first.microseconds - last.last.microseconds
                if last.count == 1 || gap == last.step, run.count == 1 || gap == run.step {
                    (last.step, last.count, last.lastEnd) = (gap, last.count + run.count, run.lastEnd)
                    joined[joined.count - 1] = last
                    continue
                }
            }
            run.start = joined.last?.end ?? 0
            joined.append(run)
        }
        self.runs = joined
    }

    /// A run for each slot.
    static func runs(of slots: some Sequence<SlotPlan.Slot>) -> [Run] {
        slots.map { slot in
            Run(
                first: slot.due, step: 1, count: 1, deadline: slot.deadline.microseconds - slot.due.microseconds,
                lastEnd: slot.end)
        }
    }

    /// From the first slot to the end of the last one; `nil` without slots.
    var span: TimeRange? {
        guard let first = runs.first, let last = runs.last else { return nil }
        return TimeRange(first.first, last.lastEnd)
    }

    /// The slot that a result of an instant belongs to; `nil` before the first one, and where nothing was due.
    func index(of instant: Timestamp) -> Int? {
        guard let index = index(notAfter: instant) else { return nil }
        let run = runs[run(of: index)]
        return index == run.end - 1 && instant >= run.lastEnd ? nil : index
    }

    /// When a slot was due.
    package func due(_ index: Int) -> Timestamp {
        let run = runs[self.run(of: index)]
        return Timestamp(microseconds: run.first.microseconds + (index - run.start) * run.step)
    }

    /// Until when a result of a slot is in time.
    package func deadline(_ index: Int) -> Timestamp {
        Timestamp(microseconds: due(index).microseconds + runs[run(of: index)].deadline)
    }

    /// How many slots are due before an instant, which is the number of the first one that is not.
    package func index(notBefore instant: Timestamp) -> Int {
        // The first run with a slot that is not before it.
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].last < instant { low = middle + 1 } else { high = middle }
        }
        return low < runs.count ? runs[low].start + runs[low].count(before: instant) : count
    }

    /// The last slot that is due by an instant; `nil` where none is.
    package func index(notAfter instant: Timestamp) -> Int? {
        let next = index(notBefore: Timestamp(microseconds: instant.microseconds + 1))
        return next > 0 ? next - 1 : nil
    }

    /// Slots that are due in a range.
    package func indices(in range: TimeRange) -> Range<Int> {
        let from = index(notBefore: range.from)
        return from..<max(from, index(notBefore: range.to))
    }

    /// Slots that are due in any of some ranges, in their order.
    package func indices(in ranges: TimeRanges) -> [Range<Int>] {
        ranges.ranges.map { indices(in: $0) }.filter { !$0.isEmpty }
    }

    /// Slots whose time is equally long, and whether all of them are over.
    typealias Part = (indices: Range<Int>, deadline: Int, isOver: Bool)

    /// Slots of a range, parted into those whose time is over by an instant and those whose is not.
    func parts(of range: Range<Int>, by instant: Timestamp) -> [Part] {
        parts(of: range).flatMap { run, indices -> [Part] in
            let edge = run.start + run.count(before: Timestamp(microseconds: instant.microseconds - run.deadline + 1))
            let (over, rest) = (indices.clamped(to: 0..<edge), indices.clamped(to: edge..<max(edge, run.end)))
            return (over.isEmpty ? [] : [(over, run.deadline, true)])
                + (rest.isEmpty ? [] : [(rest, run.deadline, false)])
        }
    }

    /// The slots of evenly spaced instants; `nil` where they are not just the slots between the first and the last of them.
    func indices(from first: Timestamp, step: Int, count: Int) -> Range<Int>? {
        guard let start = index(notAfter: first), due(start) == first, start + count <= self.count else { return nil }
        var number = run(of: start)
        var (index, expected) = (start, first.microseconds)
        while index < start + count {
            let run = runs[number]
            guard run.first.microseconds + (index - run.start) * run.step == expected else { return nil }
            let here = min(run.end, start + count) - index
            guard here == 1 || run.step == step else { return nil }
            (index, expected, number) = (index + here, expected + here * step, number + 1)
        }
        return start..<start + count
    }

    /// Runs and the slots of a range in each of them.
    func parts(of range: Range<Int>) -> some Sequence<(run: Run, indices: Range<Int>)> {
        runs.lazy.filter { $0.start < range.upperBound && $0.end > range.lowerBound }
            .map { ($0, range.clamped(to: $0.start..<$0.end)) }
    }

    /// Microseconds from slots to the ends of their time, at least and at most; `nil` without slots.
    package var deadlines: ClosedRange<Int>? {
        guard let least = runs.map(\.deadline).min(), let most = runs.map(\.deadline).max() else { return nil }
        return least...most
    }

    private func run(of index: Int) -> Int {
        var (low, high) = (0, runs.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end <= index { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

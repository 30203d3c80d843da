import Checks

/// Counts judged slots, by what became of them and by the method of an objective.
struct SlotTally {
    private(set) var counts = ObjectiveResult.Counts()
    private var occurrences = Ratio.none
    private var rows = Ratio.none
    /// What counted in each slice of time, by the number of the slice; empty for other methods.
    private var slices: [Int: Ratio] = [:]

    private let method: Objective.Method
    private let sliceTarget: TargetShare
    private let origin: Int
    private let length: Int

    /// - Parameters:
    ///   - objective: Whose method it is.
    ///   - origin: Where the first slice begins.
    init(_ objective: Objective, origin: Timestamp) {
        method = objective.method
        sliceTarget = objective.sliceTarget
        self.origin = origin.microseconds
        length = max(1, objective.slice.microseconds)
    }

    mutating func add(_ run: JudgedRun, of grid: SlotGrid) {
        let count = run.count
        switch run.verdict {
        case .good: counts.good += count
        case .bad: counts.bad += count
        case .unknown(let absence):
            if absence == .missing { counts.missing += count } else { counts.errored += count }
            if run.counts == true { counts.assumedGood += count }
            if run.counts == false { counts.assumedBad += count }
        case .excluded: counts.excluded += count
        case .pending: counts.pending += count
        }
        if run.verdict != .pending { counts.due += count }
        if run.isTimely == true { counts.timely += count }
        guard let isGood = run.counts else { return }
        let ratio = Ratio(isGood ? count : 0, of: count)
        switch method {
        case .occurrences: occurrences = occurrences + ratio
        case .rows: rows = run.rows.reduce(rows, +)
        case .timeslices:
            forEachSlice(run.indices, of: grid) { slice, count in
                let part = Ratio(isGood ? count : 0, of: count)
                slices[slice] = (slices[slice] ?? .none) + part
            }
        }
    }

    mutating func add(_ other: SlotTally) {
        counts = counts + other.counts
        occurrences = occurrences + other.occurrences
        rows = rows + other.rows
        slices.merge(other.slices, uniquingKeysWith: +)
    }

    /// What counted: slots, slices or rows.
    var attained: Ratio {
        switch method {
        case .occurrences: return occurrences
        case .rows: return rows
        case .timeslices:
            let good = slices.values.count { $0.reaches(sliceTarget) == true }
            return Ratio(good, of: slices.count)
        }
    }

    /// Calls with each slice that has some of the slots, and how many.
    private func forEachSlice(_ indices: Range<Int>, of grid: SlotGrid, _ body: (Int, Int) -> Void) {
        for (run, indices) in grid.parts(of: indices) {
            var index = indices.lowerBound
            while index < indices.upperBound {
                let due = run.first.microseconds + (index - run.start) * run.step
                let slice = (due - origin).flooredQuotient(by: length)
                let edge = origin + (slice + 1) * length
                let count = min(indices.upperBound - index, (edge - due + run.step - 1) / run.step)
                body(slice, count)
                index += count
            }
        }
    }
}

extension Int {
    func flooredQuotient(by divisor: Int) -> Int {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? quotient - 1 : quotient
    }
}

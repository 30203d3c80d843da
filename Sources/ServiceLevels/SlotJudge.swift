package import Checks

/// Slots of a check that follow each other, with what is known of each of them alike.
package struct JudgedRun: Sendable, Hashable {
    /// Numbers in the grid of the check.
    package var indices: Range<Int>
    package var verdict: SlotVerdict
    /// What counts, after the policy for what is unknown: true is good; `nil` does not count.
    package var counts: Bool?
    /// Whether a conclusive planned result was there in time; `nil` where that does not matter (yet).
    package var isTimely: Bool?
    /// Rows of the results that count, by slot; empty where they were not counted.
    package var rows: ArraySlice<Ratio>

    package var count: Int { indices.count }

    /// The part of it within a range.
    func clamped(to range: Range<Int>) -> JudgedRun {
        var part = self
        part.indices = indices.clamped(to: range)
        if !rows.isEmpty {
            let from = rows.startIndex + part.indices.lowerBound - indices.lowerBound
            part.rows = rows[from..<from + part.indices.count]
        }
        return part
    }
}

/// Judges the slots of one check by what was known at an instant.
///
/// The last conclusive planned result of a slot counts: a retry replaces an error, a failure that is confirmed stays one, and
/// what somebody ran by hand after the repair changes nothing.
package struct SlotJudge: Sendable {
    private let policy: UnknownPolicy
    private let asOf: Timestamp
    private let excluded: TimeRanges

    /// - Parameters:
    ///   - policy: For slots of which nothing is known.
    ///   - asOf: What was recorded later does not exist.
    ///   - excluded: Slots that are due in it do not count.
    package init(policy: UnknownPolicy, asOf: Timestamp, excluded: TimeRanges = TimeRanges()) {
        self.policy = policy
        self.asOf = asOf
        self.excluded = excluded
    }

    /// The slots that are due by now, with what became of them.
    ///
    /// - Parameters:
    ///   - grid: Begun before the period, so that what was bad before is known.
    ///   - results: Of the check, in any order.
    /// - Returns: Runs that cover the slots in their order.
    package func judge(_ grid: SlotGrid, _ results: [ObservationRun]) -> [JudgedRun] {
        guard let span = grid.span else { return [] }
        let due = 0..<grid.index(notBefore: asOf)
        let claims = results.filter { $0.isPlanned && $0.lastRecorded <= asOf }
            .compactMap { $0.clamped(to: span) }.flatMap { self.claims($0, on: grid) }
            .filter { due.contains($0.indices.lowerBound) }
            .sorted { ($0.indices.lowerBound, $0.observed) < ($1.indices.lowerBound, $1.observed) }
        var runs: [JudgedRun] = []
        var next = 0
        for group in Self.overlapping(claims) {
            let start = group[0].indices.lowerBound
            if next < start { runs += withoutResults(next..<start, on: grid) }
            runs += judged(group)
            next = group.reduce(next) { max($0, $1.indices.upperBound) }
        }
        if next < due.upperBound { runs += withoutResults(next..<due.upperBound, on: grid) }
        runs = runs.map { $0.clamped(to: due) }.filter { $0.count > 0 }
        return counted(excluding(grid.indices(in: excluded), from: runs))
    }

    // MARK: Results and slots

    /// What a result says about some slots.
    private struct Claim {
        var indices: Range<Int>
        var isGood: Bool?
        var isTimely: Bool
        var isOver: Bool
        var observed: Timestamp
        var recorded: Timestamp
        var rows: ArraySlice<Ratio>

        /// What comes last counts; of two that came at once the bad one.
        static func < (one: Claim, other: Claim) -> Bool {
            (one.observed, one.recorded, one.isGood == false ? 1 : 0)
                < (other.observed, other.recorded, other.isGood == false ? 1 : 0)
        }
    }

    private func claims(_ run: ObservationRun, on grid: SlotGrid) -> [Claim] {
        if run.count > 1, let slot = run.slot,
            let indices = grid.indices(from: slot, step: run.step, count: run.count)
        {
            return grid.parts(of: indices, by: asOf).map { part, deadline, isOver in
                let rows = part.lowerBound - indices.lowerBound..<part.upperBound - indices.lowerBound
                return Claim(
                    indices: part, isGood: run.isGood, isTimely: run.lag.upperBound <= deadline, isOver: isOver,
                    observed: run.firstObserved, recorded: run.lastRecorded,
                    rows: run.rows.isEmpty ? [] : run.rows[rows])
            }
        }
        // Between the slots, or on a schedule that was another one: each on its own.
        return (0..<run.count).compactMap { number in
            let instant = (run.slot ?? run.firstObserved).microseconds + number * run.step
            guard let index = grid.index(of: Timestamp(microseconds: instant)) else { return nil }
            let deadline = grid.deadline(index)
            let finished = run.count == 1 ? run.firstFinished.microseconds : instant + run.lag.upperBound
            return Claim(
                indices: index..<index + 1, isGood: run.isGood, isTimely: finished <= deadline.microseconds,
                isOver: deadline <= asOf, observed: run.firstObserved, recorded: run.lastRecorded,
                rows: run.rows.isEmpty ? [] : run.rows[number...number])
        }
    }

    /// Claims that have slots in common, together.
    private static func overlapping(_ claims: [Claim]) -> [[Claim]] {
        var groups: [[Claim]] = []
        var end = -1
        for claim in claims {
            if claim.indices.lowerBound < end {
                groups[groups.count - 1].append(claim)
            } else {
                groups.append([claim])
            }
            end = max(end, claim.indices.upperBound)
        }
        return groups
    }

    /// Claims on the same slots: between the edges of any of them all slots are alike.
    private func judged(_ claims: [Claim]) -> [JudgedRun] {
        if claims.count == 1 { return [judged(claims, at: claims[0].indices)] }
        let edges = Set(claims.flatMap { [$0.indices.lowerBound, $0.indices.upperBound] }).sorted()
        return zip(edges, edges.dropFirst()).map { from, to in
            let here = claims.filter { $0.indices.lowerBound <= from && to <= $0.indices.upperBound }
            return judged(here.sorted(by: <), at: from..<to)
        }
    }

    private func judged(_ claims: [Claim], at indices: Range<Int>) -> JudgedRun {
        let conclusive = claims.filter { $0.isGood != nil }
        guard let last = conclusive.last else {
            let isOver = claims.contains(where: \.isOver)
            return JudgedRun(
                indices: indices, verdict: isOver ? .unknown(.errored) : .pending, isTimely: isOver ? false : nil,
                rows: [])
        }
        let run = JudgedRun(indices: last.indices, verdict: last.isGood == true ? .good : .bad, rows: last.rows)
        var part = run.clamped(to: indices)
        part.isTimely = conclusive.contains(where: \.isTimely)
        return part
    }

    private func withoutResults(_ indices: Range<Int>, on grid: SlotGrid) -> [JudgedRun] {
        grid.parts(of: indices, by: asOf).map { part, _, isOver in
            JudgedRun(
                indices: part, verdict: isOver ? .unknown(.missing) : .pending, isTimely: isOver ? false : nil,
                rows: [])
        }
    }

    // MARK: What counts

    private func excluding(_ excluded: [Range<Int>], from runs: [JudgedRun]) -> [JudgedRun] {
        guard !excluded.isEmpty else { return runs }
        return runs.flatMap { run -> [JudgedRun] in
            var parts: [JudgedRun] = []
            var next = run.indices.lowerBound
            for range in excluded where range.overlaps(run.indices) {
                let out = range.clamped(to: run.indices)
                if next < out.lowerBound { parts.append(run.clamped(to: next..<out.lowerBound)) }
                parts.append(JudgedRun(indices: out, verdict: .excluded, rows: []))
                next = out.upperBound
            }
            if next < run.indices.upperBound { parts.append(run.clamped(to: next..<run.indices.upperBound)) }
            return parts
        }
    }

    /// The runs with what counts of them, after the policy.
    private func counted(_ runs: [JudgedRun]) -> [JudgedRun] {
        var last: Bool?
        return runs.map { run in
            var run = run
            switch run.verdict {
            case .good, .bad:
                run.counts = run.verdict == .good
                last = run.counts
            case .unknown:
                run.counts =
                    switch policy {
                    case .stickyBad: last == false ? false : nil
                    case .ignore: nil
                    case .asBad: false
                    case .asGood: true
                    case .holdLast: last
                    }
            case .excluded, .pending:
                // An exclusion says nothing about what was before or is behind it.
                break
            }
            return run
        }
    }
}

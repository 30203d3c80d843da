package import Checks

/// What an objective came to in a period, by what was known at an instant.
package struct ObjectiveResult: Sendable, Hashable {
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case met, missed
        /// Too little is known to say either.
        case insufficientEvidence = "insufficient_evidence"
    }

    /// Slots by what became of them.
    package struct Counts: Sendable, Hashable {
        /// Slots that were due, without those that still may be measured in time.
        package var due = 0
        package var good = 0
        package var bad = 0
        /// Of the unknown ones, how many the policy counts as good and bad.
        package var assumedGood = 0
        package var assumedBad = 0
        package var missing = 0
        package var errored = 0
        package var excluded = 0
        package var pending = 0
        /// Slots with a result in time, of those that were due and not excluded.
        package var timely = 0

        package init() {}

        package var unknown: Int { missing + errored }
        /// How many slots something is known of.
        package var coverage: Ratio { Ratio(good + bad, of: good + bad + unknown) }
        package var timeliness: Ratio { Ratio(timely, of: good + bad + unknown) }

        static func + (one: Counts, two: Counts) -> Counts {
            var sum = one
            for path in paths { sum[keyPath: path] += two[keyPath: path] }
            return sum
        }

        private static let paths: [any WritableKeyPath<Counts, Int> & Sendable] = [
            \.due, \.good, \.bad, \.assumedGood, \.assumedBad, \.missing, \.errored, \.excluded, \.pending, \.timely,
        ]
    }

    package var objective: Objective
    package var counts = Counts()
    /// What counted, by the method: slots, slices or rows.
    package var attained = Ratio.none
    /// The same if nothing were excluded.
    package var withoutExclusions = Ratio.none
    /// Slots or slices of the whole period; `nil` of rows.
    package var planned: Int?
    /// What counted in the last hours, by how many.
    package var recent: [(hours: Int, ratio: Ratio)] = []
    /// By local day, in their order.
    package var days: [(date: CivilDate, counts: Counts, attained: Ratio)] = []

    package static func == (one: Self, two: Self) -> Bool {
        one.objective == two.objective && one.counts == two.counts && one.attained == two.attained
            && one.withoutExclusions == two.withoutExclusions && one.planned == two.planned
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(objective)
        hasher.combine(attained)
    }

    package var budget: ErrorBudget {
        ErrorBudget(target: objective.target, attained: attained, planned: planned)
    }

    /// What is left of the budget in per cent, signed: of the period's where it is known in advance.
    package var remainingPercent: String? { budget.remainingPercent(ofPeriod: planned != nil) }

    /// Whether nothing is left of the period's budget.
    package var hasSpentBudget: Bool { (budget.spentTenths(ofPeriod: true) ?? 0) >= 1000 }

    /// When the period's budget will be spent at the pace of the longest window in which anything was, in microseconds from
    /// now; `nil` where nothing is spent.
    ///
    /// - Parameter period: The length of the period in microseconds.
    /// - Returns: 0 where nothing is left.
    package func timeToExhaustion(period: Int) -> Int? {
        recent.last.flatMap { budget.timeToExhaustion(at: $0.ratio, period: period) }
    }

    package var verdict: Verdict {
        guard counts.coverage.reaches(objective.coverage) == true, let isMet = attained.reaches(objective.target) else {
            return .insufficientEvidence
        }
        return isMet ? .met : .missed
    }
}

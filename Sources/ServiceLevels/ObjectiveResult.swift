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
        /// Slots that something is known of which came too late.
        package var late: Int { max(0, good + bad - timely) }
        /// Also those that may still be measured.
        package var all: Int { due + pending }
        /// How many slots something is known of.
        package var coverage: Ratio { Ratio(good + bad, of: good + bad + unknown) }
        package var timeliness: Ratio { Ratio(timely, of: good + bad + unknown) }

        package static func + (one: Counts, two: Counts) -> Counts {
            var sum = one
            sum.due += two.due
            sum.good += two.good
            sum.bad += two.bad
            sum.assumedGood += two.assumedGood
            sum.assumedBad += two.assumedBad
            sum.missing += two.missing
            sum.errored += two.errored
            sum.excluded += two.excluded
            sum.pending += two.pending
            sum.timely += two.timely
            return sum
        }
    }

    /// What was promised in a part of the period, and what came of it.
    package struct Version: Sendable, Hashable {
        package var range: TimeRange
        package var budget: ErrorBudget.Part
    }

    /// What counted on a local day.
    package struct Day: Sendable, Hashable {
        package var date: CivilDate
        package var counts: Counts
        package var attained: Ratio
    }

    /// What counted in the last hours.
    package struct Recent: Sendable, Hashable {
        package var hours: Int
        package var ratio: Ratio
    }

    /// What an earlier period came to.
    package struct Earlier: Sendable, Hashable {
        /// Its first day.
        package var from: CivilDate
        package var target: TargetShare
        package var attained: Ratio
        package var verdict: Verdict
    }

    /// As it was last.
    package var objective: Objective
    package var counts = Counts()
    /// In the order of time; more than one where the target or the checks were changed.
    package var versions: [Version] = []
    /// What counted if nothing were excluded.
    package var withoutExclusions = Ratio.none
    /// What would have counted with the results that were made afterwards; `nil` where there are none.
    package var restated: Ratio?
    package var recent: [Recent] = []
    /// In their order; days on which nothing was due are left out.
    package var days: [Day] = []
    /// Periods before this one, oldest first.
    package var earlier: [Earlier] = []

    package init(objective: Objective) {
        self.objective = objective
    }

    package var budget: ErrorBudget { ErrorBudget(versions.map(\.budget)) }

    /// What counted, by the method: slots, slices or rows.
    package var attained: Ratio { budget.attained }

    /// Slots or slices of the whole period; `nil` of rows.
    package var planned: Int? { budget.planned }

    /// Its targets, in the order of time; one where it was not changed.
    package var targets: [TargetShare] {
        versions.map(\.budget.target).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// What is left of the budget in per cent, signed: of the period's where it is known in advance.
    package var remainingPercent: String? { budget.remainingPercent(ofPeriod: planned != nil) }

    /// Whether nothing is left of the period's budget.
    package var hasSpentBudget: Bool { (budget.spentTenths(ofPeriod: true) ?? 0) >= 1000 }

    /// When the period's budget will be spent at the pace of the longest window, in microseconds from now; `nil` where nothing is
    /// spent.
    ///
    /// - Parameter period: The length of the period in microseconds.
    /// - Returns: 0 where nothing is left.
    package func timeToExhaustion(period: Int) -> Int? {
        recent.last.flatMap { budget.timeToExhaustion(at: $0.ratio, period: period) }
    }

    /// The share of the period's budget that will be spent when it is over at the pace of the longest window, in tenths of a per
    /// cent; `nil` where nobody knows.
    package var projectedTenths: Int? { recent.last.flatMap { budget.projectedTenths(at: $0.ratio) } }

    /// The burn alerts whose window burns as fast or faster.
    package var burning: [BurnAlert] {
        objective.burnAlerts.filter { alert in
            recent.first { $0.hours == alert.hours }.flatMap { budget.burnThousandths($0.ratio) }
                .map { $0 >= alert.factor } ?? false
        }
    }

    package var verdict: Verdict {
        guard counts.coverage.reaches(objective.coverage) == true, let isKept = budget.isKept else {
            return .insufficientEvidence
        }
        return isKept ? .met : .missed
    }
}

package import Catalog
package import Checks
import Foundation

/// What a run may cost at most, in the planner's unit.
package struct Budget: Sendable, Hashable {
    /// For the whole run; `nil` means no limit.
    package var run: Double?

    package init(run: Double? = nil) {
        self.run = run
    }

    /// Whether anything has to be estimated for it.
    package func applies(to plan: Plan) -> Bool {
        run != nil || plan.checks.contains { $0.check.dataset.budget != nil }
    }

    /// Samples that bring datasets within their budget, where their suites allow it.
    ///
    /// Blocks are sampled: what is not drawn is not read. With a limit for the run, its part of the whole goes to each.
    /// A block that is drawn costs more than one that is read in passing, so it may take several rounds.
    ///
    /// - Parameters:
    ///   - plan: A plan that takes the samples `taken`.
    ///   - costs: The planner's estimate of each scan, by position; `nil` where there is none.
    ///   - taken: Samples by dataset; a dataset without looks at all rows.
    /// - Returns: Smaller samples; `taken` where nothing is over its budget, or nothing may be sampled.
    package func samples(
        for plan: Plan, costs: [Double?], instead taken: [RelationName: Sample]
    ) -> [RelationName: Sample] {
        let whole = costs.reduce(0) { $0 + ($1 ?? 0) }
        let ofRun = run.map { $0 / max(whole, 1) } ?? 1
        var samples = taken
        let (limits, indivisible) = (Self.limits(of: plan), Self.checksThatNeedAllRows(plan))
        let fixedCosts = Self.costs(of: plan, costs) { !indivisible.isDisjoint(with: $0.checks) }
        let relations = Dictionary(
            plan.scans.map { ($0.dataset, $0.relation) }, uniquingKeysWith: { first, _ in first })
        for (dataset, cost) in Self.costs(of: plan, costs) {
            guard let limit = limits[dataset], limit.samples, relations[dataset]?.canBeSampled == true else { continue }
            // What needs all rows takes its part first; if that is too much already, it will be refused.
            let fixed = fixedCosts[dataset] ?? 0
            let left = fixed < limit.cost ? limit.cost - fixed : limit.cost
            let part = min(left / max(cost - fixed, 1), ofRun)
            guard part < 1 else { continue }
            // A little less than what would fit: the estimates are not linear.
            let share = (taken[dataset]?.share ?? 1) * part * 0.9
            samples[dataset] = Sample(percent: Self.percent(share), method: .blocks) ?? taken[dataset]
        }
        return samples
    }

    /// A percentage with two significant digits, rounded down; at most six decimals.
    private static func percent(_ share: Double) -> String {
        let percent = share * 100
        let places = percent >= 10 ? 0 : min(6, 1 - Int(log10(percent).rounded(.down)))
        let scale = pow(10, Double(places))
        return String(format: "%.\(places)f", (percent * scale).rounded(.down) / scale)
    }

    private static func costs(
        of plan: Plan, _ costs: [Double?], where counts: (Scan) -> Bool = { _ in true }
    ) -> [RelationName: Double] {
        var sums: [RelationName: Double] = [:]
        for (scan, cost) in zip(plan.scans, costs) where counts(scan) { sums[scan.dataset, default: 0] += cost ?? 0 }
        return sums
    }

    /// The strictest limit that suites set for each dataset.
    private static func limits(of plan: Plan) -> [RelationName: CostLimit] {
        var limits: [RelationName: CostLimit] = [:]
        for planned in plan.checks {
            guard let limit = planned.check.dataset.budget else { continue }
            let known = limits[planned.check.dataset.relation]
            if known.map({ limit.cost < $0.cost }) ?? true { limits[planned.check.dataset.relation] = limit }
        }
        return limits
    }

    /// Ids of checks that do not judge rows one by one, so that some rows will not do.
    private static func checksThatNeedAllRows(_ plan: Plan) -> Set<String> {
        Set(plan.checks.map(\.check).filter { !type(of: $0.kind).definition.judgesSingleRows }.map(\.id))
    }

    /// Refuses what would cost more than it may.
    ///
    /// Where a suite allows samples, what cannot be sampled is refused first, and the rest only if it is still too much.
    ///
    /// - Parameters:
    ///   - plan: Its checks are refused in place.
    ///   - costs: The planner's estimate of each scan, by position; `nil` where there is none.
    package func enforce(on plan: inout Plan, costs: [Double?]) {
        let whole = costs.reduce(0) { $0 + ($1 ?? 0) }
        if let run, whole > run {
            refuse(
                Array(plan.checks.indices), in: &plan,
                "the run is over its budget: its statements cost \(Int(whole.rounded())), --max-cost is \(Int(run))")
            return
        }
        let (limits, indivisible) = (Self.limits(of: plan), Self.checksThatNeedAllRows(plan))
        let sampled = Self.costs(of: plan, costs) { indivisible.isDisjoint(with: $0.checks) }
        var refused: [(checks: [Int], reason: String)] = []
        for (dataset, cost) in Self.costs(of: plan, costs) {
            guard let limit = limits[dataset], cost > limit.cost else { continue }
            let checks = plan.checks.indices.filter { plan.checks[$0].check.dataset.relation == dataset }
            let fits = limit.samples && sampled[dataset] ?? 0 <= limit.cost
            refused.append(
                (
                    fits ? checks.filter { indivisible.contains(plan.checks[$0].check.id) } : checks,
                    "the dataset is over its budget: its statements cost \(Int(cost.rounded())), the suite allows \(Int(limit.cost))"
                ))
        }
        for (checks, reason) in refused { refuse(checks, in: &plan, reason) }
    }

    /// Checks that need a statement cannot be evaluated; what the catalog answers costs nothing.
    private func refuse(_ checks: [Int], in plan: inout Plan, _ reason: String) {
        var refused: Set<String> = []
        for check in checks where !plan.checks[check].answer.probes.isEmpty {
            plan.checks[check].answer = .impossible(
                CheckFailure(
                    .plan, reason,
                    hint: "See \"assay plan\" for what each statement costs; select fewer checks, or raise the budget.")
            )
            plan.checks[check].assertion = nil
            refused.insert(plan.checks[check].check.id)
        }
        plan.scans.removeAll { refused.isSuperset(of: $0.checks) }
    }
}

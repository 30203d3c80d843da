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
        for (dataset, cost) in Self.costs(of: plan, costs) {
            let limits = plan.checks.filter { $0.check.dataset.relation == dataset }.compactMap(\.check.dataset.budget)
            guard let limit = limits.min(by: { $0.cost < $1.cost }), limit.samples else { continue }
            let part = min(limit.cost / max(cost, 1), ofRun)
            guard part < 1 else { continue }
            // A little less than what would fit: the estimates are not linear.
            let share = (taken[dataset]?.share ?? 1) * part * 0.9
            samples[dataset] = Sample(percent: Self.percent(share), method: .blocks) ?? taken[dataset]
        }
        return samples
    }

    /// A percentage with two significant digits, rounded down.
    private static func percent(_ share: Double) -> String {
        var (percent, scale) = (share * 100, 1.0)
        while percent < 10, scale < 1_000_000 { (percent, scale) = (percent * 10, scale * 10) }
        // Whole digits over a power of ten: written without an exponent.
        let digits = String(Int(percent))
        let places = Int(log10(scale).rounded())
        guard places > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return "\(padded.dropLast(places)).\(padded.suffix(places))"
    }

    private static func costs(of plan: Plan, _ costs: [Double?]) -> [RelationName: Double] {
        var sums: [RelationName: Double] = [:]
        for (scan, cost) in zip(plan.scans, costs) { sums[scan.dataset, default: 0] += cost ?? 0 }
        return sums
    }

    /// Refuses what would cost more than it may.
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
        for (dataset, cost) in Self.costs(of: plan, costs) {
            let checks = plan.checks.indices.filter { plan.checks[$0].check.dataset.relation == dataset }
            guard let budget = checks.compactMap({ plan.checks[$0].check.dataset.budget?.cost }).min(), cost > budget
            else { continue }
            refuse(
                checks, in: &plan,
                "the dataset is over its budget: its statements cost \(Int(cost.rounded())), the suite allows \(Int(budget))"
            )
        }
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

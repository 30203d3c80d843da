import Catalog
import Checks

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
        var spent: [RelationName: Double] = [:]
        for (scan, cost) in zip(plan.scans, costs) { spent[scan.dataset, default: 0] += cost ?? 0 }
        for (dataset, cost) in spent {
            let checks = plan.checks.indices.filter { plan.checks[$0].check.dataset.relation == dataset }
            guard let budget = checks.compactMap({ plan.checks[$0].check.dataset.budget }).min(), cost > budget else {
                continue
            }
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

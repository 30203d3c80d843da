import Catalog
import Checks

/// Decides whether a shared scan judges columns of few values once per combination of values, and which columns.
///
/// Each column costs every row a hash and a comparison, and saves every row the judging of its conditions. Columns are
/// taken while they save more than they cost and the combinations stay few; the statistics of ANALYZE say how few.
struct GroupingChoice {
    var columns: [String] = []
    var choice: Choice?

    init(for scan: Scan, probes: [Probe], ignoringCosts: Bool) {
        guard scan.isShared, let rows = scan.relation.estimatedRowCount,
            rows >= CostModel.minimumRows || ignoringCosts
        else { return }
        let candidates = Self.candidates(scan.relation, probes, ignoringCosts: ignoringCosts)
        guard !candidates.isEmpty else { return }
        // A sum of parts must be the whole, to the last digit.
        if !probes.allSatisfy(\.isDivisible) {
            choice = Choice(
                optimisation: .grouping, isTaken: false,
                reason: "an aggregate in the same scan cannot be put together from groups")
            return
        }
        var combinations = 1.0
        var saved = -CostModel.grouping
        var chosen: [Candidate] = []
        for candidate in candidates where combinations * candidate.values <= CostModel.maximumGroups {
            combinations *= candidate.values
            saved += candidate.saving
            chosen.append(candidate)
        }
        let percent = combinations / max(rows, 1) * 100
        guard saved > 0 && percent < 10 || ignoringCosts else {
            choice = Choice(
                optimisation: .grouping, isTaken: false,
                reason:
                    "judging \(candidates.map(\.name).joined(separator: ", ")) per row costs less than grouping by it")
            return
        }
        columns = chosen.map(\.name)
        choice = Choice(
            optimisation: .grouping, isTaken: true,
            reason: "\(columns.joined(separator: ", ")): about \(Int(combinations)) combinations in \(Int(rows)) rows; "
                + "saves about \(Int(saved)) ns a row")
    }

    private struct Candidate {
        var name: String
        /// Different values, NULL among them.
        var values: Double
        /// Nanoseconds a row that are saved, less what grouping by the column costs.
        var saving: Double
    }

    /// Columns that are worth being grouped by, the best first.
    private static func candidates(_ relation: Relation, _ probes: [Probe], ignoringCosts: Bool) -> [Candidate] {
        var judging: [String: Double] = [:]
        for probe in probes {
            guard case .count(let condition?) = probe.form, let column = condition.judgedBy else { continue }
            judging[column, default: 0] += CostModel.judging(condition.effort)
        }
        let candidates = judging.compactMap { name, cost -> Candidate? in
            guard let column = relation.column(named: name), column.equalValuesLookAlike,
                let statistics = column.statistics
            else { return nil }
            let saving = cost - CostModel.grouping(by: column)
            let values = statistics.distinctCount.rounded() + (statistics.nullFraction > 0 ? 1 : 0)
            guard saving > 0 || ignoringCosts, values <= CostModel.maximumGroups else { return nil }
            return Candidate(name: name, values: max(1, values), saving: saving)
        }
        return candidates.sorted { ($0.saving, $1.name) > ($1.saving, $0.name) }
    }
}

import Checks
import StructuredSQL

/// Failing rows of all steps of a backfill in one statement: a row is read once, whatever its step.
///
/// A check of the first step stands for itself in all of them: the check of position i in step k is at k * count + i.
struct StepRowFetch {
    let plan: Plan
    let steps: StepGrouping
    /// Failing checks that want all their rows, of one relation and projected alike.
    let wanted: [Int]

    /// Checks of a step.
    private var checkCount: Int { plan.checks.count / steps.count }

    /// Positions within a step of the checks that have rows here; `nil` where one asks something else in another step.
    private var positions: [Int]? {
        var positions: [Int] = []
        for position in Set(wanted.map { $0 % checkCount }).sorted() {
            let texts = Set((0..<steps.count).compactMap { condition(of: $0 * checkCount + position)?.literalText })
            guard texts.count == 1 else { return nil }
            positions.append(position)
        }
        return positions
    }

    /// The violation, looked at only where the check's own filter holds; the window is the statement's.
    private func condition(of check: Int) -> SQL? {
        guard case .rows(let violation, .shareable)? = plan.checks[check].assertion else { return nil }
        return RowCondition.guarded(violation.condition, filter: plan.checks[check].ownFilter)
    }

    /// - Returns: `nil` where the steps must be asked one by one.
    var fetch: RowFetch? {
        guard let positions, let first = wanted.first, !positions.isEmpty else { return nil }
        let planned = plan.checks[first]
        let conditions: [SQL] = positions.compactMap { self.condition(of: $0) }
        guard conditions.count == positions.count else { return nil }
        let width = positions.count
        let ordinals: [SQL] = conditions.enumerated().map { index, condition in
            "CASE WHEN \(condition) THEN (\(steps.bucket) - 1) * \(bind: width)::pg_catalog.int4 + \(bind: index + 1) END"
        }
        let failing = Set(wanted.map { $0 / checkCount + 1 }).sorted()
        var picked: SQL = "(\(steps.scope)) AND (\(conditions.map { "(\($0))" as SQL }.joined(separator: " OR ")))"
        if failing.count < steps.count {
            let list = SQLArray.text(failing.map(String.init))
            picked += " AND \(steps.bucket) = ANY (\(bind: list)::pg_catalog.int4[])"
        }
        let projection = RowProjection(planned)
        let statement: SQL = """
            SELECT (pg_catalog.array_remove(ARRAY[\(ordinals.joined(separator: ", "))], NULL))::pg_catalog.text,
                \(projection.keyJSON), \(projection.json)
            FROM \(planned.source)
            WHERE \(picked)
            """
        let violable = (0..<steps.count).flatMap { step in positions.map { step * checkCount + $0 } }
        return RowFetch(
            wanted: wanted.map { ($0, plan.checks[$0].check.keep.maximum) }, violable: violable, statement: statement,
            dataset: planned.check.dataset.name)
    }
}

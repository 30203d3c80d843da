import Catalog
import Checks
import StructuredSQL

/// Checks that are judged once per group of rows.
extension Planner {
    mutating func groupedAnswer(
        to assertion: Assertion, on subject: Subject, for check: Check
    ) -> PlannedCheck.Answer {
        let statements = GroupedOutcomes(columns: subject.groups)
        func probe(_ measure: GroupProbe.Measure) -> GroupProbe {
            GroupProbe(
                measure: measure, warn: check.warn, fail: check.fail, onEmpty: check.onEmpty,
                share: subject.sample?.share ?? 1)
        }
        let counts = GroupProbe.Measure.rows(failing: "m0", total: "m1")
        let total: SQL = subject.filter.map { "count(*) FILTER (WHERE \($0))" } ?? "count(*)"
        switch assertion {
        case .rows(let violation, let behaviour):
            let failing: SQL = "count(*) FILTER (WHERE \(counted(violation, on: subject).sql))"
            if behaviour.isShared {
                return .groups(shared(.groups(probe(.rows(failing: failing, total: total))), nil, subject, check))
            }
            let statement = statements.statement(
                for: [probe(.rows(failing: failing, total: total))],
                of: subject.scopedRows, after: violation.prelude)
            return .groups(groupsApart(statement, subject, check))
        case .duplicates(let columns, let nulls):
            let statement = statements.statement(for: probe(counts), sharing: columns, nulls: nulls, in: subject.rows)
            return .groups(groupsApart(statement, subject, check))
        case .distinct(let columns):
            return value(GroupedOutcomes.distinctCount(of: columns), probe, subject, check)
        case .rowCount: return value("count(*)", probe, subject, check)
        case .aggregate(let aggregate): return value(aggregate.expression, probe, subject, check)
        case .derived(_, _, .some):
            let failure = CheckFailure(
                .plan, "a probability is not computed by group",
                hint: "Take the statistic: as: statistic, or as: distance.")
            return .impossible(failure)
        case .derived(let expression, let source, nil):
            let statement = statements.statement(
                for: probe(.value("m0")), value: expression, from: source, rows: subject.rows)
            return .groups(groupsApart(statement, subject, check))
        case .query(let failing, let things):
            let statement = statements.statement(
                for: probe(counts), failing: failing, of: things, rows: subject.rows)
            return .groups(groupsApart(statement, subject, check))
        case .settled(let failing, let total, let reason):
            return .settled(failing: failing, total: total, reason: reason)
        }
    }

    /// An aggregate over the rows of each group, together with others over the same rows.
    private mutating func value(
        _ expression: SQL, _ probe: (GroupProbe.Measure) -> GroupProbe, _ subject: Subject, _ check: Check
    ) -> PlannedCheck.Answer {
        .groups(shared(.groups(probe(.value(Probe.oneColumn(expression)))), subject.filter, subject, check))
    }

    private mutating func groupsApart(_ statement: SQL, _ subject: Subject, _ check: Check) -> ProbeColumn {
        ProbeColumn(apart(statement, subject, check))
    }
}

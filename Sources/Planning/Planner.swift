import Catalog
package import Checks
import StructuredSQL

/// Turns checks into statements: proofs by catalog first, then one shared scan per dataset, and apart what would spoil it.
///
/// Asking ten things of a table in one statement reads it once. What stays apart: uniqueness (grouping), relationships
/// (anti-joins), DISTINCT and ordered-set aggregates (they sort and forbid parallel workers), an aggregate with a filter
/// of its own, and the newest value where an index has it.
package struct Planner {
    private let context: PlanningContext
    private let resolver: SubjectResolver
    private var plan = Plan(checks: [], probes: [], scans: [])
    /// Where a shared expression already has its probe, and in which scan.
    private var sharedProbes: [ScanKey: [String: (probe: Probe.ID, scan: Int)]] = [:]
    private var sharedScans: [ScanKey: [Int]] = [:]

    /// PostgreSQL allows 1,664 columns; fewer keep expression setup and a retry cheap.
    private static let maximumProbesPerScan = 400

    /// Texts and not values: the same condition from two places in a file is the same condition.
    private struct ScanKey: Hashable {
        var dataset: RelationName
        var filter: String?
    }

    /// Plans the checks in their order.
    package static func plan(_ checks: [Check], in context: PlanningContext) -> Plan {
        var planner = Planner(context: context)
        for check in planner.sharingMasking(checks) { planner.add(check) }
        planner.plan.scans.sort { left, right in
            (left.relation.sizeBytes, left.isShared ? 1 : 0) > (right.relation.sizeBytes, right.isShared ? 1 : 0)
        }
        return planner.plan
    }

    private init(context: PlanningContext) {
        self.context = context
        resolver = SubjectResolver(context: context)
    }

    /// Gives every check the personal columns of its relation, under whatever name other files know the relation.
    private func sharingMasking(_ checks: [Check]) -> [Check] {
        var rules: [RelationName: [String: MaskingRule]] = [:]
        func name(_ check: Check) -> RelationName {
            context.catalog.relations[check.dataset.relation]?.name ?? check.dataset.relation
        }
        for check in checks {
            // Where two files disagree under two names, the stricter rule holds.
            rules[name(check), default: [:]].merge(
                check.dataset.masking.merging(check.dataset.maskingElsewhere) { own, _ in own }
            ) { $0.isStricter(than: $1) ? $0 : $1 }
        }
        return checks.map { check in
            var check = check
            let relation = context.catalog.relations[check.dataset.relation]
            for (column, rule) in rules[name(check)] ?? [:] {
                // What another file calls personal counts here if it can occur here; an own misspelt name is a mistake.
                let occurs =
                    relation?.column(named: column) != nil || (check.kind as? CustomQuery)?.mentions(column) == true
                if occurs { check.dataset.masking[column] = rule }
            }
            return check
        }
    }

    private mutating func add(_ check: Check) {
        var planned = PlannedCheck(check: check, answer: .skipped(reason: "disabled"))
        defer { plan.checks.append(planned) }
        guard check.isEnabled else { return }
        if context.window != nil, !check.followsWindow {
            let reason =
                check.kind is CustomQuery
                ? "its query names neither :window_start nor :window_end"
                : "it has no time column, so it cannot be about a window"
            planned.answer = .skipped(reason: reason)
            return
        }
        do {
            let subject = try resolver.subject(of: check)
            planned.relation = subject.relation
            planned.filter = subject.filter
            if context.usesProofs, check.acceptsProof(on: subject), let constraint = check.kind.proof(on: subject) {
                planned.answer = .proved(by: constraint)
                return
            }
            let assertion = try check.kind.assertion(on: subject)
            let resolved = assertion.resolving(context.parameters(of: check.id))
            planned.assertion = resolved
            planned.answer = answer(to: resolved, on: subject, for: check)
        } catch let failure as CheckFailure {
            planned.answer = .impossible(failure)
        } catch let error as SubjectError {
            planned.answer = .impossible(CheckFailure(.plan, error.message, hint: error.hint))
        } catch {
            planned.answer = .impossible(CheckFailure(.plan, "\(error)"))
        }
    }

    private mutating func answer(to assertion: Assertion, on subject: Subject, for check: Check) -> PlannedCheck.Answer
    {
        let dataset = check.dataset.relation
        switch assertion {
        case .rows(let violation, .shared):
            let guarded = RowCondition.guarded(violation, filter: subject.filter)
            let failing = shared("count(*) FILTER (WHERE \(guarded))", nil, subject, check)
            return .rows(failing: failing, total: total(subject, check))
        case .rows(let violation, .apart):
            let statement: SQL = "SELECT count(*) FROM \(subject.rows(and: violation))"
            let failing = apart(statement, columnCount: 1, dataset, subject, check)
            return .rows(failing: ProbeColumn(failing), total: total(subject, check))
        case .duplicates(let columns, let nulls):
            let statement = DuplicateQuery(columns: columns, nulls: nulls).count(in: subject.rows)
            let probe = apart(statement, columnCount: 2, dataset, subject, check)
            return .rows(failing: ProbeColumn(probe, 0), total: ProbeColumn(probe, 1))
        case .aggregate(let expression, .shared):
            return .value(shared(Self.oneColumn(expression), subject.filter, subject, check))
        case .aggregate(let expression, .apart):
            let statement: SQL = "SELECT \(Self.oneColumn(expression)) FROM \(subject.rows) HAVING true"
            return .value(ProbeColumn(apart(statement, columnCount: 1, dataset, subject, check)))
        case .scalar(let statement):
            return .value(ProbeColumn(apart(statement, columnCount: 1, dataset, subject, check)))
        case .query(let failing, let totalQuery):
            let count: SQL = "SELECT count(*) FROM (\(failing)) AS failing"
            let probe = apart(count, columnCount: 1, dataset, subject, check)
            if check.kind is CustomQuery { return .rows(failing: ProbeColumn(probe), total: total(subject, check)) }
            let total = totalQuery.map { ProbeColumn(apart($0, columnCount: 1, dataset, subject, check)) }
            return .rows(failing: ProbeColumn(probe), total: total)
        case .settled(let failing, let total, let reason):
            return .settled(failing: failing, total: total, reason: reason)
        }
    }

    /// An expression that is one column whatever stands in it: a cast refuses a row that would unfold into several.
    private static func oneColumn(_ expression: SQL) -> SQL {
        "((\(expression)))::pg_catalog.text"
    }

    /// The number of rows looked at; one expression per dataset and filter, however many checks divide by it.
    private mutating func total(_ subject: Subject, _ check: Check) -> ProbeColumn {
        let expression: SQL =
            if let filter = subject.filter { "count(*) FILTER (WHERE \(filter))" } else { "count(*)" }
        return shared(expression, nil, subject, check)
    }

    private mutating func shared(
        _ expression: SQL, _ filter: SQL?, _ subject: Subject, _ check: Check
    ) -> ProbeColumn {
        let key = ScanKey(dataset: check.dataset.relation, filter: filter?.literalText)
        let text = expression.literalText
        let scan: Int
        let probe: Probe.ID
        if let known = sharedProbes[key]?[text] {
            (probe, scan) = known
        } else {
            probe = plan.probes.count
            plan.probes.append(Probe(form: .expression(expression)))
            if let last = sharedScans[key]?.last, plan.scans[last].probes.count < Self.maximumProbesPerScan {
                scan = last
            } else {
                scan = plan.scans.count
                plan.scans.append(
                    Scan(
                        dataset: check.dataset.relation, relation: subject.relation, filter: filter, probes: [],
                        isShared: true, estimatedBytes: subject.relation.estimatedBytes, isClosed: true, checks: []))
                sharedScans[key, default: []].append(scan)
            }
            plan.scans[scan].probes.append(probe)
            sharedProbes[key, default: [:]][text] = (probe, scan)
        }
        if !isClosed(check, on: subject) { plan.scans[scan].isClosed = false }
        if plan.scans[scan].checks.last != check.id { plan.scans[scan].checks.append(check.id) }
        return ProbeColumn(probe)
    }

    private mutating func apart(
        _ statement: SQL, columnCount: Int, _ dataset: RelationName, _ subject: Subject, _ check: Check
    ) -> Probe.ID {
        let probe = plan.probes.count
        plan.probes.append(Probe(form: .statement(statement, columnCount: columnCount)))
        plan.scans.append(
            Scan(
                dataset: dataset, relation: subject.relation, filter: nil, probes: [probe], isShared: false,
                estimatedBytes: estimatedBytes(of: check, on: subject),
                isClosed: isClosed(check, on: subject), checks: [check.id]))
        return probe
    }
}

extension Planner {
    /// What a statement apart reads: the dataset and what else the check names; a query of the user's own may read anything.
    private func estimatedBytes(of check: Check, on subject: Subject) -> Int? {
        guard !(check.kind is CustomQuery) else { return nil }
        let others = check.kind.otherRelations.compactMap { context.catalog.relations[$0] }
        return ([subject.relation] + others).reduce(0) { sum, relation in
            sum.flatMap { sum in relation.estimatedBytes.map { sum + $0 } }
        }
    }
}

extension Planner {
    /// Whether a check can run no code but PostgreSQL's own: no SQL of the user's, no view, no type made by a user.
    private func isClosed(_ check: Check, on subject: Subject) -> Bool {
        let kind = type(of: check.kind).definition
        let others = check.kind.otherRelations.compactMap { context.catalog.relations[$0] }
        return !kind.parameters.contains { $0.form == .expression } && check.filter == nil
            && context.operatorsAreBuiltIn
            && ([subject.relation] + others).allSatisfy { [.table, .partitionedTable].contains($0.kind) }
            && subject.relation.columns.allSatisfy(\.type.isBuiltIn)
    }
}

extension Relation {
    /// The relation's size where the catalog knows it: not for a view, nor for a table that was never analyzed.
    fileprivate var estimatedBytes: Int? { estimatedRowCount == nil ? nil : sizeBytes }
}

extension Check {
    /// Whether a constraint may answer for the rows: not for a filter that was never tried, an empty table that should
    /// fail, or rows that the role could not have seen.
    fileprivate func acceptsProof(on subject: Subject) -> Bool {
        onEmpty == .pass && subject.filter == nil && !subject.relation.hidesRows
            && subject.columns.allSatisfy(\.isSelectable)
    }

    /// Whether the check can be asked of a window: by the suite's time column, or because its query names the bounds.
    fileprivate var followsWindow: Bool {
        (kind as? CustomQuery)?.namesWindow ?? (dataset.time != nil)
    }
}

extension Assertion {
    /// Puts values in the place of `:name`.
    func resolving(_ values: [String: SQL]) -> Assertion {
        switch self {
        case .rows(let violation, let placement): .rows(violation: violation.resolving(values), placement: placement)
        case .aggregate(let expression, let placement):
            .aggregate(expression.resolving(values), placement: placement)
        case .scalar(let statement): .scalar(statement.resolving(values))
        case .query(let failing, let total): .query(failing: failing.resolving(values), total: total?.resolving(values))
        case .duplicates, .settled: self
        }
    }
}

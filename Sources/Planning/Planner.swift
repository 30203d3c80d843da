import Catalog
package import Checks
import StructuredSQL

/// Turns checks into statements: proofs by catalog first, then one shared scan per dataset, and apart what would spoil it.
///
/// Asking ten things of a table in one statement reads it once. What stays apart: uniqueness (grouping), relationships
/// (anti-joins), DISTINCT and ordered-set aggregates (they sort and forbid parallel workers), an aggregate with a filter
/// of its own, and the newest value where an index has it.
package struct Planner {
    var context: PlanningContext
    /// The step that is being planned, from 0.
    private var step: Int?
    var plan = Plan(checks: [], probes: [], scans: [])
    /// Where a shared expression already has its probe, and in which scan.
    private var sharedProbes: [ScanKey: [String: (probe: Probe.ID, scan: Int)]] = [:]
    private var sharedScans: [ScanKey: [Int]] = [:]
    var duplicateScans: [DuplicateScan] = []

    /// PostgreSQL allows 1,664 columns; fewer keep expression setup and a retry cheap.
    private static let maximumProbesPerScan = 400

    /// Texts and not values: the same condition from two places in a file is the same condition.
    private struct ScanKey: Hashable {
        var dataset: RelationName
        var filter: String?
        var sample: Sample?
        var groups: [String]
    }

    /// Plans the checks in their order.
    package static func plan(_ checks: [Check], in context: PlanningContext) -> Plan {
        var planner = Planner(context: context)
        let masked = planner.sharingMasking(checks)
        if context.steps.isEmpty {
            for check in masked { planner.add(check) }
        }
        // Step by step, so that the check of position i in step k is at k * checks + i.
        for (step, window) in context.steps.enumerated() {
            (planner.step, planner.context.window) = (step, window)
            for check in masked { planner.add(check) }
        }
        planner.chooseImplications()
        planner.chooseGrouping()
        planner.choosePartitions()
        planner.choosePieces()
        planner.plan.scans.sort { left, right in
            (left.relation.sizeBytes, left.isShared ? 1 : 0) > (right.relation.sizeBytes, right.isShared ? 1 : 0)
        }
        return planner.plan
    }

    private init(context: PlanningContext) {
        self.context = context
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
            if check.kind is PIIAbsent {
                // What such a check finds is the last thing to show.
                for column in check.columns where check.dataset.masking[column] == nil {
                    check.dataset.masking[column] = .mask
                }
            }
            return check
        }
    }

    private mutating func add(_ check: Check) {
        var planned = PlannedCheck(check: check, answer: .skipped(reason: "disabled"))
        planned.step = step
        defer { plan.checks.append(planned) }
        guard check.isEnabled else { return }
        if context.window != nil, !check.followsWindow {
            let reason =
                check.kind is CustomQuery
                ? "its query names neither :window_start nor :window_end"
                : type(of: check.kind).definition.source == .rows
                    ? "it has no time column, so it cannot be about a window"
                    : "it is about the catalog as it is now, not about a window"
            planned.answer = .skipped(reason: reason)
            return
        }
        if check.kind is TableExists, context.catalog.relations[check.dataset.relation] == nil {
            let reason = "relation \"\(check.dataset.name)\" does not exist"
            planned.answer = .settled(failing: 1, total: 1, reason: reason)
            return
        }
        do {
            let subject = try SubjectResolver(context: context).subject(of: check)
            planned.relation = subject.relation
            planned.filter = subject.condition
            planned.ownFilter = subject.filter
            planned.sample = subject.sample
            planned.groups = subject.groups
            planned.steps = StepGrouping(context.steps, on: subject)
            planned.past = subject.past
            if let kind = check.kind as? any BaselineKind, let recorded = try kind.recordedHistogram(on: subject) {
                try refusePersonal(subject, of: check)
                let statement = recorded.resolving(context.parameters(of: check.id))
                planned.histogram = ProbeColumn(apart(statement, subject, check))
            }
            if let kind = check.kind as? any PastKind, kind.need != nil {
                let unread = "it compares with earlier runs, which are only looked at when it is run"
                let reason =
                    subject.past.map { kind.reasonToSkip(with: $0) }
                    ?? kind.reasonToSkip(with: Past()).map { _ in unread }
                if let reason {
                    planned.answer = .skipped(reason: reason)
                    return
                }
            }
            planned.note = check.kind.note(on: subject)
            planned.evidence = try check.kind.evidence(on: subject)?.resolving(context.parameters(of: check.id))
            if context.usesProofs, check.acceptsProof(on: subject), let constraint = check.kind.proof(on: subject) {
                planned.answer = .proved(by: constraint)
                return
            }
            let assertion = try check.kind.assertion(on: subject)
            let resolved = assertion.resolving(context.parameters(of: check.id))
            planned.assertion = resolved
            planned.answer =
                subject.groups.isEmpty
                ? answer(to: resolved, on: subject, for: check)
                : groupedAnswer(to: resolved, on: subject, for: check)
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
        switch assertion {
        case .rows(let violation, let behaviour) where behaviour.isShared:
            let failing = shared(.count(counted(violation, on: subject)), nil, subject, check)
            return .rows(failing: failing, total: total(subject, check))
        case .rows(let violation, _):
            let statement: SQL =
                "\(violation.beginning)SELECT count(*) FROM \(subject.rows(and: violation.condition))"
            let probe = apart(statement, countsRows: true, subject, check)
            return .rows(failing: ProbeColumn(probe), total: total(subject, check))
        case .duplicates(let columns, let nulls):
            let query = DuplicateQuery(relation: subject.relation, columns: columns, nulls: nulls)
            let probe = apart(query.count(in: subject.rows), columnCount: 2, countsRows: true, subject, check)
            duplicateScans.append(
                DuplicateScan(
                    scan: plan.scans.count - 1, dataset: subject.relation.name.description,
                    filter: subject.condition?.literalText, nulls: nulls, columns: Set(columns),
                    mayFail: !subject.columns.allSatisfy { $0.isSelectable && $0.type.hasKnownEquality }))
            screenDuplicates(of: columns, nulls, subject)
            return .rows(failing: ProbeColumn(probe, 0), total: ProbeColumn(probe, 1))
        case .distinct(let columns):
            return .value(ProbeColumn(apart(distinctCount(of: columns, subject), countsRows: true, subject, check)))
        case .rowCount:
            return .value(total(subject, check))
        case .aggregate(let aggregate):
            guard !behaviour(of: aggregate, on: subject).isShared else {
                return .value(shared(.aggregate(usable(aggregate)), subject.filter, subject, check))
            }
            let statement: SQL = "SELECT \(Probe.oneColumn(aggregate.expression)) FROM \(subject.rows) HAVING true"
            let probe = apart(statement, subject, check)
            explainGathering(aggregate, on: subject)
            return .value(ProbeColumn(probe))
        case .derived(let expression, let source, let test?):
            let columns: SQL = "\(Probe.oneColumn(expression)), \(Probe.oneColumn(test.parameter))"
            let probe = apart("SELECT \(columns) FROM \(source) HAVING true", columnCount: 2, subject, check)
            return .probability(test, of: ProbeColumn(probe, 0), parameter: ProbeColumn(probe, 1))
        case .derived(let expression, let source, nil):
            let statement: SQL = "SELECT \(Probe.oneColumn(expression)) FROM \(source) HAVING true"
            return .value(ProbeColumn(apart(statement, subject, check)))
        case .query(let failing, let things):
            let probe = apart(.counting(failing), subject, check)
            let total = things.map { ProbeColumn(apart(.counting($0), subject, check)) } ?? total(subject, check)
            return .rows(failing: ProbeColumn(probe), total: total)
        case .settled(let failing, let total, let reason):
            return .settled(failing: failing, total: total, reason: reason)
        }
    }

    /// Values are not recorded where they are anybody's personal ones.
    private func refusePersonal(_ subject: Subject, of check: Check) throws(CheckFailure) {
        for column in subject.columns where check.dataset.masking[column.name] != nil {
            throw CheckFailure(
                .plan, "column \"\(column.name)\" is personal: its values cannot be recorded",
                hint: "Compare it with a baseline in the database.")
        }
    }

    /// The condition as it is counted: cheap things first, and looked at only where the check's filter holds.
    func counted(_ violation: Violation, on subject: Subject) -> Probe.Condition {
        var condition = violation.condition
        let shippable = violation.shippable ?? condition
        if let screen = violation.screen, context.optimisations.contains(.screening) {
            condition = "CASE WHEN \(screen) THEN false ELSE \(condition) END"
        }
        return Probe.Condition(
            sql: RowCondition.guarded(condition, filter: subject.filter),
            shippable: RowCondition.guarded(shippable, filter: subject.filter),
            judgedBy: subject.filter == nil ? violation.judgedBy : nil, effort: violation.effort)
    }

    /// An aggregate whose parts are what they seem: with a search path, `avg` may be anyone's.
    private func usable(_ aggregate: Aggregate) -> Aggregate {
        var aggregate = aggregate
        if !context.operatorsAreBuiltIn { aggregate.parts = nil }
        return aggregate
    }

    /// The number of rows looked at; one expression per dataset and filter, however many checks divide by it.
    private mutating func total(_ subject: Subject, _ check: Check) -> ProbeColumn {
        let condition = subject.filter.map {
            Probe.Condition(sql: $0, shippable: $0, judgedBy: nil, effort: .comparison)
        }
        return shared(.count(condition), nil, subject, check)
    }

    mutating func shared(
        _ form: Probe.Form, _ filter: SQL?, _ subject: Subject, _ check: Check
    ) -> ProbeColumn {
        var steps = subject.scope == nil ? nil : StepGrouping(context.steps, on: subject)
        if case .groups = form { steps = nil }
        let scope = steps?.scope ?? subject.scope
        let filter: SQL? =
            switch (scope, filter) {
            case (let scope?, let filter?): "(\(scope)) AND (\(filter))"
            case (let scope?, nil): scope
            case (nil, let filter): filter
            }
        var key = ScanKey(
            dataset: check.dataset.relation, filter: filter?.literalText, sample: subject.sample, groups: [])
        let asked = Probe(form: form, stepCount: steps?.count ?? 1)
        var text = asked.expression.literalText
        if case .groups(let probe) = form {
            key.groups = subject.groups.map(\.name)
            text = probe.answer(names: key.groups, columns: probe.expressions).literalText
        }
        let scan: Int
        let probe: Probe.ID
        if let known = sharedProbes[key]?[text] {
            (probe, scan) = known
        } else {
            probe = plan.probes.count
            plan.probes.append(asked)
            if let last = sharedScans[key]?.last, plan.scans[last].probes.count < maximumProbes(in: steps) {
                scan = last
            } else {
                scan = plan.scans.count
                plan.scans.append(
                    Scan(
                        dataset: check.dataset.relation, relation: subject.relation, filter: filter,
                        sample: subject.sample, probes: [],
                        isShared: true, isDistributed: subject.relation.distribution != nil,
                        estimatedBytes: subject.relation.estimatedBytes, isClosed: true, checks: []))
                if case .groups = form { plan.scans[scan].groups = subject.groups }
                plan.scans[scan].steps = steps
                sharedScans[key, default: []].append(scan)
            }
            plan.scans[scan].probes.append(probe)
            sharedProbes[key, default: [:]][text] = (probe, scan)
        }
        if !isClosed(check, on: subject) { plan.scans[scan].isClosed = false }
        if step ?? 0 == 0 || steps == nil, plan.scans[scan].checks.last != check.id {
            plan.scans[scan].checks.append(check.id)
        }
        return ProbeColumn(probe, steps == nil ? 0 : step ?? 0)
    }

    private func maximumProbes(in steps: StepGrouping?) -> Int {
        min(Self.maximumProbesPerScan, steps.map { StepGrouping.maximumProbes(steps: $0.count) } ?? .max)
    }

    mutating func apart(
        _ statement: SQL, columnCount: Int = 1, countsRows: Bool = false, _ subject: Subject, _ check: Check
    ) -> Probe.ID {
        let probe = plan.probes.count
        plan.probes.append(Probe(form: .statement(statement, columnCount: columnCount), countsRows: countsRows))
        plan.scans.append(
            Scan(
                dataset: check.dataset.relation, relation: subject.relation, filter: nil,
                sample: subject.sample, probes: [probe],
                isShared: false, isDistributed: isDistributed(check, on: subject),
                estimatedBytes: estimatedBytes(of: check, on: subject),
                isClosed: isClosed(check, on: subject), checks: [check.id]))
        return probe
    }
}

extension Subject {
    /// The rows of the window, whatever the check's own filter, ready to stand after FROM.
    var scopedRows: SQL {
        let source = relation.name.sql.sampled(sample)
        return scope.map { "\(source) WHERE (\($0))" } ?? source
    }
}

extension Check {
    /// Whether a constraint may answer for the rows: not for a filter that was never tried, an empty table that should
    /// fail, or rows that the role could not have seen.
    fileprivate func acceptsProof(on subject: Subject) -> Bool {
        onEmpty == .pass && subject.condition == nil && !subject.relation.hidesRows
            && subject.columns.allSatisfy(\.isSelectable) && subject.groups.isEmpty
    }

    /// Whether the check can be asked of a window: by the suite's time column, or because its query names the bounds.
    fileprivate var followsWindow: Bool {
        (kind as? CustomQuery)?.namesWindow
            ?? (dataset.time != nil && type(of: kind).definition.source == .rows)
    }
}

extension SQL {
    /// A statement that counts the rows of a query.
    static func counting(_ query: SQL) -> SQL { "SELECT count(*) FROM (\(query)) AS counted" }
}

extension Assertion {
    /// Puts values in the place of `:name`.
    func resolving(_ values: [String: SQL]) -> Assertion {
        switch self {
        case .rows(let violation, let behaviour): .rows(violation.resolving(values), behaviour)
        case .aggregate(let aggregate): .aggregate(aggregate.resolving(values))
        case .derived(let expression, let source, let test):
            .derived(expression: expression.resolving(values), source: source.resolving(values), test: test)
        case .query(let failing, let things): .query(failing: failing.resolving(values), of: things?.resolving(values))
        case .duplicates, .distinct, .rowCount, .settled: self
        }
    }
}

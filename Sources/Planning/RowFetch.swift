import Catalog
import Checks
package import StructuredSQL

/// A statement that brings failing rows: each row as JSON, and which checks it violates.
package struct RowFetch: Sendable {
    /// Checks whose rows this statement brings, with how many each still wants; `nil` means all there are.
    package var wanted: [(check: Int, limit: Int?)]
    /// Checks by their ordinal (from 1) in the first column of the answer, an array.
    package var violable: [Int]
    /// Columns: violated ordinals as the text of an array, key as JSON text or NULL, row as JSON text.
    package var statement: SQL
    package var dataset: String
    /// Whether the rows are few among those read, which the server's own estimates do not know.
    package var findsFew = false
    /// What the statement takes for granted: asked first, in the same transaction, it must give this text.
    package var assumption: (question: SQL, answer: String)?
    /// Whether the rows do not fail, but explain a value.
    package var isEvidence = false

    package init(wanted: [(check: Int, limit: Int?)], violable: [Int], statement: SQL, dataset: String) {
        self.wanted = wanted
        self.violable = violable
        self.statement = statement
        self.dataset = dataset
    }
}

/// Plans the second pass: whole rows of the checks that failed, in the same snapshot.
///
/// Checks that want all their failing rows share one more scan of their dataset. A check that fails more often than it
/// keeps rows gets a statement of its own with a LIMIT, so that it neither floods the others nor runs to the end.
package struct RowFetchPlanner {
    private let plan: Plan
    /// Failing rows by position of the check.
    private let failing: [Int: Int]
    /// Where they are, by probe; only where all that are wanted were noted.
    private let addresses: [Probe.ID: RowAddresses]
    /// Conditions on the failing rows that are wanted, by position of the check; without one it is all of them.
    private let selections: [Int: SQL]

    package static func fetches(
        of plan: Plan, failing: [Int: Int], addresses: [Probe.ID: RowAddresses] = [:], selections: [Int: SQL] = [:]
    ) -> [RowFetch] {
        RowFetchPlanner(plan: plan, failing: failing, addresses: addresses, selections: selections).fetches()
    }

    private init(
        plan: Plan, failing: [Int: Int], addresses: [Probe.ID: RowAddresses], selections: [Int: SQL]
    ) {
        self.plan = plan
        self.failing = failing
        self.addresses = addresses
        self.selections = selections
    }

    /// Checks whose rows may come in one statement: of one relation, and projected alike.
    private struct GroupKey: Hashable {
        var relation: RelationName
        var sample: Sample?
        var columns: [String]?
        var key: [String]
        var masking: [String: MaskingRule]

        init(_ planned: PlannedCheck) {
            relation = planned.relation?.name ?? planned.check.dataset.relation
            sample = planned.sample
            columns = planned.check.keptColumns.map { $0 + planned.check.columns }
            key = planned.check.dataset.key
            masking = planned.check.dataset.masking
        }
    }

    private func fetches() -> [RowFetch] {
        var result: [RowFetch] = []
        var groups: [GroupKey: [Int]] = [:]
        var order: [GroupKey] = []
        for index in failing.keys.sorted() {
            let planned = plan.checks[index]
            guard planned.check.keep != .atMost(0), let assertion = planned.assertion else { continue }
            switch assertion {
            case .rows(_, .shareable) where selections[index] == nil:
                let key = GroupKey(planned)
                if groups[key] == nil { order.append(key) }
                groups[key, default: []].append(index)
            case .rows(let violation, let behaviour):
                var condition = RowCondition.selecting(violation.condition, behaviour, filter: planned.filter)
                if let selection = selections[index] { condition = "(\(condition)) AND (\(selection))" }
                result.append(
                    single(index, after: violation.beginning, from: "\(planned.source) WHERE \(condition)"))
            case .duplicates(let columns, let nulls):
                guard let relation = planned.relation else { continue }
                let query = DuplicateQuery(
                    relation: relation, columns: columns, nulls: nulls, groups: planned.groups.map(\.name))
                var rows = query.rows(in: planned.scope)
                if let selection = selections[index] { rows = "(SELECT * FROM \(rows)) AS selected WHERE \(selection)" }
                result.append(single(index, after: query.beginning(in: planned.scope), from: rows))
            case .query(let query, _):
                let (key, row) = RowProjection(planned).queryJSON
                var source: SQL = "(\(query)) AS \(identifier: RowProjection.alias)"
                if let selection = selections[index] { source += " WHERE \(selection)" }
                result.append(single(index, key: key, row: row, from: source))
            case .rowCount, .aggregate, .distinct, .derived, .settled:
                continue
            }
        }
        return order.flatMap { sharedFetches(groups[$0] ?? []) } + result
    }

    private func sharedFetches(_ checks: [Int]) -> [RowFetch] {
        let noted = checks.filter { address(of: $0) != nil }
        let others = checks.filter { address(of: $0) == nil }
        var result = noted.isEmpty ? [] : [shared(noted, among: checks)]
        result += scannedFetches(others, among: checks)
        return result
    }

    private func address(of check: Int) -> RowAddresses? {
        guard case .rows(let failing, _) = plan.checks[check].answer else { return nil }
        return addresses[failing.probe]
    }

    private func scannedFetches(_ checks: [Int], among all: [Int]) -> [RowFetch] {
        let complete = checks.filter { !isCut($0) }
        // Rows of a check that is cut are looked for among those of its own step.
        let cut = checks.filter(isCut).map { cut in
            shared([cut], among: all.filter { plan.checks[$0].step == plan.checks[cut].step })
        }
        guard let first = complete.first else { return cut }
        if let steps = plan.checks[first].steps,
            let fetch = StepRowFetch(plan: plan, steps: steps, wanted: complete).fetch
        {
            return [fetch] + cut
        }
        let steps = Set(complete.map { plan.checks[$0].step }).sorted { $0 ?? 0 < $1 ?? 0 }
        return steps.map { step in
            shared(complete.filter { plan.checks[$0].step == step }, among: all.filter { plan.checks[$0].step == step })
        } + cut
    }

    /// Whether a check fails more often than it keeps rows.
    private func isCut(_ check: Int) -> Bool {
        guard let limit = plan.checks[check].check.keep.maximum else { return false }
        return (failing[check] ?? 0) > limit
    }

    private func shared(_ wanted: [Int], among checks: [Int]) -> RowFetch {
        let first = plan.checks[wanted[0]]
        let ordinals: [SQL] = checks.enumerated().map { position, check in
            "CASE WHEN \(violation(of: check)) THEN \(bind: position + 1)::pg_catalog.int4 END"
        }
        let addresses = wanted.compactMap(address)
        let condition: SQL
        if addresses.count == wanted.count {
            condition = "ctid = ANY (\(bind: RowAddresses.arrayText(addresses))::pg_catalog.tid[])"
        } else {
            let conditions: [SQL] = wanted.map { check in
                guard case .rows(let violation, _)? = plan.checks[check].assertion else { return "false" }
                let filter = plan.checks[check].filter
                return "(\(RowCondition.selecting(violation.condition, .shareable, filter: filter)))"
            }
            condition = conditions.joined(separator: "\n    OR ")
        }
        let violated: SQL = "pg_catalog.array_remove(ARRAY[\(ordinals.joined(separator: ", "))], NULL)"
        var statement: SQL = """
            SELECT (\(violated))::pg_catalog.text, \(RowProjection(first).keyJSON), \(RowProjection(first).json)
            FROM \(first.source)
            WHERE \(condition)
            """
        let limit = wanted.count == 1 ? plan.checks[wanted[0]].check.keep.maximum : nil
        if let limit { statement += " LIMIT \(bind: limit)" }
        var fetch = RowFetch(
            wanted: wanted.map { ($0, plan.checks[$0].check.keep.maximum) },
            violable: checks, statement: statement, dataset: first.check.dataset.name)
        let rows = wanted.reduce(0) { $0 + (failing[$1] ?? 0) }
        if addresses.count == wanted.count, let fileNode = addresses.first?.fileNode, let relation = first.relation {
            // Reading no row of it takes the lock that keeps the table's file until the transaction goes back.
            let locking: SQL = "(SELECT NULL FROM \(relation.name.sql) LIMIT 0)"
            fetch.assumption = ("SELECT \(relation.fileNode), \(locking)", fileNode)
        }
        fetch.findsFew = Double(rows) < (first.relation?.estimatedRowCount ?? 0) / 20
        return fetch
    }

    private func violation(of check: Int) -> SQL {
        guard case .rows(let violation, _)? = plan.checks[check].assertion else { return "false" }
        return RowCondition.guarded(violation.condition, filter: plan.checks[check].filter)
    }

    private func single(_ check: Int, after beginning: SQL, from source: SQL) -> RowFetch {
        let projection = RowProjection(plan.checks[check])
        return single(check, after: beginning, key: projection.keyJSON, row: projection.json, from: source)
    }

    private func single(
        _ check: Int, after beginning: SQL = SQL(), key: SQL, row: SQL, from source: SQL
    ) -> RowFetch {
        let limit = plan.checks[check].check.keep.maximum
        var statement: SQL = "\(beginning)SELECT '{1}', \(key), \(row) FROM \(source)"
        if let limit { statement += " LIMIT \(bind: limit)" }
        return RowFetch(
            wanted: [(check, limit)], violable: [check], statement: statement,
            dataset: plan.checks[check].check.dataset.name)
    }

    /// What explains the value of a check.
    ///
    /// - Parameters:
    ///   - check: Its position in the plan.
    ///   - isTooGreat: Whether the value is too great, or too small.
    ///   - selection: A condition on the rows of the group it is about, of a check that is judged by group.
    ///   - plan: The plan.
    /// - Returns: `nil` where nothing explains it.
    package static func evidence(for check: Int, isTooGreat: Bool, selection: SQL?, in plan: Plan) -> RowFetch? {
        let planned = plan.checks[check]
        guard let evidence = planned.evidence, evidence.title(isTooGreat: isTooGreat) != nil else { return nil }
        let projection = RowProjection(planned)
        let statement: SQL
        switch evidence.source {
        case .rows(let order), .outliers(let order):
            let conditions = [planned.filter, selection, "(\(order)) IS NOT NULL"].compactMap {
                $0.map { "(\($0))" as SQL }
            }
            statement = """
                SELECT '{1}', \(projection.keyJSON), \(projection.json) FROM \(planned.source)
                WHERE \(conditions.joined(separator: " AND "))
                ORDER BY \(order) \(isTooGreat ? "DESC" : "ASC") LIMIT \(bind: evidenceCount)
                """
        case .parts(let query):
            // The edges of bins are values, too.
            let masking = planned.check.dataset.masking
            guard selection == nil, planned.check.columns.allSatisfy({ masking[$0] == nil }) else { return nil }
            statement = """
                SELECT '{1}', NULL, \(projection.queryJSON.row) FROM (\(query)) AS \(identifier: RowProjection.alias)
                LIMIT \(bind: evidenceCount)
                """
        }
        var fetch = RowFetch(
            wanted: [(check, evidenceCount)], violable: [check], statement: statement,
            dataset: planned.check.dataset.name)
        fetch.isEvidence = true
        return fetch
    }

    /// Rows that are shown to explain a value.
    private static let evidenceCount = 3

    /// The statement a person runs to see all failing rows of a check, or the value it computes.
    ///
    /// - Returns: `nil` where the catalog answers and there is no statement.
    package static func plainStatement(of planned: PlannedCheck) -> SQL? {
        guard let assertion = planned.assertion else { return nil }
        let projection = RowProjection(planned)
        switch assertion {
        case .rows(let violation, let behaviour):
            let condition = RowCondition.selecting(violation.condition, behaviour, filter: planned.filter)
            return
                "\(violation.beginning)SELECT \(projection.selectList)\nFROM \(planned.source)\nWHERE \(condition)"
        case .duplicates(let columns, let nulls):
            guard let relation = planned.relation else { return nil }
            let query = DuplicateQuery(
                relation: relation, columns: columns, nulls: nulls, groups: planned.groups.map(\.name))
            let beginning = query.beginning(in: planned.scope)
            return "\(beginning)SELECT \(projection.selectList)\nFROM \(query.rows(in: planned.scope))"
        case .rowCount: return planned.plain("count(*)", from: planned.scope)
        case .aggregate(let aggregate): return planned.plain("(\(aggregate.expression))", from: planned.scope)
        case .distinct(let columns):
            guard planned.groups.isEmpty else {
                let counted = GroupedOutcomes.distinctCount(of: columns)
                return planned.plain(counted, from: planned.scope)
            }
            return planned.distinctStatement(of: columns)
        case .derived(let expression, let source, _): return planned.plain("(\(expression))", from: source)
        case .query(let query, _):
            guard !planned.check.dataset.masking.isEmpty else { return query }
            return "SELECT \(projection.queryJSON.row) AS row\nFROM (\(query)) AS \(identifier: RowProjection.alias)"
        case .settled: return nil
        }
    }
}

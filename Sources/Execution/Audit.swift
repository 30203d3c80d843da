package import Catalog
package import Checks
import Introspection
package import Planning
package import Postgres
import StructuredSQL

/// One evaluation of checks on one server, at one instant.
///
/// First ``evaluate()`` counts, then ``collectRows(into:)`` brings the failing rows of what failed, then ``finish()``
/// gives the results. Between them the transactions stay open, so that counts and rows are of the same instant.
package actor Audit {
    package nonisolated let capabilities: ServerCapabilities
    package nonisolated let snapshot: SnapshotSession.Snapshot
    package nonisolated let plan: Plan

    /// How far the run has come.
    private enum Phase {
        case planned, evaluated
        /// Nothing can be read in the snapshot any more.
        case concluded
    }

    private let catalog: CatalogSnapshot
    /// What the relations are in the snapshot, once it was asked.
    private var identities: Result<[Introspector.Identity], PostgresError> = .success([])
    private let units: [ScanUnit]
    private let started = ContinuousClock.now
    private let coordinator: Connection
    /// Whether the first connection is kept out of the pool.
    private let holdsOnly: Bool
    private let pool: ConnectionPool
    private let settings: AuditSettings
    private let observer: RunObserver
    private let translator: FailureTranslator
    private var findings = ScanRunner.Findings()
    private var phase = Phase.planned
    /// What changes of the catalog took from checks, by their position.
    private var losses: [Int: CheckFailure] = [:]
    /// What the answers come to, once they are all there.
    private var verdicts: [CheckResult]?
    private var rows: [Int: FailingRows] = [:]

    /// Connects, takes the snapshot, reads the catalog and plans.
    ///
    /// Results come in the order of `checks`, with `steps` for each of them in its order; `parameterValues` by name take the place of defaults; both ends of `window` are
    /// texts that PostgreSQL reads as instants. Throws a ``PostgresError`` if the server cannot be reached: then nothing
    /// was evaluated.
    package static func begin(
        _ connectionSettings: ConnectionSettings,
        checks: [Check],
        settings: AuditSettings,
        parameterValues values: [String: String] = [:],
        window: (from: String, to: String)? = nil,
        steps: [(from: String, to: String)] = [],
        slot: String? = nil,
        past: @Sendable (ServerCapabilities) async -> PlanningContext.PastAccess = { _ in .unread },
        observer: @escaping RunObserver = { _ in }
    ) async throws -> Audit {
        let connection = try await Connection.open(connectionSettings)
        let (snapshot, answers) = try await SnapshotSession.begin(
            on: connection, settings: settings, exports: settings.jobs > 1, asking: [Introspector.capabilitiesQuery])
        guard let row = answers.first?.first else { throw PostgresError(.client, "the server did not say what it is") }
        let capabilities = try Introspector.capabilities(from: row)
        if capabilities.isOverprivileged {
            observer(
                .warning(
                    "role \(capabilities.role) is a superuser or may run programs on the server; give checks a role "
                        + "that can only SELECT"))
        }
        let preparation = Preparation(
            connection: connection, capabilities: capabilities, settings: settings, observer: observer)
        let catalog = try await preparation.catalog(for: checks)
        try await WindowError.requireInstants(window, slot: slot, on: connection)
        let plan = try await preparation.plan(
            checks, in: catalog, asOf: snapshot.takenAt, parameterValues: values, window: window, steps: steps,
            past: await past(capabilities))
        observer(.planned(plan))
        return Audit(
            connection: connection, connectionSettings: connectionSettings, snapshot: snapshot,
            capabilities: capabilities, catalog: catalog, plan: plan, settings: settings, observer: observer)
    }

    private init(
        connection: Connection, connectionSettings: ConnectionSettings, snapshot: SnapshotSession.Snapshot,
        capabilities: ServerCapabilities, catalog: CatalogSnapshot, plan: Plan, settings: AuditSettings,
        observer: @escaping RunObserver
    ) {
        coordinator = connection
        self.snapshot = snapshot
        self.capabilities = capabilities
        self.catalog = catalog
        self.plan = plan
        self.settings = settings
        self.observer = observer
        translator = FailureTranslator(role: capabilities.role, settings: settings)
        units = ScanUnit.units(of: plan.scans.filter { $0.addressLimits.isEmpty && $0.impliedBy.isEmpty })
        // A connection that only holds the snapshot survives whatever a statement does to the one it runs on. With a single
        // unit to run it would be for nothing.
        holdsOnly =
            settings.jobs > 1 && (units.count > 1 || plan.scans.contains { !$0.addressLimits.isEmpty })
            && snapshot.id != nil
        pool = ConnectionPool(maximum: settings.jobs, first: holdsOnly ? nil : connection) {
            let further = try await Connection.open(connectionSettings)
            do throws(PostgresError) {
                try await SnapshotSession.join(
                    snapshot, on: further, settings: settings, spreads: capabilities.hasCitus)
            } catch {
                await further.close()
                guard error.sqlState == .invalidParameterValue else { throw error }
                throw PostgresError(
                    .connectionLost, "the session that held the run's snapshot has ended",
                    hint: "It may have been terminated, or the server restarted. Run again.")
            }
            return further
        }
    }

    /// What the datasets' relations are, by the datasets' names.
    package nonisolated var schemas: [String: RelationSchema] {
        plan.checks.reduce(into: [:]) { schemas, planned in
            guard let relation = planned.relation else { return }
            schemas[planned.check.dataset.name] = RelationSchema(of: relation)
        }
    }

    /// How far the run's instant reaches.
    package nonisolated var consistency: RunRecord.Consistency {
        if !capabilities.sharesSnapshots { return .none }
        return settings.jobs == 1 || snapshot.id != nil ? .run : .dataset
    }

    /// Counts: runs every statement of the plan.
    ///
    /// - Throws: `CancellationError` if the task was cancelled; what cannot be evaluated is a result, not an error.
    package func evaluate() async throws {
        let runner = ScanRunner(
            plan: plan, pool: pool, settings: settings, translator: translator, observer: observer,
            deadline: settings.maximumDuration.map { started + $0 })
        // While the others scan, if the first connection is not among them.
        async let identities = identitiesInSnapshot()
        if !holdsOnly { _ = await identities }
        findings = try await runner.run(units)
        self.identities = await identities
        verdicts = nil
        phase = .evaluated
    }

    private nonisolated func identitiesInSnapshot() async -> Result<[Introspector.Identity], PostgresError> {
        do throws(PostgresError) {
            return .success(
                try await Introspector(connection: coordinator).identities(of: Verification.names(of: catalog)))
        } catch {
            return .failure(error)
        }
    }

    /// Whether there are failing rows to bring.
    package var keepsRows: Bool { !failingChecks.isEmpty }

    /// Checks whose value is to be explained.
    private var evidence: [Int: (isTooGreat: Bool, selection: SQL?)] {
        var evidence: [Int: (isTooGreat: Bool, selection: SQL?)] = [:]
        for (index, result) in judged().enumerated() where result.check.keep != .atMost(0) {
            guard let isTooGreat = result.isTooGreat else { continue }
            let worst = result.groups?.violating.first
            evidence[index] = (
                isTooGreat, worst.map { GroupedOutcomes.selection(of: [$0], by: plan.checks[index].groups) }
            )
        }
        return evidence
    }

    /// Failing rows of every check that warns or fails, by position of the check.
    private var failingChecks: [Int: Int] {
        var failing: [Int: Int] = [:]
        for (index, result) in judged().enumerated() where result.outcome == .fail || result.outcome == .warn {
            if let count = result.wantedFailing, count > 0 { failing[index] = count }
        }
        return failing
    }

    /// Conditions on the failing rows of checks that are judged by group, as far as not all groups that have some fail.
    private var selections: [Int: SQL] {
        var selections: [Int: SQL] = [:]
        for (index, result) in judged().enumerated() where result.selectsGroups {
            guard let groups = result.groups else { continue }
            selections[index] = GroupedOutcomes.selection(of: groups.violating, by: plan.checks[index].groups)
        }
        return selections
    }

    /// Brings the failing rows of every check that warns or fails.
    ///
    /// The sink takes every row that is kept; without one only the sample is kept.
    package func collectRows(into sink: RowSink?) async throws {
        // What was brought before the end stays as it is.
        guard phase != .concluded else { return }
        let failing = failingChecks
        let evidence = evidence
        guard !failing.isEmpty || !evidence.isEmpty else { return rows = [:] }
        let collector = RowCollector(
            plan: plan, pool: pool, settings: settings, translator: translator, observer: observer,
            failing: failing, addresses: findings.addresses, selections: selections,
            evidence: evidence)
        rows = try await collector.collect(into: sink)
    }

    /// The planner's estimate of each statement, in the order of the plan's scans; with `running`, what each takes.
    package func profiles(running: Bool) async throws -> [StatementProfile?] {
        let explainer = Explainer(plan: plan, connection: coordinator)
        return try await running ? explainer.profiles() : explainer.estimates()
    }

    /// Has the server parse and plan every statement without running one.
    ///
    /// - Returns: Checks that could not be evaluated, in their order, each with the reason.
    package func validate() async throws -> [(check: Check, failure: CheckFailure)] {
        let failures = try await Validator(plan: plan, connection: coordinator, translator: translator).failures()
        return plan.checks.compactMap { planned in failures[planned.check.id].map { (planned.check, $0) } }
    }

    /// Sees that everything was read as the snapshot knows it, and gives the results, in the order of the checks.
    ///
    /// After it no rows can be brought any more.
    package func conclude() async -> [CheckResult] {
        if phase == .evaluated, !Task.isCancelled {
            phase = .concluded
            let verification = Verification(
                plan: plan, catalog: catalog, snapshot: snapshot, before: identities, settings: settings,
                answers: findings.answers)
            // The first connection has the catalog at hand; if it is gone, any other will do.
            var found = try? await verification.losses(among: judged(), askedOn: coordinator)
            if found?.problem != nil {
                found = try? await pool.withConnection { try await verification.losses(among: judged(), askedOn: $0) }
            }
            if let (losses, problem) = found {
                if let problem { observer(.warning(problem)) }
                self.losses = losses
                if !losses.isEmpty { verdicts = nil }
            }
        }
        return results()
    }

    /// Ends the transactions and gives the results, in the order of the checks.
    package func finish() async -> [CheckResult] {
        let results = await conclude()
        await pool.close()
        await coordinator.close()
        return results
    }

    private func results() -> [CheckResult] {
        judged().enumerated().map { index, result in
            guard let kept = rows[index] else { return result }
            var result = result
            result.cost += kept.cost
            guard result.failing != nil else {
                guard losses[index] == nil, let isTooGreat = result.isTooGreat else { return result }
                result.evidence = kept.sample
                result.evidenceTitle = plan.checks[index].evidence?.title(isTooGreat: isTooGreat)
                return result
            }
            result.rows = kept
            if losses[index] != nil {
                result.rows.sample = []
                result.rows.problem = "they may be rows of something else"
            }
            let wanted = min(result.wantedFailing ?? 0, result.check.keep.maximum ?? .max)
            if result.rows.problem == nil, kept.keptCount != wanted {
                result.rows.problem =
                    "the count found \(result.wantedFailing ?? 0) rows, fetching them found \(kept.keptCount): "
                    + "the condition gives different answers for the same row"
            }
            return result
        }
    }

    private func judged() -> [CheckResult] {
        if let verdicts { return verdicts }
        var steps: [String: [PastMeasurement]] = [:]
        let judged = plan.checks.enumerated().map { index, planned in
            let id = planned.check.id
            let result = ResultBuilder(
                planned: planned, answers: findings.answers, loss: losses[index], earlierSteps: steps[id] ?? []
            ).result()
            if let step = planned.step, let metric = result.metric, let moments = planned.past?.moments {
                steps[id, default: []].append(PastMeasurement(moment: moments[step], metric: metric))
            }
            return result
        }
        let priced = withCosts(judged)
        verdicts = priced
        return priced
    }

    private func withCosts(_ results: [CheckResult]) -> [CheckResult] {
        var results = results
        let positions = Dictionary(
            plan.checks.enumerated().map { ($1.check.id, $0) }, uniquingKeysWith: { first, _ in first })
        for scan in plan.scans {
            guard let duration = scan.probes.first.flatMap({ findings.durations[$0] }) else { continue }
            for (check, share) in plan.shares(of: scan, positions: positions) {
                results[check].cost += duration * share
            }
        }
        shareCosts(ofSteps: &results)
        return results
    }

    /// What a check took, in whichever step it is booked, is taken by all its steps alike.
    private func shareCosts(ofSteps results: inout [CheckResult]) {
        let steps = (plan.checks.last?.step ?? 0) + 1
        guard steps > 1 else { return }
        let count = results.count / steps
        for check in 0..<count {
            let indices = stride(from: check, to: results.count, by: count)
            let cost = indices.reduce(Duration.zero) { $0 + results[$1].cost } / steps
            for index in indices { results[index].cost = cost }
        }
    }
}

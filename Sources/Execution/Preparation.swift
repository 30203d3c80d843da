import Catalog
import Checks
import Introspection
import Planning
import Postgres
import StructuredSQL

/// What comes before the first row is read: the catalog, and the plan that it and the settings allow.
struct Preparation {
    let connection: Connection
    let capabilities: ServerCapabilities
    let settings: AuditSettings
    let observer: RunObserver

    private var engine: DistributedEngine? {
        capabilities.hasCitus ? DistributedEngine(connection: connection, observer: observer) : nil
    }

    /// The relations that the checks name.
    func catalog(for checks: [Check]) async throws -> CatalogSnapshot {
        let names = Set(checks.flatMap { [$0.dataset.relation] + $0.kind.otherRelations })
        let path = settings.searchPath.isEmpty ? ["public"] : settings.searchPath
        if capabilities.hasCitus { try await SnapshotSession.spread(settings, on: connection) }
        var catalog = try await Introspector(connection: connection).snapshot(
            of: names, searchPath: path, statisticsFrom: settings.ignoresCosts ? 0 : 10_000)
        try await engine?.complete(&catalog)
        return catalog
    }

    /// Plans the checks, as far as they are within their budgets.
    func plan(
        _ checks: [Check], in catalog: CatalogSnapshot, asOf instant: Timestamp, parameterValues: [String: String],
        window: (from: String, to: String)?, steps: [(from: String, to: String)],
        past: PlanningContext.PastAccess
    ) async throws -> Plan {
        let parameters = try await ParameterResolver(connection: connection, given: parameterValues).values(for: checks)
        var context = context(catalog, asOf: instant, window: window)
        context.parameters = parameters.values
        context.steps = steps.map(Self.window)
        context.past = past
        if settings.optimisations.contains(.pushdown), let engine {
            context.gatheredAggregates = try await engine.gatheredAggregates(in: Planner.plan(checks, in: context))
        }
        var plan = Planner.plan(checks, in: context)
        plan.fail(parameters.failures)
        guard settings.budget.applies(to: plan) else { return plan }
        var costs = try await costs(of: plan)
        // Estimates of samples are not proportional to them: a few rounds come close enough.
        for _ in 0..<3 {
            let samples = settings.budget.samples(for: plan, costs: costs, instead: context.samples)
            guard samples != context.samples else { break }
            context.samples = samples
            plan = Planner.plan(checks, in: context)
            plan.fail(parameters.failures)
            costs = try await self.costs(of: plan)
        }
        if plan.scans.contains(where: \.isDistributed) {
            observer(.warning("what statements on distributed tables cost is not known; the budget leaves them out"))
        }
        settings.budget.enforce(on: &plan, costs: costs)
        return plan
    }

    private func costs(of plan: Plan) async throws -> [Double?] {
        try await Explainer(plan: plan, connection: connection).estimates().map { $0?.cost }
    }

    private static func window(_ bounds: (from: String, to: String)) -> PlanningContext.Window {
        PlanningContext.Window(
            start: "\(bind: bounds.from)::pg_catalog.timestamptz", end: "\(bind: bounds.to)::pg_catalog.timestamptz")
    }

    private func context(
        _ catalog: CatalogSnapshot, asOf instant: Timestamp, window: (from: String, to: String)?
    ) -> PlanningContext {
        var context = PlanningContext(
            catalog: catalog,
            now: "\(bind: instant.text)::pg_catalog.timestamptz",
            usesProofs: settings.usesProofs,
            operatorsAreBuiltIn: settings.searchPath.isEmpty,
            window: window.map(Self.window)
        )
        context.optimisations = settings.optimisations
        context.ignoresCosts = settings.ignoresCosts
        context.readsAddressRanges = capabilities.readsAddressRanges
        context.workMemoryBytes = capabilities.workMemoryBytes
        // The one hint of a server's size that every role may read: its cache. A sixteenth of it per statement is modest.
        context.workMemoryLimit = max(capabilities.workMemoryBytes, capabilities.sharedBufferBytes / 16)
        return context
    }
}

extension Plan {
    /// Makes checks impossible whose parameters could not be evaluated.
    fileprivate mutating func fail(_ failures: [String: CheckFailure]) {
        guard !failures.isEmpty else { return }
        for index in checks.indices {
            guard let failure = failures[checks[index].check.id] else { continue }
            checks[index].answer = .impossible(failure)
            checks[index].assertion = nil
        }
        let broken = Set(failures.keys)
        scans.removeAll { !$0.isShared && broken.isSuperset(of: $0.checks) }
    }
}

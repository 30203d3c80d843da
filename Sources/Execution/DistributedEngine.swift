import Catalog
import Checks
import Introspection
import Planning
import Postgres
import StructuredSQL

/// Asks Citus what a plan has to know: how it keeps tables, how large they are, and what it cannot split.
///
/// Its coordinator has empty shells of the tables, so neither their sizes nor their statistics mean anything there.
struct DistributedEngine {
    let connection: Connection
    let observer: RunObserver

    /// Adds how each relation is kept.
    func complete(_ catalog: inout CatalogSnapshot) async throws(PostgresError) {
        let names = Set(catalog.relations.values.map(\.name)).sorted()
        let found = try await Introspector(connection: connection).distributions(of: names)
        let known = names.filter { found[$0] != nil }
        let sizes = try await SnapshotSession.ask(known.map(Introspector.sizeQuery(of:)), on: connection)
        var distributions = found
        var silence: PostgresError?
        for (name, answer) in zip(known, sizes) {
            do {
                distributions[name]?.sizeBytes = try answer.rows.get().first?.integer(0)
            } catch {
                silence = error
            }
        }
        if let silence {
            observer(.warning("a server of the cluster does not say how large its tables are: \(silence.message)"))
        }
        for (asked, relation) in catalog.relations {
            guard let distribution = distributions[relation.name] else { continue }
            var relation = relation
            relation.distribution = distribution
            relation.sizeBytes = distribution.sizeBytes ?? 0
            // An address is a shard's, and says nothing here.
            relation.hasRowAddresses = false
            relation.estimatedRowCount = nil
            catalog.relations[asked] = relation
        }
    }

    /// Aggregates in shared scans that the engine would bring all rows to one server for.
    ///
    /// The engine itself says so, when a setting forbids it to; nothing is run.
    func gatheredAggregates(in plan: Plan) async throws(PostgresError) -> Set<String> {
        var questions: [String: SQL] = [:]
        for scan in plan.scans where scan.isShared && scan.relation.isSharded {
            for probe in scan.probes {
                guard case .aggregate(let aggregate) = plan.probes[probe].form else { continue }
                questions[aggregate.expression.literalText] = "EXPLAIN \(scan.statement(for: [probe], in: plan))"
            }
        }
        let aggregates = questions.keys.sorted()
        let forbidding = SnapshotSession.setting("citus.coordinator_aggregation_strategy", "disabled")
        let answers = try await SnapshotSession.ask(
            aggregates.compactMap { questions[$0] }, after: forbidding, on: connection)
        var gathered: Set<String> = []
        for (aggregate, answer) in zip(aggregates, answers) {
            guard case .failure(let error) = answer.rows, error.sqlState == .internalError else { continue }
            gathered.insert(aggregate)
        }
        return gathered
    }
}

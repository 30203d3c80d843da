import Catalog
import Checks
import Introspection
import Planning
import Postgres
import StructuredSQL

/// Sees, when all is read, that what was read was what the run's snapshot knows.
///
/// A snapshot holds rows, not names or files. A table that is emptied or written anew by ALTER TABLE looks empty to it, one
/// that is renamed into another's place is read instead, a detached partition is missing, and rows that were loaded
/// frozen (COPY FREEZE, REFRESH MATERIALIZED VIEW) are seen although they are younger. No row of an empty table fails:
/// without a look at the catalog such checks would pass. CLUSTER and VACUUM FULL keep the rows, and change nothing.
///
/// Costs two queries of the catalog, the first beside the scans. The second is asked outside the snapshot, so
/// nothing can be read in it any more.
struct Verification {
    let plan: Plan
    let catalog: CatalogSnapshot
    let snapshot: SnapshotSession.Snapshot
    /// What the relations were in the snapshot.
    let before: Result<[Introspector.Identity], PostgresError>
    let settings: AuditSettings
    let answers: [Probe.ID: ScanRunner.Answer]

    /// What happened to a table.
    private enum Change {
        case redefined
        /// None of its rows is one that the snapshot knows.
        case emptied
        case rewritten
    }

    /// Names of what the checks read.
    static func names(of catalog: CatalogSnapshot) -> [RelationName] {
        Set(catalog.relations.values.map(\.name)).sorted()
    }

    /// - Parameters:
    ///   - results: What the checks came to, in their order.
    ///   - connection: A connection whose snapshot is needed no more.
    /// - Returns: Losses by position of the check, and why they are not known, if so.
    /// - Throws: `CancellationError`.
    func losses(
        among results: [CheckResult], askedOn connection: Connection
    ) async throws -> (losses: [Int: CheckFailure], problem: String?) {
        var relations: [RelationName: [Int]] = [:]
        for (index, result) in results.enumerated() where result.failure == nil {
            for name in relationNames(of: plan.checks[index]) { relations[name, default: []].append(index) }
        }
        guard !relations.isEmpty else { return ([:], nil) }
        var losses: [Int: CheckFailure] = [:]
        do throws(PostgresError) {
            for (name, table, change) in try await changes(on: connection) {
                for check in relations[name] ?? [] where losses[check] == nil {
                    losses[check] = loss(of: check, to: change, of: table)
                }
            }
            return (losses, nil)
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            // What saw rows saw them somewhere; what saw none may have been read from nothing.
            for check in relations.values.joined() where !sawRows(check) {
                losses[check] = CheckFailure(
                    .execute, "whether its rows were there could not be asked: \(error.message)",
                    sqlState: error.sqlState?.rawValue)
            }
            return (losses, "whether a table was replaced while the run was on could not be asked: \(error.message)")
        }
    }

    private func relationNames(of planned: PlannedCheck) -> Set<RelationName> {
        guard let relation = planned.relation, !planned.answer.probes.isEmpty else { return [] }
        return Set([relation.name] + planned.check.kind.otherRelations.compactMap { catalog.relations[$0]?.name })
    }

    private func sawRows(_ check: Int) -> Bool {
        plan.checks[check].answer.probes.allSatisfy { answers[$0]?.sawRows == true }
    }

    private func loss(of check: Int, to change: Change, of table: RelationName) -> CheckFailure? {
        switch change {
        case .rewritten where plan.checks[check].sample == nil: nil
        case .rewritten:
            CheckFailure(
                .execute, "\(table) was written anew while the run was on, and cannot be sampled alike twice",
                hint: "CLUSTER and VACUUM FULL do that. Run it again.")
        case .redefined:
            CheckFailure(
                .execute, "\(table) was replaced or altered while the run was on",
                hint: "It is not the relation that the run began with. Run it again.")
        case .emptied:
            CheckFailure(
                .execute, "\(table) was emptied or loaded anew while the run was on",
                hint: "The rows of the run's instant are gone: TRUNCATE, ALTER TABLE and REFRESH MATERIALIZED VIEW do "
                    + "that. Run it again, at another time.")
        }
    }

    private func changes(
        on connection: Connection
    ) async throws(PostgresError) -> [(asked: RelationName, table: RelationName, change: Change)] {
        let before = try before.get()
        let after = try await Introspector(connection: connection).identities(
            of: Self.names(of: catalog),
            after: SnapshotSession.leaving(settings, serverVersion: await connection.serverVersion))
        let now = Dictionary(after.map { ([$0.asked, $0.name], $0) }, uniquingKeysWith: { first, _ in first })
        var changes: [(asked: RelationName, table: RelationName, change: Change)] = []
        var rewritten: [Introspector.Identity] = []
        for identity in before {
            // A partition more is no change: what is new is out of the snapshot's sight.
            if let other = now[[identity.asked, identity.name]], identity.isKept(by: other) {
                if identity.file != other.file { rewritten.append(identity) }
            } else {
                changes.append((identity.asked, identity.name, .redefined))
            }
        }
        let answers = try await SnapshotSession.ask(rewritten.map { hasKnownRows($0.name) }, on: connection)
        for (index, identity) in rewritten.enumerated() {
            // Who may not look cannot know.
            let isKnown = index < answers.count ? try? answers[index].rows.get().first?.boolean(0) : nil
            changes.append((identity.asked, identity.name, isKnown == true ? .rewritten : .emptied))
        }
        return changes
    }

    /// Whether a table has a row of a transaction that the snapshot sees.
    ///
    /// A row keeps the number of the transaction that made it when it is frozen, and when CLUSTER moves it. The number is
    /// widened by the snapshot's own to one that does not wrap around.
    private func hasKnownRows(_ table: RelationName) -> SQL {
        let snapshot: SQL = "\(bind: snapshot.transactions)::pg_catalog.pg_snapshot"
        return """
            SELECT EXISTS (
                SELECT
                FROM (SELECT xmin::pg_catalog.text::pg_catalog.int8 AS number FROM \(table.sql)) AS rows,
                    (SELECT pg_catalog.pg_snapshot_xmax(\(snapshot))::pg_catalog.text::pg_catalog.int8 AS newest) AS run
                WHERE CASE WHEN number < 3 THEN true ELSE pg_catalog.pg_visible_in_snapshot((
                        newest + ((number - newest % 4294967296 + 6442450944) % 4294967296) - 2147483648
                    )::pg_catalog.text::pg_catalog.xid8, \(snapshot)) END
            )
            """
    }
}

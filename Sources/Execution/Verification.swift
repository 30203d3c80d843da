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
/// Costs two queries of the catalog; the second is asked outside the snapshot, so nothing can be read in it any more.
struct Verification {
    let plan: Plan
    let catalog: CatalogSnapshot
    let pool: ConnectionPool
    let answers: [Probe.ID: ScanRunner.Answer]

    /// What a change means for a check.
    enum Loss {
        /// What it found may be about other rows.
        case evaluation(CheckFailure)
        /// It was evaluated, but its rows were gone when they were to be fetched.
        case rows(String)
    }

    /// What happened to a table.
    private enum Change {
        case redefined
        case emptied
        case reloaded
        case rewritten
    }

    /// - Parameter results: What the checks came to, in their order.
    /// - Returns: Losses by position of the check, and why they are not known, if so.
    /// - Throws: `CancellationError`.
    func losses(among results: [CheckResult]) async throws -> (losses: [Int: Loss], problem: String?) {
        var relations: [RelationName: [Int]] = [:]
        for (index, result) in results.enumerated() where result.failure == nil {
            for name in relationNames(of: plan.checks[index]) { relations[name, default: []].append(index) }
        }
        guard !relations.isEmpty else { return ([:], nil) }
        var losses: [Int: Loss] = [:]
        do throws(PostgresError) {
            for (name, found) in try await changes(among: relations.keys.sorted()) {
                for check in relations[name] ?? [] {
                    guard let loss = loss(of: check, to: found.change, of: found.table) else { continue }
                    if case .evaluation? = losses[check] { continue }
                    losses[check] = loss
                }
            }
            return (losses, nil)
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            // What saw rows saw them somewhere; what saw none may have been read from nothing.
            for check in relations.values.joined() where !sawRows(check) {
                losses[check] = .evaluation(
                    CheckFailure(
                        .execute, "whether its rows were there could not be asked: \(error.message)",
                        sqlState: error.sqlState?.rawValue))
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

    private func loss(of check: Int, to change: Change, of table: RelationName) -> Loss? {
        let planned = plan.checks[check]
        let isOwnTable = table == planned.relation?.name
        switch change {
        case .rewritten where planned.sample == nil: return nil
        case .emptied where isOwnTable && planned.sample == nil && sawRows(check):
            return .rows("\(table) was emptied before they could be fetched")
        case .redefined:
            return .evaluation(
                CheckFailure(
                    .execute, "\(table) was replaced or altered while the run was on",
                    hint: "It is not the relation that the run began with. Run it again."))
        case .rewritten:
            return .evaluation(
                CheckFailure(
                    .execute, "\(table) was written anew while the run was on, and cannot be sampled alike twice",
                    hint: "CLUSTER and VACUUM FULL do that. Run it again."))
        case .emptied, .reloaded:
            return .evaluation(
                CheckFailure(
                    .execute, "\(table) was emptied or loaded anew while the run was on",
                    hint:
                        "The rows of the run's instant are gone: TRUNCATE, ALTER TABLE and REFRESH MATERIALIZED VIEW do "
                        + "that. Run it again, at another time."))
        }
    }

    /// Asks in the snapshot, and then outside it.
    private func changes(
        among names: [RelationName]
    ) async throws(PostgresError) -> [(asked: RelationName, found: (table: RelationName, change: Change))] {
        do {
            return try await pool.withConnection { connection in
                let introspector = Introspector(connection: connection)
                let before = try await introspector.identities(of: names)
                let suspects = before.filter(\.isInOtherFile)
                let answers = try await SnapshotSession.ask(
                    suspects.map { Self.youthQuestion(of: $0.name) }, on: connection)
                let after = try await introspector.identities(of: names, after: "COMMIT")
                var changes = Self.differences(before, after).map { ($0.asked, ($0.name, Change.redefined)) }
                for (index, suspect) in suspects.enumerated() {
                    let answer = index < answers.count ? try? answers[index].rows.get().first : nil
                    // Who may not look cannot know.
                    let change: Change =
                        switch answer?[0] {
                        case "t": .rewritten
                        case "f": .reloaded
                        default: .emptied
                        }
                    changes.append((suspect.asked, (suspect.name, change)))
                }
                return changes
            }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.cancelled, "\(error)")
        }
    }

    /// Relations that are gone, or are something else now.
    ///
    /// A partition more is none of them: what is new is out of the snapshot's sight.
    private static func differences(
        _ before: [Introspector.Identity], _ after: [Introspector.Identity]
    ) -> [Introspector.Identity] {
        let now = Dictionary(after.map { ([$0.asked, $0.name], $0) }, uniquingKeysWith: { first, _ in first })
        return before.filter { identity in
            now[[identity.asked, identity.name]].map { !identity.isKept(by: $0) } ?? true
        }
    }

    /// Whether some row that the snapshot shows is of a transaction that it knows; NULL if it shows none.
    ///
    /// A row keeps the number of the transaction that made it when it is frozen, and when CLUSTER moves it. The number is
    /// widened by the snapshot's own to one that does not wrap around.
    private static func youthQuestion(of table: RelationName) -> SQL {
        """
        SELECT (
            SELECT CASE WHEN number < 3 THEN true ELSE pg_catalog.pg_visible_in_snapshot((
                    (newest + ((number - newest % 4294967296 + 6442450944) % 4294967296) - 2147483648)
                )::pg_catalog.text::pg_catalog.xid8, pg_catalog.pg_current_snapshot()) END
            FROM (
                SELECT xmin::pg_catalog.text::pg_catalog.int8 AS number,
                    pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.text::pg_catalog.int8 AS newest
                FROM \(table.sql)
                LIMIT 1
            ) AS row
        )
        """
    }
}

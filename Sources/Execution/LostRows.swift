import Catalog
import Checks
import Introspection
import Planning
import Postgres
import StructuredSQL

/// Finds datasets whose rows went away while the run was on, although its snapshot should still see them.
///
/// TRUNCATE, ALTER TABLE that writes a table anew, and a new table put in another's place by renaming leave nothing for
/// a snapshot taken before: it sees an empty table, and no row of an empty table fails. Such a dataset was not evaluated.
/// CLUSTER, VACUUM FULL and REFRESH MATERIALIZED VIEW leave rows that every snapshot sees.
///
/// Costs nothing where every table had rows; else one statement that reads the catalog.
struct LostRows {
    let plan: Plan
    let catalog: CatalogSnapshot
    let pool: ConnectionPool

    /// - Parameter results: What the checks came to, in their order.
    /// - Returns: Failures by position of the check.
    /// - Throws: `CancellationError`.
    func failures(among results: [CheckResult]) async throws -> [Int: CheckFailure] {
        var suspects: [RelationName: [Int]] = [:]
        for (index, result) in results.enumerated() {
            for name in relations(index, result) { suspects[name, default: []].append(index) }
        }
        guard !suspects.isEmpty else { return [:] }
        var failures: [Int: CheckFailure] = [:]
        do throws(PostgresError) {
            for (name, table) in try await emptied(among: suspects.keys.sorted()) {
                for check in suspects[name] ?? [] { failures[check] = Self.failure(table) }
            }
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            for check in suspects.values.joined() {
                failures[check] = CheckFailure(
                    .execute, "whether its rows were there could not be asked: \(error.message)",
                    sqlState: error.sqlState?.rawValue)
            }
        }
        return failures
    }

    /// Tables behind the named relations that are not as the snapshot knows them, and show it no row.
    private func emptied(
        among names: [RelationName]
    ) async throws(PostgresError) -> [(asked: RelationName, table: RelationName)] {
        let rewritten: [(asked: RelationName, table: RelationName)]
        let answers: [BatchAnswer]
        do {
            (rewritten, answers) = try await pool.withConnection { connection in
                let rewritten = try await Introspector(connection: connection).rewritten(of: names)
                let questions: [SQL] = rewritten.map { "SELECT EXISTS (SELECT FROM \($0.table.sql))" }
                return (rewritten, try await SnapshotSession.ask(questions, on: connection))
            }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.cancelled, "\(error)")
        }
        return rewritten.indices.filter { index in
            // Who may not look cannot know.
            index >= answers.count || (try? answers[index].rows.get().first?.boolean(0)) != true
        }.map { rewritten[$0] }
    }

    /// Relations that the check's result would be wrong about if they were emptied before they were read.
    private func relations(_ index: Int, _ result: CheckResult) -> [RelationName] {
        let planned = plan.checks[index]
        guard let relation = planned.relation, !planned.answer.probes.isEmpty, result.failure == nil else { return [] }
        var names: [RelationName] = []
        // A table that had rows was read before anything happened to it; of parts, one may have been empty.
        let isWhole = [.table, .materializedView].contains(relation.kind) && !relation.hasChildren
        if !isWhole || (result.total ?? 0) == 0 { names.append(relation.name) }
        if result.failing ?? 0 > 0 {
            names += planned.check.kind.otherRelations.compactMap { catalog.relations[$0]?.name }
        }
        return names
    }

    private static func failure(_ table: RelationName) -> CheckFailure {
        CheckFailure(
            .execute, "\(table) was emptied or replaced while the run was on; the rows of the run's instant are gone",
            hint:
                "TRUNCATE does that, ALTER TABLE, and a table that takes another's name. Run it again, at another time."
        )
    }
}

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
/// Costs nothing where every statement saw rows; else one statement that reads the catalog.
struct LostRows {
    let plan: Plan
    let catalog: CatalogSnapshot
    let pool: ConnectionPool
    let answers: [Probe.ID: ScanRunner.Answer]

    /// - Parameter results: What the checks came to, in their order.
    /// - Returns: Failures by position of the check.
    /// - Throws: `CancellationError`.
    func failures(among results: [CheckResult]) async throws -> [Int: CheckFailure] {
        var suspects: [RelationName: [Int]] = [:]
        for (index, result) in results.enumerated() where result.failure == nil {
            for name in relations(index, result) { suspects[name, default: []].append(index) }
        }
        guard !suspects.isEmpty else { return [:] }
        var failures: [Int: CheckFailure] = [:]
        do throws(PostgresError) {
            for table in try await lostTables(among: suspects.keys.sorted()) {
                for check in suspects[table.asked] ?? [] { failures[check] = Self.failure(table) }
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

    /// Tables behind the named relations that do not show the snapshot what they should.
    private func lostTables(
        among names: [RelationName]
    ) async throws(PostgresError) -> [Introspector.ChangedTable] {
        let changed: [Introspector.ChangedTable]
        let answers: [BatchAnswer]
        do {
            (changed, answers) = try await pool.withConnection { connection in
                let changed = try await Introspector(connection: connection).changedTables(among: names)
                let questions: [SQL] = changed.map { "SELECT EXISTS (SELECT FROM \($0.name.sql))" }
                return (changed, try await SnapshotSession.ask(questions, on: connection))
            }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.cancelled, "\(error)")
        }
        return changed.enumerated().filter { index, table in
            // Who may not look cannot know.
            table.isDetached || index >= answers.count
                || (try? answers[index].rows.get().first?.boolean(0)) != true
        }.map(\.element)
    }

    /// Relations that the check's result would be wrong about if they were emptied before they were read.
    private func relations(_ index: Int, _ result: CheckResult) -> [RelationName] {
        let planned = plan.checks[index]
        let probes = planned.answer.probes
        guard let relation = planned.relation, !probes.isEmpty else { return [] }
        var names: [RelationName] = []
        // A statement that saw rows was run before anything happened to the table; of parts, one may have been empty.
        let isWhole = [.table, .materializedView].contains(relation.kind) && !relation.hasChildren
        if !isWhole || !probes.allSatisfy({ answers[$0]?.sawRows == true }) { names.append(relation.name) }
        if result.failing ?? 0 > 0 {
            names += planned.check.kind.otherRelations.compactMap { catalog.relations[$0]?.name }
        }
        return names
    }

    private static func failure(_ table: Introspector.ChangedTable) -> CheckFailure {
        table.isDetached
            ? CheckFailure(
                .execute, "partition \(table.name) was detached while the run was on; its rows were out of sight",
                hint: "Run it again.")
            : CheckFailure(
                .execute,
                "\(table.name) was emptied or replaced while the run was on; the rows of the run's instant are gone",
                hint:
                    "TRUNCATE does that, ALTER TABLE, and a table that takes another's name. Run it again, at another time."
            )
    }
}

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
        let seeing = probesOfStatementsThatSawRows()
        for (index, result) in results.enumerated() where result.failure == nil {
            for name in relations(index, result, seeing) { suspects[name, default: []].append(index) }
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

    /// Probes whose statement cannot have run on an empty table.
    private func probesOfStatementsThatSawRows() -> Set<Probe.ID> {
        var seeing: Set<Probe.ID> = []
        for scan in plan.scans where scan.probes.contains(where: sawRows) { seeing.formUnion(scan.probes) }
        return seeing
    }

    /// Whether a probe's answer takes rows: a count of some.
    ///
    /// An aggregate of the user's may be a number without any.
    private func sawRows(_ probe: Probe.ID) -> Bool {
        if case .aggregate = plan.probes[probe].form { return false }
        guard case .success(let cells)? = answers[probe]?.cells else { return false }
        return cells.contains { $0.flatMap { Int($0) } ?? 0 > 0 }
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
    private func relations(_ index: Int, _ result: CheckResult, _ seeing: Set<Probe.ID>) -> [RelationName] {
        let planned = plan.checks[index]
        let probes = planned.answer.probes
        guard let relation = planned.relation, !probes.isEmpty else { return [] }
        var names: [RelationName] = []
        // A statement that saw rows was run before anything happened to the table; of parts, one may have been empty.
        let isWhole = [.table, .materializedView].contains(relation.kind) && !relation.hasChildren
        if !isWhole || !seeing.isSuperset(of: probes) { names.append(relation.name) }
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

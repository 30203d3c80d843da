import Catalog
import ExactJSON
import Planning
import Postgres
import StructuredSQL

/// Asks the server what it thinks of the statements of a plan, and what they take.
struct Explainer {
    let plan: Plan
    let connection: Connection

    /// The planner's estimates of all statements, in the order of the scans; no statement is run.
    ///
    /// - Returns: `nil` for a statement that the server refuses.
    func estimates() async throws -> [StatementProfile?] {
        let statements: [SQL] = plan.scans.map { "EXPLAIN (FORMAT JSON) \($0.firstStatement(in: plan))" }
        let answers = try await SnapshotSession.ask(statements, on: connection)
        return plan.scans.enumerated().map { index, scan in
            // A distributed engine makes its estimates up.
            index < answers.count && !scan.isDistributed ? Self.profile(answers[index].rows) : nil
        }
    }

    /// What each statement takes, run one after the other, alone.
    func profiles() async throws -> [StatementProfile?] {
        var profiles: [StatementProfile?] = []
        for scan in plan.scans {
            var batch: [SQL] = scan.workMemoryBytes.map { [SnapshotSession.workMemory(bytes: $0)] } ?? []
            batch.append("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) \(scan.firstStatement(in: plan))")
            batch.append(SnapshotSession.rewinding)
            let answers = try await connection.batch(batch)
            profiles.append(answers.count < batch.count ? nil : Self.profile(answers[batch.count - 2].rows))
        }
        return profiles
    }

    private static func profile(_ rows: Result<[Row], PostgresError>) -> StatementProfile? {
        guard let text = try? rows.get().first?[0], let document = try? JSONValue(parsing: text) else { return nil }
        return StatementProfile(explanation: document)
    }
}

import ExactJSON
import Planning
import Postgres
import StructuredSQL

/// Asks the server what it thinks of the statements of a plan, and what they take.
struct Explainer {
    let plan: Plan
    let connection: Connection

    private static let batchSize = 64

    /// The planner's estimates of all statements, in the order of the scans; no statement is run.
    ///
    /// - Returns: `nil` for a statement that the server refuses.
    func estimates() async throws -> [StatementProfile?] {
        var profiles: [StatementProfile?] = []
        for start in stride(from: 0, to: plan.scans.count, by: Self.batchSize) {
            let part = plan.scans[start..<min(start + Self.batchSize, plan.scans.count)]
            let answers = try await connection.batch(
                part.flatMap { ["EXPLAIN (FORMAT JSON) \(statement(of: $0))", SnapshotSession.rewinding] })
            for index in stride(from: 0, to: part.count * 2, by: 2) {
                profiles.append(index < answers.count ? Self.profile(answers[index].rows) : nil)
            }
        }
        return profiles
    }

    /// What each statement takes, run one after the other, alone.
    func profiles() async throws -> [StatementProfile?] {
        var profiles: [StatementProfile?] = []
        for scan in plan.scans {
            var batch: [SQL] =
                scan.workMemoryBytes.map { [SnapshotSession.setting("work_mem", "\($0 / 1024)kB")] } ?? []
            batch.append("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) \(statement(of: scan))")
            batch.append(SnapshotSession.rewinding)
            let answers = try await connection.batch(batch)
            profiles.append(answers.count < batch.count ? nil : Self.profile(answers[batch.count - 2].rows))
        }
        return profiles
    }

    private func statement(of scan: Scan) -> SQL { scan.screen ?? scan.statement(in: plan) }

    private static func profile(_ rows: Result<[Row], PostgresError>) -> StatementProfile? {
        guard let text = try? rows.get().first?[0], let document = try? JSONValue(parsing: text) else { return nil }
        return StatementProfile(explanation: document)
    }
}

import Catalog
import Checks
import Planning
import Postgres
import StructuredSQL

/// Has the server plan statements without running them, and finds the checks whose statements it refuses.
///
/// EXPLAIN plans, which PREPARE alone does not: privileges and row-level security are looked at too. A shared statement
/// that the server accepts speaks for all its checks; only one that it refuses is asked about probe by probe.
struct Validator {
    let plan: Plan
    let connection: Connection
    let translator: FailureTranslator

    /// What one statement is about.
    private struct Question {
        var checks: [Int]
        var statement: SQL
    }

    /// - Returns: Failures by id of the check.
    func failures() async throws -> [String: CheckFailure] {
        var failures: [String: CheckFailure] = [:]
        for planned in plan.checks {
            if case .impossible(let failure) = planned.answer { failures[planned.check.id] = failure }
        }
        let asking = plan.checks.indices.filter { failures[plan.checks[$0].check.id] == nil }
        var askers: [Probe.ID: [Int]] = [:]
        for check in asking {
            for probe in plan.checks[check].answer.probes { askers[probe, default: []].append(check) }
        }
        var refused: [Question] = []
        let scans = plan.scans.map { scan in
            Question(checks: scan.probes.flatMap { askers[$0] ?? [] }, statement: scan.statement(in: plan))
        }
        for (index, error) in try await errors(of: scans).enumerated() where error != nil {
            refused += plan.scans[index].probes.map { probe in
                Question(checks: askers[probe] ?? [], statement: plan.scans[index].statement(for: [probe], in: plan))
            }
        }
        try await note(refused, in: &failures)
        let rows = asking.compactMap { check in
            RowFetchPlanner.plainStatement(of: plan.checks[check]).map { Question(checks: [check], statement: $0) }
        }
        try await note(rows.filter { failures[plan.checks[$0.checks[0]].check.id] == nil }, in: &failures)
        return failures
    }

    private func note(_ questions: [Question], in failures: inout [String: CheckFailure]) async throws {
        for (question, error) in zip(questions, try await errors(of: questions)) {
            guard let error else { continue }
            for planned in question.checks.map({ plan.checks[$0] }) where failures[planned.check.id] == nil {
                failures[planned.check.id] = translator.failure(
                    error, phase: .plan, statement: Self.explaining(question.statement),
                    relation: planned.relation?.name, hidesValues: !planned.check.dataset.masking.isEmpty)
            }
        }
    }

    /// What the server has against each statement.
    private func errors(of questions: [Question]) async throws -> [PostgresError?] {
        try await SnapshotSession.ask(questions.map { Self.explaining($0.statement) }, on: connection).map { answer in
            guard case .failure(let error) = answer.rows else { return nil }
            if error.endsSession || error.kind == .cancelled { throw error }
            return error
        }
    }

    private static func explaining(_ statement: SQL) -> SQL { "EXPLAIN \(statement)" }
}

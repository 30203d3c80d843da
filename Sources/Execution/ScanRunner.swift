import Catalog
import Checks
import Planning
import Postgres
import StructuredSQL

/// Runs the statements of a plan, each as a whole first, and apart where the whole fails.
struct ScanRunner: Sendable {
    let plan: Plan
    let pool: ConnectionPool
    let settings: AuditSettings
    let translator: FailureTranslator
    let observer: RunObserver

    /// What a probe gave: the values of its columns, or why it has none.
    struct Answer: Sendable {
        var cells: Result<[String?], CheckFailure>
        var duration: Duration
    }

    /// Runs all scans, at most ``AuditSettings/jobs`` at once.
    func run() async throws -> [Probe.ID: Answer] {
        try await concurrently(plan.scans, atMost: settings.jobs) { try await run($0) }
            .reduce(into: [:]) { answers, finished in answers.merge(finished) { _, new in new } }
    }

    private func run(_ scan: Scan) async throws -> [Probe.ID: Answer] {
        observer(.scanStarted(scan))
        let clock = ContinuousClock()
        let start = clock.now
        // Splitting after time-outs must end some day, however many expressions are slow.
        let retryDeadline = start + settings.statementTimeout * 4
        let answers = try await evaluate(scan, scan.probes, retryDeadline: retryDeadline)
        observer(.scanFinished(scan, duration: clock.now - start))
        return answers
    }

    private func evaluate(
        _ scan: Scan, _ probes: [Probe.ID], retryDeadline: ContinuousClock.Instant
    ) async throws -> [Probe.ID: Answer] {
        let statement = scan.statement(for: probes, in: plan)
        let start = ContinuousClock.now
        do {
            let row = try await attempt(statement)
            guard row.cells.count == probes.reduce(0, { $0 + plan.probes[$1].columnCount }) else {
                throw PostgresError(
                    .server, "the expression gives more than one column", sqlState: .cardinalityViolation)
            }
            return answers(probes, row, duration: ContinuousClock.now - start)
        } catch let error as PostgresError {
            if error.kind == .cancelled { throw CancellationError() }
            let isSplittable =
                probes.count > 1 && error.isAboutOneExpression
                && (error.sqlState != .queryCanceled || ContinuousClock.now < retryDeadline)
            guard isSplittable else {
                let failure = failure(error, statement, scan)
                let duration = ContinuousClock.now - start
                return Dictionary(
                    uniqueKeysWithValues: probes.map { ($0, Answer(cells: .failure(failure), duration: duration)) })
            }
            let middle = probes.count / 2
            let first = try await evaluate(
                scan, Array(probes[..<middle]), retryDeadline: retryDeadline)
            let second = try await evaluate(
                scan, Array(probes[middle...]), retryDeadline: retryDeadline)
            return first.merging(second) { one, _ in one }
        }
    }

    /// Runs the statement; a connection that breaks is replaced once, by one that sees the same snapshot.
    private func attempt(_ statement: SQL) async throws -> Row {
        do {
            return try await once(statement)
        } catch let error as PostgresError where error.endsSession && error.kind != .connect {
            do {
                return try await once(statement)
            } catch let second as PostgresError
                where second.kind == .connect || second.sqlState == .invalidParameterValue
            {
                // The snapshot went with the server, or there is no server any more: the first error is the story.
                throw error
            }
        }
    }

    private func once(_ statement: SQL) async throws -> Row {
        try await pool.withConnection { connection in
            let result: Result<Row, PostgresError>
            do throws(PostgresError) {
                let rows = try await connection.rows(statement, limit: settings.clientLimit)
                guard rows.count == 1, let row = rows.first else {
                    throw PostgresError(
                        .server, "the expression gives \(rows.count) values, not one", sqlState: .cardinalityViolation,
                        hint: "Write an aggregate, such as avg(amount).")
                }
                result = .success(row)
            } catch {
                result = .failure(error)
            }
            if case .failure(let error) = result, error.endsSession { throw error }
            // Views, domains and operators may run functions too: what any statement set is taken back.
            try await SnapshotSession.rewind(connection)
            return try result.get()
        }
    }

    private func answers(_ probes: [Probe.ID], _ row: Row, duration: Duration) -> [Probe.ID: Answer] {
        var offset = 0
        var answers: [Probe.ID: Answer] = [:]
        for probe in probes {
            let count = plan.probes[probe].columnCount
            answers[probe] = Answer(cells: .success(Array(row.cells[offset..<offset + count])), duration: duration)
            offset += count
        }
        return answers
    }

    private func failure(_ error: PostgresError, _ statement: SQL, _ scan: Scan) -> CheckFailure {
        let hidesValues = plan.checks.contains { planned in
            planned.check.dataset.relation == scan.dataset && !planned.check.dataset.masking.isEmpty
        }
        return translator.failure(
            error, phase: .execute, statement: statement, relation: scan.relation.name, hidesValues: hidesValues)
    }
}

extension PostgresError {
    /// Whether another expression of the same statement might do better by itself.
    var isAboutOneExpression: Bool {
        guard kind == .server, let sqlState else { return false }
        // Locks, resources and conflicts hit every statement alike; waiting for each of them helps nobody.
        return !["53", "55", "40", "57", "08"].contains(sqlState.errorClass) || sqlState == .queryCanceled
    }
}

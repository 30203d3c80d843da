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
    /// When the run's time is over; `nil` if it has all the time it needs.
    let deadline: ContinuousClock.Instant?

    /// What the server said to one statement: its only row, or an error.
    struct Reply {
        var row: Result<Row, PostgresError>
        var duration: Duration

        /// Whether the transaction had failed before the statement.
        var isUnreached: Bool {
            if case .failure(let error) = row { error.sqlState == .inFailedTransaction } else { false }
        }

        init(_ error: PostgresError) {
            row = .failure(error)
            duration = .zero
        }

        init(_ answer: BatchAnswer) {
            duration = answer.duration
            row = answer.rows.flatMap { rows in
                guard rows.count == 1, let row = rows.first else {
                    return .failure(
                        PostgresError(
                            .server, "the expression gives \(rows.count) values, not one",
                            sqlState: .cardinalityViolation, hint: "Write an aggregate, such as avg(amount)."))
                }
                return .success(row)
            }
        }
    }

    /// A statement to send, and whether nothing but its answer can come of it.
    struct Request {
        var statement: SQL
        var isClosed: Bool
        var workMemoryBytes: Int?
    }

    /// Something for one connection to do next.
    private enum Work: Sendable {
        case unit(ScanUnit)
        /// Pieces of a large table, one after the other, until there are none left.
        case pieces(of: PieceQueue)
    }

    /// Runs units of scans and the pieces of large tables, at most ``AuditSettings/jobs`` statements at once.
    func run(_ units: [ScanUnit]) async throws -> Findings {
        let queues = plan.scans.compactMap { scan in
            AddressedScan(scan, in: plan).map {
                PieceQueue($0, blocks: settings.ignoresCosts ? (1, 2) : $0.blocks)
            }
        }
        // What cannot be divided comes first; pieces fill the connections that are free.
        var work = units.map(Work.unit)
        work.insert(
            contentsOf: queues.flatMap { Array(repeating: Work.pieces(of: $0), count: settings.jobs) },
            at: units.firstIndex { $0.scans.count > 1 } ?? units.count)
        var findings = Findings()
        try await run(work, into: &findings)
        for queue in queues {
            let (scan, start) = (queue.scan, ContinuousClock.now)
            if let whole = queue.whole() {
                findings.take(whole.answers, of: scan, duration: queue.duration)
                findings.addresses.merge(whole.addresses) { _, new in new }
            } else if let (error, statement) = queue.failure, !error.isAboutOneExpression, !error.endsSession {
                findings.take(failures(scan.probes, error, statement, scan), of: scan, duration: queue.duration)
            } else {
                // A piece failed: asked as a whole, it shows which expression is to blame.
                let answers = try await evaluate(scan, nil)
                findings.take(answers, of: scan, duration: queue.duration + (.now - start))
            }
            observer(.scanFinished(scan, duration: queue.duration + (.now - start)))
        }
        let open = plan.scans.filter { !takeImplied($0, into: &findings) }
        try await run(ScanUnit.units(of: open).map(Work.unit), into: &findings)
        return findings
    }

    private func run(_ work: [Work], into findings: inout Findings) async throws {
        for finished in try await concurrently(work, atMost: settings.jobs, { try await run($0) }) {
            findings.merge(finished)
        }
    }

    /// Takes the answer to a scan from the one it follows from.
    ///
    /// - Returns: Whether the scan needs no statement of its own any more.
    private func takeImplied(_ scan: Scan, into findings: inout Findings) -> Bool {
        guard !scan.impliedBy.isEmpty, let probe = scan.probes.first else { return true }
        let known = scan.impliedBy.compactMap { implication -> Answer? in
            guard let other = findings.answers[implication.probe], case .success(let cells) = other.cells,
                implication.holds(for: cells)
            else { return nil }
            return Answer(cells: .success(cells), duration: .zero, sawRows: other.sawRows)
        }
        guard let answer = known.first else { return false }
        observer(.scanStarted(scan))
        findings.take([probe: answer], of: scan, duration: .zero)
        observer(.scanFinished(scan, duration: .zero))
        return true
    }

    private func run(_ work: Work) async throws -> Findings {
        switch work {
        case .unit(let unit): return try await run(unit)
        case .pieces(let queue):
            try await run(queue)
            return Findings()
        }
    }

    private func run(_ unit: ScanUnit) async throws -> Findings {
        for scan in unit.scans { observer(.scanStarted(scan)) }
        var result = Findings()
        var waiting = unit.scans
        while !waiting.isEmpty {
            let requests = waiting.map { scan in
                Request(
                    statement: scan.firstStatement(in: plan), isClosed: scan.isClosed,
                    workMemoryBytes: scan.workMemoryBytes)
            }
            let replies = try await replies(to: requests)
            var unreached: [Scan] = []
            for (index, scan) in waiting.enumerated() {
                let reply = index < replies.count ? replies[index] : nil
                // An error before it spoiled the transaction, or took the session: the statement was not looked at.
                if index > 0, reply.map(\.isUnreached) ?? true {
                    unreached.append(scan)
                    continue
                }
                let start = ContinuousClock.now
                let answers: [Probe.ID: Answer]
                if scan.screen == nil {
                    answers = try await evaluate(scan, reply)
                } else if let reply, let row = try? reply.row.get(), row[0] != nil {
                    answers = self.answers(scan.probes, row, duration: reply.duration)
                } else {
                    // The screen proved nothing, or could not be asked: the question itself is.
                    answers = try await evaluate(scan, nil)
                }
                let duration = (reply?.duration ?? .zero) + (ContinuousClock.now - start)
                result.take(answers, of: scan, duration: duration)
                observer(.scanFinished(scan, duration: duration))
            }
            waiting = unreached
        }
        return result
    }

    private func evaluate(_ scan: Scan, _ given: Reply?) async throws -> [Probe.ID: Answer] {
        // Splitting after time-outs must end some day, however many expressions are slow.
        try await evaluate(scan, scan.probes, given, retryDeadline: .now + settings.statementTimeout * 4)
    }

    /// Judges the reply to a statement, and asks its probes in halves where one of them may have spoiled it.
    private func evaluate(
        _ scan: Scan, _ probes: [Probe.ID], _ given: Reply?, retryDeadline: ContinuousClock.Instant
    ) async throws -> [Probe.ID: Answer] {
        let statement = scan.statement(for: probes, in: plan)
        let request = Request(statement: statement, isClosed: scan.isClosed)
        let reply = try await settled(given, request)
        let width = probes.reduce(0) { $0 + plan.probes[$1].columnCount }
        let row = reply.row.flatMap { row -> Result<Row, PostgresError> in
            guard row.cells.count != width else { return .success(row) }
            return .failure(
                PostgresError(.server, "the expression gives more than one column", sqlState: .cardinalityViolation))
        }
        switch row {
        case .success(let row): return answers(probes, row, duration: reply.duration)
        case .failure(let error):
            let mayRetry = error.sqlState != .queryCanceled || ContinuousClock.now < retryDeadline
            guard error.isAboutOneExpression, mayRetry, probes.count > 1 || scan.steps != nil else {
                return failures(probes, error, statement, scan, duration: reply.duration)
            }
            guard probes.count > 1 else { return try await evaluateSteps(of: scan, probes[0]) }
            let middle = probes.count / 2
            let first = try await evaluate(scan, Array(probes[..<middle]), nil, retryDeadline: retryDeadline)
            let second = try await evaluate(scan, Array(probes[middle...]), nil, retryDeadline: retryDeadline)
            return first.merging(second) { one, _ in one }
        }
    }

    /// Asks a probe of each step by itself: a row on which it fails spoils its own step only.
    private func evaluateSteps(of scan: Scan, _ probe: Probe.ID) async throws -> [Probe.ID: Answer] {
        var cells: [String?] = []
        var answer = Answer(cells: .success([]), duration: .zero)
        for step in 0..<plan.probes[probe].columnCount {
            guard let statement = scan.statement(for: probe, ofStep: step, in: plan) else { break }
            let reply = try await settled(nil, Request(statement: statement, isClosed: scan.isClosed))
            answer.duration += reply.duration
            switch reply.row {
            case .success(let row): cells.append(row[0])
            case .failure(let error):
                cells.append(nil)
                answer.failures[step] = failure(error, statement, scan)
            }
        }
        answer.cells = .success(cells)
        return [probe: answer]
    }

    /// The reply to a statement; a connection that broke is replaced once, by one that sees the same snapshot.
    private func settled(_ given: Reply?, _ request: Request) async throws -> Reply {
        let first: Reply? = if let given { given } else { try await replies(to: [request]).first }
        guard let first, case .failure(let error) = first.row, error.endsSession, error.kind != .connect else {
            return first ?? Reply(PostgresError(.connectionLost, "the server did not answer"))
        }
        guard let second = try await replies(to: [request]).first else { return first }
        if case .failure(let again) = second.row, again.kind == .connect || again.kind == .connectionLost {
            // The snapshot went with the server, or there is no server any more: the first error is the story.
            return first
        }
        return second
    }

    /// Sends statements in one round trip; fewer replies than statements mean that the session ended.
    func replies(to requests: [Request]) async throws -> [Reply] {
        let batch = StatementBatch(requests)
        var limit = settings.clientLimit
        if let deadline {
            let left = deadline - .now
            guard left > .zero else { return requests.map { _ in Reply(timeIsOver) } }
            limit = min(limit ?? left, left)
        }
        let patience = limit
        do {
            return try await pool.withConnection { connection in
                let answers = try await connection.batch(groups: batch.groups, limit: patience)
                return batch.positions.filter { $0 < answers.count }.map { named(Reply(answers[$0])) }
            }
        } catch let error as PostgresError {
            if error.kind == .cancelled { throw CancellationError() }
            // What cannot be sent is one statement's fault: without the others it shows whose.
            return requests.count > 1 && error.kind == .client ? [] : requests.map { _ in Reply(error) }
        }
    }

    /// The reply with the run's own limit as the reason, where it is what ended the wait.
    private func named(_ reply: Reply) -> Reply {
        guard case .failure(let error) = reply.row, error.kind == .deadline, let deadline, deadline <= .now else {
            return reply
        }
        var reply = reply
        reply.row = .failure(timeIsOver)
        return reply
    }

    private var timeIsOver: PostgresError {
        PostgresError(
            .client, "the run's time of \(settings.maximumDuration?.text ?? "") is over",
            hint: "Give it more with --max-duration, or select fewer checks.")
    }

    private func answers(_ probes: [Probe.ID], _ row: Row, duration: Duration) -> [Probe.ID: Answer] {
        var offset = 0
        var answers: [Probe.ID: Answer] = [:]
        var sawRows = false
        for probe in probes {
            let cells = Array(row.cells[offset..<offset + plan.probes[probe].columnCount])
            answers[probe] = Answer(cells: .success(cells), duration: duration)
            sawRows = sawRows || plan.probes[probe].tellsRows(by: cells)
            offset += cells.count
        }
        for probe in probes { answers[probe]?.sawRows = sawRows }
        return answers
    }

    /// The same failure for each of the probes.
    private func failures(
        _ probes: [Probe.ID], _ error: PostgresError, _ statement: SQL, _ scan: Scan, duration: Duration = .zero
    ) -> [Probe.ID: Answer] {
        let answer = Answer(cells: .failure(failure(error, statement, scan)), duration: duration)
        return Dictionary(uniqueKeysWithValues: probes.map { ($0, answer) })
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

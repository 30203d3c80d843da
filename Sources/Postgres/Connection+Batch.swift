import CLibPQ
package import StructuredSQL

/// What one statement of a batch came to.
package struct BatchAnswer: Sendable {
    package var rows: Result<[Row], PostgresError>
    /// Time since the answer before it, or since the batch was sent; statements of one group share theirs evenly.
    package var duration: Duration
}

extension Connection {
    /// Runs statements in their order, all sent at once: one round trip, however many they are.
    ///
    /// Each succeeds or fails for itself; inside a transaction an error spoils those after it until a ROLLBACK TO. For
    /// answers known to be small.
    ///
    /// - Parameters:
    ///   - statements: Statements that do not depend on each other's answers.
    ///   - limit: Time each, or each group, may take before the client cancels it, besides the server's `statement_timeout`.
    /// - Returns: An answer for every statement that was reached: fewer than statements if the session ended, the last one
    ///   then saying why.
    /// - Throws: A ``PostgresError`` if the task was cancelled or nothing could be sent.
    package nonisolated func batch(
        _ statements: [SQL], limit: Duration? = nil
    ) async throws(PostgresError) -> [BatchAnswer] {
        try await batch(groups: statements.map { [$0] }, limit: limit)
    }

    /// Runs groups of statements in their order, all sent at once.
    ///
    /// The server answers a group when it is through with it, which is cheaper than one by one. An error spoils the rest of
    /// its group: those statements were not looked at, and have the error ``SQLState/inFailedTransaction``.
    package nonisolated func batch(
        groups: [[SQL]], limit: Duration? = nil
    ) async throws(PostgresError) -> [BatchAnswer] {
        guard !groups.isEmpty else { return [] }
        return try await cancelling { () async throws(PostgresError) in
            try await self.runBatch(groups.map { $0.map(\.statement) }, limit: limit)
        }
    }

    /// Runs a batch in which nothing may fail.
    ///
    /// - Returns: The rows of each statement.
    /// - Throws: The first error of any of them.
    package nonisolated func rows(ofEach statements: [SQL]) async throws(PostgresError) -> [[Row]] {
        var rows: [[Row]] = []
        for answer in try await batch(statements) { rows.append(try answer.rows.get()) }
        guard rows.count == statements.count else { throw PostgresError(.connectionLost, "the session ended") }
        return rows
    }

    private func runBatch(_ groups: [[RenderedStatement]], limit: Duration?) throws(PostgresError) -> [BatchAnswer] {
        for statement in groups.joined() { try statement.requireRepresentable() }
        let handle = try begin(limit: limit)
        var answers: [BatchAnswer] = []
        do throws(PostgresError) {
            try handle.enterPipeline()
            for group in groups { try handle.sendPipelined(group) }
            var start = ContinuousClock.now
            for group in groups {
                // The server answers a group as a whole, and that is what is waited for.
                restartDeadline()
                for position in group.indices {
                    let rows = nextAnswer(from: handle, endsGroup: position == group.indices.last)
                    answers.append(BatchAnswer(rows: rows, duration: .zero))
                    guard case .failure(let error) = rows else { continue }
                    // What was cancelled is not wanted any more, and neither is the rest of the queue.
                    if error.kind == .cancelled { throw error }
                    if error.endsSession {
                        answers[answers.count - 1].duration = .now - start
                        finishBatch(isOver: true)
                        return answers
                    }
                }
                // A deadline is one group's, even if the request came too late to stop it; the next has its own.
                if handle.canceller.requestedAt != nil { try statementStarts(on: handle) }
                let end = ContinuousClock.now
                for index in answers.indices.suffix(group.count) {
                    answers[index].duration = (end - start) / group.count
                }
                start = end
            }
            try handle.exitPipeline()
        } catch {
            finishBatch(isOver: true)
            throw error
        }
        finishBatch(isOver: false)
        return answers
    }

    /// Reads all that one statement of the queue gives, and the mark behind the last of a group.
    private func nextAnswer(from handle: ConnectionHandle, endsGroup: Bool) -> Result<[Row], PostgresError> {
        var rows: [Row] = []
        var failure: PostgresError?
        do throws(PostgresError) {
            while let result = try handle.nextResult(deadline: currentDeadline) {
                if result.status == PGRES_PIPELINE_ABORTED { failure = failure ?? Self.notReached }
                if let error = result.error { failure = failure ?? error }
                rows += result.rows
            }
            if endsGroup, failure?.endsSession != true,
                try handle.nextResult(deadline: currentDeadline)?.status != PGRES_PIPELINE_SYNC
            {
                throw PostgresError(.connectionLost, "the server and the client disagree about a batch")
            }
        } catch {
            failure = failure ?? error
        }
        return failure.map { .failure(classified($0)) } ?? .success(rows)
    }

    private static let notReached = PostgresError(
        .server, "a statement sent with it failed before it", sqlState: .inFailedTransaction)
}

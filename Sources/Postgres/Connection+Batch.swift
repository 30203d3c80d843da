import CLibPQ
package import StructuredSQL

/// What one statement of a batch came to.
package struct BatchAnswer: Sendable {
    package var rows: Result<[Row], PostgresError>
    /// Time since the answer before it, or since the batch was sent.
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
    ///   - limit: Time each may take before the client cancels it, besides the server's `statement_timeout`.
    /// - Returns: An answer for every statement that was reached: fewer than statements if the session ended, the last one
    ///   then saying why.
    /// - Throws: A ``PostgresError`` if the task was cancelled or nothing could be sent.
    package nonisolated func batch(
        _ statements: [SQL], limit: Duration? = nil
    ) async throws(PostgresError) -> [BatchAnswer] {
        guard !statements.isEmpty else { return [] }
        return try await cancelling { () async throws(PostgresError) in
            try await self.runBatch(statements.map(\.statement), limit: limit)
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

    private func runBatch(_ statements: [RenderedStatement], limit: Duration?) throws(PostgresError) -> [BatchAnswer] {
        for statement in statements { try statement.requireRepresentable() }
        let handle = try begin(limit: limit)
        var answers: [BatchAnswer] = []
        do throws(PostgresError) {
            try handle.enterPipeline()
            for statement in statements { try handle.sendPipelined(statement) }
            var start = ContinuousClock.now
            for _ in statements {
                let rows = nextAnswer(from: handle)
                let end = ContinuousClock.now
                answers.append(BatchAnswer(rows: rows, duration: end - start))
                start = end
                guard case .failure(let error) = rows else { continue }
                // What was cancelled is not wanted any more, and neither is the rest of the queue.
                if error.kind == .cancelled { throw error }
                if error.endsSession {
                    finishBatch(isOver: true)
                    return answers
                }
                // A deadline is one statement's; the next has its own.
                if error.kind == .deadline { try statementStarts(on: handle) }
            }
            try handle.exitPipeline()
        } catch {
            finishBatch(isOver: true)
            throw error
        }
        finishBatch(isOver: false)
        return answers
    }

    /// Reads all that one statement of the queue gives, and the mark behind it.
    private func nextAnswer(from handle: ConnectionHandle) -> Result<[Row], PostgresError> {
        restartDeadline()
        var rows: [Row] = []
        var failure: PostgresError?
        do throws(PostgresError) {
            while let result = try handle.nextResult(deadline: currentDeadline) {
                if let error = result.error { failure = failure ?? error }
                rows += result.rows
            }
            if failure?.endsSession != true,
                try handle.nextResult(deadline: currentDeadline)?.status != PGRES_PIPELINE_SYNC
            {
                throw PostgresError(.connectionLost, "the server and the client disagree about a batch")
            }
        } catch {
            failure = failure ?? error
        }
        return failure.map { .failure(classified($0)) } ?? .success(rows)
    }
}

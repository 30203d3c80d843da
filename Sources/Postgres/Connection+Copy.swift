import CLibPQ
package import StructuredSQL

/// Takes the rows of a COPY FROM STDIN.
package struct CopyWriter {
    fileprivate let connection: Connection

    /// Sends bytes in the format the COPY asks for; returns when the socket has taken them.
    package func write(_ bytes: [UInt8]) async throws(PostgresError) {
        try await connection.putCopy(bytes)
    }
}

/// The pieces of a COPY TO STDOUT, pulled.
package struct CopyReader {
    fileprivate let connection: Connection

    /// The next piece: whole rows, of an eighth to a quarter of a megabyte, less only at the end; `nil` at the end, which is
    /// known only now: rows before an error count for nothing.
    package func next() async throws(PostgresError) -> [UInt8]? {
        try await connection.nextCopy()
    }
}

extension Connection {
    /// Runs `COPY … FROM STDIN` and feeds it from `body`; an error in `body` makes the server drop the rows.
    ///
    /// - Returns: Rows the server took.
    package nonisolated func withCopyIn(
        _ sql: SQL,
        _ body: (CopyWriter) async throws -> Void
    ) async throws -> Int {
        guard !Task.isCancelled else { throw PostgresError(.cancelled, "cancelled before it started") }
        let canceller = await canceller
        return try await withTaskCancellationHandler {
            try await startCopy(sql.statement)
            do {
                try await body(CopyWriter(connection: self))
            } catch {
                _ = try? await endCopyIn(abortingBecause: "the client gave up")
                throw error
            }
            return try await endCopyIn(abortingBecause: nil)
        } onCancel: {
            canceller?.cancel()
        }
    }

    /// Runs `COPY … TO STDOUT` and lends its pieces to `body`; leaving early cancels it.
    ///
    /// `limit` is the longest wait for the next piece, not the time of the whole: a slow consumer is no slow server.
    package nonisolated func withCopyOut<Value>(
        _ sql: SQL,
        limit: Duration? = nil,
        _ body: (CopyReader) async throws -> Value
    ) async throws -> Value {
        guard !Task.isCancelled else { throw PostgresError(.cancelled, "cancelled before it started") }
        let canceller = await canceller
        return try await withTaskCancellationHandler {
            try await startCopy(sql.statement, limit: limit)
            let value: Value
            do {
                value = try await body(CopyReader(connection: self))
            } catch {
                try? await endCopyOut()
                throw error
            }
            try await endCopyOut()
            return value
        } onCancel: {
            canceller?.cancel()
        }
    }

    private func startCopy(_ statement: RenderedStatement, limit: Duration? = nil) throws(PostgresError) {
        try statement.requireRepresentable()
        let handle = try begin(limit: limit)
        var failure: PostgresError?
        do throws(PostgresError) {
            try handle.send(statement)
            if let result = try handle.nextResult(deadline: currentDeadline) {
                if result.status == PGRES_COPY_IN || result.status == PGRES_COPY_OUT { return }
                failure = result.error
            }
        } catch {
            failure = error
        }
        try finish(throwing: failure ?? PostgresError(.client, "the statement is not a COPY"))
    }

    fileprivate func putCopy(_ bytes: [UInt8]) throws(PostgresError) {
        try handle.putCopyData(bytes)
    }

    fileprivate func nextCopy() throws(PostgresError) -> [UInt8]? {
        restartDeadline()
        return try handle.nextCopyData(deadline: currentDeadline)
    }

    private func endCopyIn(abortingBecause reason: String?) throws(PostgresError) -> Int {
        var failure: PostgresError?
        var count = 0
        do throws(PostgresError) {
            let handle = try handle
            try handle.putCopyEnd(abortingBecause: reason)
            while let result = try handle.nextResult(deadline: nil) {
                if let error = result.error { failure = error } else { count = result.affectedRowCount }
            }
        } catch {
            failure = error
        }
        try finish(throwing: failure)
        return count
    }

    private func endCopyOut() throws(PostgresError) {
        let handle = try handle
        // Nothing left to read means that the end was reached; else the consumer left early.
        var isCutShort = false
        do throws(PostgresError) {
            if try handle.nextCopyData(deadline: currentDeadline) != nil {
                isCutShort = true
                handle.canceller.cancel()
                while try handle.nextCopyData(deadline: currentDeadline) != nil {}
            }
            try finish()
        } catch {
            guard isCutShort, error.sqlState == .queryCanceled else { throw error }
        }
    }
}

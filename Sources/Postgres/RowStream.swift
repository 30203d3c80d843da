import CLibPQ
package import StructuredSQL

/// Rows of a running statement, pulled: the socket is read only when the consumer asks.
package struct RowStream {
    private let connection: Connection
    private var batch: ArraySlice<Row> = []
    private var isAtEnd = false

    /// Most rows, and about most bytes, fetched per visit to the connection's thread.
    private static let batchSize = 256
    fileprivate static let batchBytes = 1_048_576

    fileprivate init(connection: Connection) {
        self.connection = connection
    }

    /// The next row; `nil` when all rows have come, which is known only now: rows before an error count for nothing.
    package mutating func next() async throws(PostgresError) -> Row? {
        if batch.isEmpty, !isAtEnd {
            batch = try await connection.fetch(atMost: Self.batchSize)[...]
            isAtEnd = batch.isEmpty
        }
        return batch.popFirst()
    }
}

extension Connection {
    /// Runs a statement and lends its rows to `body`; leaving `body` early cancels the statement and drains it.
    ///
    /// Memory is bounded by a batch of rows and the socket's buffer, whatever the number of rows. `limit` is the longest wait
    /// for the next rows, not the time of the whole: a slow consumer is no slow server.
    package nonisolated func withRows<Value>(
        of sql: SQL,
        limit: Duration? = nil,
        _ body: (inout RowStream) async throws -> Value
    ) async throws -> Value {
        guard !Task.isCancelled else { throw PostgresError(.cancelled, "cancelled before it started") }
        let canceller = await canceller
        return try await withTaskCancellationHandler {
            try await startStream(sql.statement, limit: limit)
            var stream = RowStream(connection: self)
            let value: Value
            do {
                value = try await body(&stream)
            } catch {
                try? await endStream()
                throw error
            }
            try await endStream()
            return value
        } onCancel: {
            canceller?.cancel()
        }
    }

    private func startStream(_ statement: RenderedStatement, limit: Duration?) throws(PostgresError) {
        try statement.requireRepresentable()
        let handle = try begin(limit: limit)
        do throws(PostgresError) {
            try handle.send(statement)
            handle.useSingleRowMode()
        } catch {
            try finish(throwing: error)
        }
        isStreaming = true
    }

    fileprivate func fetch(atMost count: Int) throws(PostgresError) -> [Row] {
        guard isStreaming else { return [] }
        let handle = try handle
        restartDeadline()
        var rows: [Row] = []
        var bytes = 0
        var failure: PostgresError?
        do throws(PostgresError) {
            while rows.count < count, bytes < RowStream.batchBytes,
                let result = try handle.nextResult(deadline: currentDeadline)
            {
                if let error = result.error {
                    failure = error
                    break
                }
                guard result.status == PGRES_SINGLE_TUPLE else {
                    // The empty result that closes the rows.
                    isStreaming = false
                    break
                }
                if streamColumns.isEmpty { streamColumns = result.columnNames }
                let cells = result.cells(ofRow: 0)
                bytes += cells.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
                rows.append(Row(cells: cells, columns: streamColumns))
            }
        } catch {
            failure = error
        }
        guard let failure else { return rows }
        streamEnds()
        try finish(throwing: failure)
        return rows
    }

    private func endStream() throws(PostgresError) {
        guard try handle.canceller.isStatementRunning else { return }
        let isCutShort = isStreaming
        streamEnds()
        if isCutShort { try handle.canceller.cancel() }
        do throws(PostgresError) {
            try finish()
        } catch {
            // What the consumer did not want to see may end as it likes, unless the connection went with it.
            guard isCutShort, error.sqlState == .queryCanceled else { throw error }
        }
    }

    private func streamEnds() {
        isStreaming = false
        streamColumns = []
    }
}

import CLibPQ

/// One session with a server.
///
/// libpq blocks on an executor of the connection's own, never on the cooperative pool. One statement runs at a time.
/// Cancelling the task that waits cancels the statement on the server, drains the answer and leaves the connection usable.
package actor Connection {
    package nonisolated let settings: ConnectionSettings
    private let executor: ConnectionExecutor
    private var openHandle: ConnectionHandle?
    private var isBusy = false
    private var limit: Duration?
    private var deadline: ContinuousClock.Instant?
    /// Whether rows of a running statement are still to come.
    var isStreaming = false
    /// Names of the columns of those rows, once known.
    var streamColumns: [String] = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// A connection that is not open yet.
    package init(settings: ConnectionSettings) {
        self.settings = settings
        executor = ConnectionExecutor(label: "assay.connection")
    }

    /// Connects to the server.
    ///
    /// - Throws: A ``PostgresError`` of kind `connect`; its message has no password in it.
    package static func open(_ settings: ConnectionSettings) async throws(PostgresError) -> Connection {
        let connection = Connection(settings: settings)
        try await connection.open()
        return connection
    }

    private func open() throws(PostgresError) {
        openHandle = try ConnectionHandle(settings: settings)
    }

    /// Ends the session; later calls fail.
    package func close() {
        openHandle = nil
    }

    /// `server_version_num`, such as 150018.
    package var serverVersion: Int { openHandle?.serverVersion ?? 0 }

    /// Whether the database has no encoding (`SQL_ASCII`), so that texts may be anything.
    package var holdsAnyBytes: Bool { openHandle?.holdsAnyBytes ?? false }

    /// Whether the connection can take a statement.
    package var isUsable: Bool { (openHandle?.isConnected ?? false) && !isBusy }

    /// Whether the connection is inside a transaction that has not failed.
    package var isInTransaction: Bool { (openHandle?.isConnected ?? false) && (openHandle?.isInTransaction ?? false) }

    /// Notices and warnings the server sent since the last call, the newest hundred.
    package func takeNotices() -> [String] { openHandle?.takeNotices() ?? [] }

    // MARK: One statement at a time

    var handle: ConnectionHandle {
        get throws(PostgresError) {
            guard let openHandle else { throw PostgresError(.connectionLost, "the connection is closed") }
            return openHandle
        }
    }

    /// Claims the connection for one statement.
    ///
    /// After `limit` the client itself cancels the statement, even if the network is silent.
    func begin(limit: Duration?) throws(PostgresError) -> ConnectionHandle {
        let handle = try handle
        guard !isBusy else { throw PostgresError(.client, "the connection is busy with another statement") }
        isBusy = true
        self.limit = limit
        restartDeadline()
        do throws(PostgresError) {
            try statementStarts(on: handle)
        } catch {
            isBusy = false
            throw error
        }
        return handle
    }

    /// From here on a request to cancel reaches the server; one that came before is seen here.
    func statementStarts(on handle: ConnectionHandle) throws(PostgresError) {
        handle.canceller.statementStarts()
        guard Task.isCancelled else { return }
        handle.canceller.statementEnds()
        throw PostgresError(.cancelled, "cancelled before it started")
    }

    /// Gives the connection back after reading what is left of the answer.
    ///
    /// - Throws: The first error in what is left.
    func finish(throwing first: PostgresError? = nil) throws(PostgresError) {
        var failure = first
        if let handle = openHandle, first?.kind != .connectionLost {
            do throws(PostgresError) {
                while let result = try handle.nextResult(deadline: deadline) {
                    if result.status == PGRES_COPY_IN { try handle.putCopyEnd(abortingBecause: "given up") }
                    if result.status == PGRES_COPY_OUT { while try handle.nextCopyData(deadline: deadline) != nil {} }
                    if failure == nil { failure = result.error }
                }
            } catch {
                failure = error
            }
        }
        openHandle?.canceller.statementEnds()
        isBusy = false
        guard let failure else { return }
        throw classified(failure)
    }

    var currentDeadline: ContinuousClock.Instant? { deadline }

    /// Gives the statement its whole limit again.
    func restartDeadline() {
        deadline = limit.map { ContinuousClock.now + $0 }
    }

    /// Gives the connection back after a batch, whose answers have all been read unless the session is over.
    func finishBatch(isOver: Bool) {
        openHandle?.canceller.statementEnds()
        isBusy = false
        if isOver { openHandle = nil }
    }

    /// What cancels the running statement, taken before it starts.
    var canceller: Canceller? { openHandle?.canceller }

    /// Tells a cancellation of ours from a `statement_timeout`, and a closed connection from an open one.
    func classified(_ error: PostgresError) -> PostgresError {
        var error = error
        if error.sqlState == .queryCanceled, let handle = openHandle, handle.canceller.requestedAt != nil {
            let isDeadline = handle.canceller.isForDeadline
            error.kind = isDeadline ? .deadline : .cancelled
            if isDeadline { error.message = "the client's deadline passed" }
        }
        if error.kind == .connectionLost || error.endsSession { openHandle = nil }
        return error
    }

    /// Runs `body` so that cancelling the task cancels the statement.
    nonisolated func cancelling<Value>(_ body: () async throws(PostgresError) -> Value) async throws(PostgresError)
        -> Value
    {
        guard !Task.isCancelled else { throw PostgresError(.cancelled, "cancelled before it started") }
        let canceller = await canceller
        do {
            return try await withTaskCancellationHandler(operation: body) { canceller?.cancel() }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.client, "\(error)")
        }
    }
}

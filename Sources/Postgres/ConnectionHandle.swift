import CLibPQ
import Glibc

/// Owns one `PGconn` and blocks on it; only the connection's executor may call it.
final class ConnectionHandle {
    let canceller: Canceller
    private let pointer: OpaquePointer
    private let notices: NoticeSink
    /// Whether the database has no encoding, so that texts may be anything.
    let holdsAnyBytes: Bool

    /// How long a server may take to give up a cancelled statement before the connection counts as lost.
    private static let cancelGrace = Duration.seconds(5)

    /// Connects, blocking.
    init(settings: ConnectionSettings) throws(PostgresError) {
        let parameters = try settings.parameters()
        let keywords = CStrings(parameters.map(\.keyword))
        let values = CStrings(parameters.map(\.value))
        guard let connection = PQconnectdbParams(keywords.pointers, values.pointers, 1) else {
            throw PostgresError(.connect, "out of memory")
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            defer { PQfinish(connection) }
            let message = String(cString: PQerrorMessage(connection))
            let lines = message.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }
            throw PostgresError(.connect, lines.joined(separator: "; "))
        }
        // Such a database may hold any bytes, and the server refuses to call them UTF-8: take them as they are.
        if PQparameterStatus(connection, "server_encoding").map({ String(cString: $0) }) == "SQL_ASCII" {
            _ = PQsetClientEncoding(connection, "SQL_ASCII")
            holdsAnyBytes = true
        } else {
            holdsAnyBytes = false
        }
        pointer = connection
        canceller = Canceller(connection: connection)
        notices = NoticeSink()
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context, let result else { return }
                let sink = Unmanaged<NoticeSink>.fromOpaque(context).takeUnretainedValue()
                sink.receive(String(cString: PQresultErrorMessage(result)))
            },
            Unmanaged.passUnretained(notices).toOpaque()
        )
    }

    deinit {
        PQfinish(pointer)
    }

    var serverVersion: Int { Int(PQserverVersion(pointer)) }
    var isConnected: Bool { PQstatus(pointer) == CONNECTION_OK }
    var isIdle: Bool { PQtransactionStatus(pointer) == PQTRANS_IDLE }
    var isInTransaction: Bool { PQtransactionStatus(pointer) == PQTRANS_INTRANS }

    func takeNotices() -> [String] { notices.take() }

    // MARK: Sending

    /// Sends one statement by the extended protocol, which takes no second one.
    func send(_ statement: RenderedStatement) throws(PostgresError) {
        isCopyOver = false
        let values = CStrings(optional: statement.binds)
        let sent = statement.name.map { name in
            PQsendQueryPrepared(pointer, name, Int32(statement.binds.count), values.pointers, nil, nil, 0)
        }
        let code =
            sent
            ?? PQsendQueryParams(
                pointer, statement.text, Int32(statement.binds.count), nil, values.pointers, nil, nil, 0)
        try require(code == 1)
    }

    /// Sends text of ours, several statements at will, by the simple protocol.
    func send(script: String) throws(PostgresError) {
        try require(PQsendQuery(pointer, script) == 1)
    }

    func sendPrepare(name: String, text: String) throws(PostgresError) {
        try require(PQsendPrepare(pointer, name, text, 0, nil) == 1)
    }

    func sendDescribe(name: String) throws(PostgresError) {
        try require(PQsendDescribePrepared(pointer, name) == 1)
    }

    /// Begins to queue statements without waiting for answers; the socket no longer blocks a sender.
    func enterPipeline() throws(PostgresError) {
        try require(PQenterPipelineMode(pointer) == 1 && PQsetnonblocking(pointer, 1) == 0)
    }

    /// Queues statements with a mark behind them: an error spoils those between it and the mark.
    func sendPipelined(_ group: [RenderedStatement]) throws(PostgresError) {
        for statement in group { try send(statement) }
        try require(PQpipelineSync(pointer) == 1)
    }

    /// Ends queueing; every answer must have been read.
    func exitPipeline() throws(PostgresError) {
        try require(PQexitPipelineMode(pointer) == 1 && PQsetnonblocking(pointer, 0) == 0)
    }

    /// Makes the rows of the statement just sent arrive one by one.
    func useSingleRowMode() {
        _ = PQsetSingleRowMode(pointer)
    }

    private func require(_ succeeded: Bool) throws(PostgresError) {
        guard !succeeded else { return }
        throw PostgresError(isConnected ? .client : .connectionLost, lastMessage)
    }

    private var lastMessage: String { String(cString: PQerrorMessage(pointer)).trimmedMessage }

    // MARK: Receiving

    /// Waits for the next result of the running statement; `nil` when there is no more.
    ///
    /// At `deadline` the server is asked to stop; the answer to that is waited for, for a while.
    func nextResult(deadline: ContinuousClock.Instant?) throws(PostgresError) -> QueryResult? {
        while PQisBusy(pointer) == 1 {
            try waitForInput(deadline: deadline)
        }
        guard let result = PQgetResult(pointer) else { return nil }
        return QueryResult(adopting: result)
    }

    /// The rows of a COPY TO STDOUT that have arrived, one at least and a quarter of a megabyte at most; `nil` at its end.
    func nextCopyData(deadline: ContinuousClock.Instant?) throws(PostgresError) -> [UInt8]? {
        // Asked once more, libpq would only say that there is no COPY, in the place of why it ended.
        guard !isCopyOver else { return nil }
        var rows: [UInt8] = []
        while rows.count < Self.copyPieceBytes {
            var buffer: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(pointer, &buffer, 1)
            if count > 0, let buffer {
                defer { PQfreemem(buffer) }
                if rows.isEmpty { rows.reserveCapacity(Self.copyPieceBytes + 65_536) }
                rows.append(contentsOf: UnsafeRawBufferPointer(start: buffer, count: Int(count)))
            } else if count == 0 {
                // What arrives comes in small pieces: handing each of them on would cost more than reading it.
                guard rows.count < Self.copyPieceBytes / 2 else { break }
                try waitForInput(deadline: deadline)
            } else {
                isCopyOver = true
                return rows.isEmpty ? nil : rows
            }
        }
        return rows
    }

    private static let copyPieceBytes = 262_144
    private var isCopyOver = false

    func putCopyData(_ bytes: [UInt8]) throws(PostgresError) {
        let code = bytes.withUnsafeBytes { raw in
            PQputCopyData(pointer, raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
        }
        try require(code == 1)
    }

    /// Ends a COPY FROM STDIN; with a reason, the server throws the rows away.
    func putCopyEnd(abortingBecause reason: String?) throws(PostgresError) {
        try require(PQputCopyEnd(pointer, reason) == 1)
    }

    private func waitForInput(deadline: ContinuousClock.Instant?) throws(PostgresError) {
        if let deadline, ContinuousClock.now >= deadline {
            canceller.cancel(forDeadline: true)
        }
        if let requested = canceller.requestedAt, ContinuousClock.now - requested > Self.cancelGrace {
            throw PostgresError(.connectionLost, "the server did not answer a request to cancel within 5 s")
        }
        // What is queued goes out while answers come in, or both sides could wait for each other.
        let flushed = PQflush(pointer)
        guard flushed >= 0 else { throw PostgresError(.connectionLost, lastMessage) }
        let events = flushed > 0 ? POLLIN | POLLOUT : POLLIN
        // Woken often enough to see a cancellation or a deadline even if nothing ever arrives.
        var descriptor = pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0)
        guard poll(&descriptor, 1, 100) >= 0 || errno == EINTR else {
            throw PostgresError(.connectionLost, "the connection's socket failed (errno \(errno))")
        }
        guard descriptor.revents & ~Int16(POLLOUT) != 0 else { return }
        guard PQconsumeInput(pointer) == 1 else {
            throw PostgresError(.connectionLost, lastMessage)
        }
    }
}

/// A statement ready to send: text, or the name of a prepared one, and its values.
struct RenderedStatement {
    var text: String
    var name: String?
    var binds: [String?]
}

/// Notices of a connection, the newest hundred.
private final class NoticeSink {
    private var texts: [String] = []

    func receive(_ text: String) {
        if texts.count == 100 { texts.removeFirst() }
        texts.append(text.split(separator: "\n").joined(separator: "; "))
    }

    func take() -> [String] {
        defer { texts = [] }
        return texts
    }
}

/// C strings that live as long as the object, with a NULL at the end as `argv` has.
private final class CStrings {
    let pointers: [UnsafePointer<CChar>?]

    convenience init(_ texts: [String]) {
        self.init(optional: texts.map(Optional.some))
    }

    init(optional texts: [String?]) {
        pointers = texts.map { text in text.flatMap { UnsafePointer(strdup($0)) } } + [nil]
    }

    deinit {
        for pointer in pointers { free(UnsafeMutableRawPointer(mutating: pointer)) }
    }
}

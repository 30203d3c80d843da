/// Lends connections, at most so many at once; opens them when they are first needed.
package actor ConnectionPool {
    /// Opens a connection and makes it ready, such as by beginning its transaction.
    package typealias Maker = @Sendable () async throws -> Connection

    private var maximum: Int
    private let make: Maker
    private var idle: [Connection] = []
    private var openCount = 0
    private var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
    private var nextWaiter = 0

    /// - Parameters:
    ///   - maximum: Most connections at once, 1 or more.
    ///   - first: A connection that is open and ready already, if there is one.
    ///   - make: Makes further ones.
    package init(maximum: Int, first: Connection? = nil, make: @escaping Maker) {
        self.maximum = max(1, maximum)
        self.make = make
        idle = first.map { [$0] } ?? []
        openCount = idle.count
    }

    /// Lends a connection to `body`, waiting for one if all are lent; takes back only what is still usable.
    package nonisolated func withConnection<Value>(
        _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let connection = try await take()
        do {
            let value = try await body(connection)
            await giveBack(connection)
            return value
        } catch {
            await giveBack(connection)
            throw error
        }
    }

    /// Closes all connections that are not lent.
    package func close() async {
        let connections = idle
        idle = []
        openCount -= connections.count
        for connection in connections { await connection.close() }
    }

    private func take() async throws -> Connection {
        while true {
            try Task.checkCancellation()
            if let connection = idle.popLast() { return connection }
            if openCount < maximum {
                openCount += 1
                do {
                    return try await make()
                } catch {
                    openCount -= 1
                    // A server that has no place for one more serves with those there are.
                    if openCount > 0, (error as? PostgresError)?.isTooManyConnections == true {
                        maximum = openCount
                        continue
                    }
                    wakeOne()
                    throw error
                }
            }
            try await waitForOne()
        }
    }

    private func giveBack(_ connection: Connection) async {
        if await connection.isUsable {
            idle.append(connection)
        } else {
            await connection.close()
            openCount -= 1
        }
        wakeOne()
    }

    private func waitForOne() async throws {
        let id = nextWaiter
        nextWaiter += 1
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                waiting.append((id, continuation))
                if Task.isCancelled { abandon(id) }
            }
        } onCancel: {
            Task { await self.abandon(id) }
        }
    }

    private func abandon(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).continuation.resume(throwing: CancellationError())
    }

    private func wakeOne() {
        guard !waiting.isEmpty else { return }
        waiting.removeFirst().continuation.resume()
    }
}

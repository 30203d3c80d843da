import CLibPQ
import Dispatch
import Synchronization

/// Cancels the statement a connection is running, from any thread.
///
/// The lock is held while the request travels, so that a request never hits the statement after the one it was for.
final class Canceller: Sendable {
    /// `@unchecked`: `PQcancel` may be called from any thread, and the pointer is freed only in `deinit`.
    private struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer?
    }

    private struct State {
        var isRunning = false
        var requestedAt: ContinuousClock.Instant?
        var isForDeadline = false
    }

    private let handle: Handle
    private let state = Mutex(State())

    /// - Parameter connection: A connected `PGconn`.
    init(connection: OpaquePointer) {
        handle = Handle(pointer: PQgetCancel(connection))
    }

    deinit {
        PQfreeCancel(handle.pointer)
    }

    /// Opens the time in which a request may be sent.
    func statementStarts() {
        state.withLock { $0 = State(isRunning: true) }
    }

    /// Ends it; waits for a request that is on its way.
    func statementEnds() {
        state.withLock { $0.isRunning = false }
    }

    /// Whether a statement is running.
    var isStatementRunning: Bool { state.withLock(\.isRunning) }

    /// When cancellation was asked for; `nil` if it was not.
    var requestedAt: ContinuousClock.Instant? { state.withLock(\.requestedAt) }

    /// Whether it was asked for because the statement's time was over, and not by whoever waits for it.
    var isForDeadline: Bool { state.withLock(\.isForDeadline) }

    /// Asks the server to stop the running statement; does nothing if none runs.
    func cancel(forDeadline: Bool = false) {
        let mustSend = state.withLock { state in
            guard state.isRunning, state.requestedAt == nil else { return false }
            state.requestedAt = .now
            state.isForDeadline = forDeadline
            return true
        }
        guard mustSend else { return }
        // The request is a connection of its own and may block: never on a thread of the cooperative pool.
        DispatchQueue.global().async { [self] in
            state.withLock { state in
                guard state.isRunning else { return }
                var message = [CChar](repeating: 0, count: 256)
                _ = PQcancel(handle.pointer, &message, Int32(message.count))
            }
        }
    }
}

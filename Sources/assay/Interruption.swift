import Dispatch
import Foundation
import Synchronization

/// Turns SIGINT and SIGTERM into the cancellation of a task; a second signal ends the program at once.
enum Interruption {
    private static let received = Mutex<Int32?>(nil)

    /// The signal that came, if one did.
    static var signal: Int32? { received.withLock { $0 } }

    /// The exit status for the signal that came.
    static var status: ExitStatus { signal == SIGTERM ? .terminated : .interrupted }

    /// Runs `body` in a task that a signal cancels.
    static func watching<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = Task { try await body() }
        let sources = [SIGINT, SIGTERM].map { number in
            Foundation.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let isSecond = received.withLock { signal in
                    defer { signal = signal ?? number }
                    return signal != nil
                }
                if isSecond { _exit(128 + number) }
                Console.writeError("\ninterrupted: cancelling the statements on the server\n")
                task.cancel()
            }
            source.resume()
            return source
        }
        defer {
            for source in sources { source.cancel() }
            // From here on a signal ends the program as it does any other.
            for number in [SIGINT, SIGTERM] { Foundation.signal(number, SIG_DFL) }
        }
        return try await task.value
    }
}

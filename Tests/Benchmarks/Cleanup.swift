import Dispatch
import Foundation
import Synchronization

/// What has to be undone, however this program ends: servers to stop, directories to remove, processes to end.
enum Cleanup {
    private static let steps = Mutex<[@Sendable () -> Void]>([])
    private static let children = Mutex<Set<pid_t>>([])

    /// Adds a step; steps are taken in reverse.
    static func add(_ step: @escaping @Sendable () -> Void) {
        steps.withLock { $0.append(step) }
    }

    static func childStarted(_ child: pid_t) {
        _ = children.withLock { $0.insert(child) }
    }

    static func childEnded(_ child: pid_t) {
        _ = children.withLock { $0.remove(child) }
    }

    /// Ends what is running and takes all steps, once.
    private static func run() {
        for child in children.withLock({ $0 }) { kill(child, SIGTERM) }
        // Under the lock, so that the program does not end while another thread is still at it.
        steps.withLock { steps in
            while let step = steps.popLast() { step() }
        }
    }

    /// Runs `body`, then cleans up; SIGINT and SIGTERM clean up, too, before they end the program.
    static func after(_ body: () throws -> Void) rethrows {
        signal(SIGPIPE, SIG_IGN)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Progress.say("interrupted: stopping the server")
                run()
                _exit(128 + number)
            }
            source.resume()
            return source
        }
        defer { withExtendedLifetime(sources) { run() } }
        try body()
    }
}

import Synchronization

/// Lets a number of rows through, counted over all streams that give them.
final class KeepGate: Sendable {
    private let left: Mutex<Int>

    /// - Parameter count: Rows to let through.
    init(_ count: Int) {
        left = Mutex(count)
    }

    /// Whether one more may pass.
    func takesOne() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}

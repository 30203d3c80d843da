import Foundation
import Synchronization

/// One direction of a delayed connection: a thread that reads, a queue, a thread that writes when the time has come.
///
/// `@unchecked`: the condition guards the queue.
final class DelayLine: @unchecked Sendable {
    private let source: Int32
    private let destination: Int32
    private let delay: Duration
    private let condition = NSCondition()
    /// What is on the way, with the time it arrives; nothing in it means the end.
    private var queue: [(due: ContinuousClock.Instant, bytes: [UInt8])] = []

    /// Lets bytes flow between two sockets, and closes both once neither side has more to say.
    static func join(_ one: Int32, _ other: Int32, delaySeconds: Double) {
        let delay = Duration.seconds(delaySeconds)
        let open = OpenDirections()
        for (source, destination) in [(one, other), (other, one)] {
            DelayLine(from: source, to: destination, delay: delay).run {
                guard open.closeOne() else { return }
                close(one)
                close(other)
            }
        }
    }

    private init(from source: Int32, to destination: Int32, delay: Duration) {
        self.source = source
        self.destination = destination
        self.delay = delay
    }

    private func run(then finish: @escaping @Sendable () -> Void) {
        Thread.detachNewThread { [self] in readAll() }
        Thread.detachNewThread { [self] in
            writeAll()
            finish()
        }
    }

    private func readAll() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(source, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            condition.lock()
            queue.append((ContinuousClock.now + delay, Array(buffer.prefix(max(0, count)))))
            condition.signal()
            condition.unlock()
            if count <= 0 { return }
        }
    }

    private func writeAll() {
        while true {
            condition.lock()
            while queue.isEmpty { condition.wait() }
            let (due, bytes) = queue.removeFirst()
            condition.unlock()
            let left = (due - ContinuousClock.now).seconds
            if left > 0 { usleep(useconds_t(left * 1_000_000)) }
            guard !bytes.isEmpty, deliver(bytes) else { break }
        }
        shutdown(destination, Int32(SHUT_WR))
        // Whoever wrote cannot be heard any more; its thread must not wait for ever.
        shutdown(source, Int32(SHUT_RD))
    }

    private func deliver(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let count = write(destination, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}

/// Counts the directions of a connection that are still open.
private final class OpenDirections: Sendable {
    private let count = Mutex(2)

    /// Whether it was the last.
    func closeOne() -> Bool {
        count.withLock { count in
            count -= 1
            return count == 0
        }
    }
}

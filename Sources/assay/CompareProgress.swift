import Checks
import Execution
import Foundation
import Reporting
import Synchronization

/// Shows how far a comparison is: a line that is drawn again on a terminal; elsewhere a sign of life every half minute.
///
/// Everything goes to standard error.
final class CompareProgress: Sendable {
    private struct State {
        var started = ContinuousClock.now
        var ranges = 1
        var endedRanges = 0
        var expected: Int?
        var read = 0
        var waiting: String?
        var isDrawn = false
        var isFinished = false
    }

    private let name: String
    private let isTerminal: Bool
    private let state = Mutex(State())
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// - Parameters:
    ///   - choice: When to show it.
    ///   - name: What is compared.
    init(_ choice: ProgressChoice, of name: String) {
        self.name = name
        let isDumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"
        isTerminal = choice == .always || choice == .auto && Console.isErrorTerminal && !isDumb
        guard choice != .never else { return }
        let interval: Duration = isTerminal ? .milliseconds(200) : .seconds(30)
        task.withLock {
            $0 = Task { [weak self] in
                while (try? await Task.sleep(for: interval)) != nil { self?.tick() }
            }
        }
    }

    func handle(_ event: DiffEvent) {
        state.withLock { state in
            switch event {
            case .ranges(let count, let rows): (state.ranges, state.expected) = (count, rows)
            case .read(let rows): state.read += rows
            case .rangeEnded: state.endedRanges += 1
            case .waiting(let reason): state.waiting = reason
            }
        }
    }

    /// Takes the line away, before results are printed.
    func finish() {
        task.withLock { $0?.cancel() }
        state.withLock { state in
            state.isFinished = true
            guard state.isDrawn else { return }
            Console.writeError("\r\u{1B}[K")
            state.isDrawn = false
        }
    }

    private func tick() {
        state.withLock { state in
            guard !state.isFinished else { return }
            let text = TerminalText.harmless(text(state))
            guard isTerminal else {
                Console.note("assay: \(text)")
                return
            }
            let width = Console.width(of: STDERR_FILENO) ?? 80
            Console.writeError("\r\u{1B}[K" + TerminalText.cut(text, to: width - 1))
            state.isDrawn = true
        }
    }

    private func text(_ state: State) -> String {
        let seconds = Double((ContinuousClock.now - state.started).milliseconds) / 1000
        var parts = ["\(name)", Self.length(seconds)]
        if let waiting = state.waiting { parts.append(waiting) }
        if state.ranges > 1 { parts.append("\(state.endedRanges) of \(state.ranges) ranges") }
        var share = Double(state.endedRanges) / Double(state.ranges)
        if state.read > 0 {
            parts.append("\(NumberText.grouped(state.read)) rows")
            if seconds > 1 { parts.append("\(Int(Double(state.read) / seconds / 1000))k rows/s") }
            // Statistics may be old: there may be more rows than they say.
            if let expected = state.expected, expected > state.read { share = Double(state.read) / Double(expected) }
        }
        if share > 0.02, share < 1, seconds > 2 { parts.append("about \(Self.length(seconds / share - seconds)) left") }
        return parts.joined(separator: " · ")
    }

    private static func length(_ seconds: Double) -> String {
        Duration.seconds(Int64(seconds.rounded())).text
    }
}

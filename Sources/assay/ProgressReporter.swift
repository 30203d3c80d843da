import Catalog
import Checks
import Execution
import Foundation
import Planning
import Reporting
import Synchronization

/// Shows how far a run is: a bar on a terminal; elsewhere a line per dataset that took a second or more, and a sign of
/// life every half minute.
///
/// Everything goes to standard error.
final class ProgressReporter: Sendable {
    private enum Mode {
        case bar, lines, silent
    }

    private struct State {
        var plan: Plan?
        var started = ContinuousClock.now
        var finishedScans = 0
        var totalWeight = 0.0
        var finishedWeight = 0.0
        /// Statements that run, each with the time it began and the share that is done, where anyone knows.
        var current: [Running] = []
        var remaining: [String: Int] = [:]
        var time: [String: Duration] = [:]
        var fetches = 0
        var fetched = 0
        var isDrawn = false
        var warnings: [String] = []
        var isFinished = false
    }

    private struct Running {
        var scan: Scan
        var started = ContinuousClock.now
        var fraction = 0.0
    }

    private let mode: Mode
    private let state = Mutex(State())
    /// `@unchecked`: set up in `init` and never touched again.
    private struct Timer: @unchecked Sendable {
        let source = DispatchSource.makeTimerSource(queue: .global())
    }

    private let timer = Timer()

    init(_ choice: ProgressChoice) {
        switch choice {
        case .never: mode = .silent
        case .always: mode = .bar
        case .auto:
            let isDumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"
            mode = Console.isErrorTerminal && !isDumb ? .bar : .lines
        }
        // Time goes on between events, and the bar says so.
        let interval = mode == .bar ? 0.2 : 30.0
        if mode != .silent {
            timer.source.schedule(deadline: .now() + interval, repeating: interval)
            timer.source.setEventHandler { [weak self] in self?.tick() }
        }
        // A source must have been resumed once before it may go.
        timer.source.resume()
    }

    private func tick() {
        state.withLock { state in
            guard !state.isFinished else { return }
            if mode == .bar { draw(&state) } else { note(state) }
        }
    }

    /// A line for a log: that the run is alive, and what it is doing.
    private func note(_ state: State) {
        guard let plan = state.plan else { return }
        let elapsed = ContinuousClock.now - state.started
        let running = state.current.map { running in
            let share = running.fraction > 0 ? " \(Int(running.fraction * 100)) %" : ""
            return "\(running.scan.dataset)\(share) for \((ContinuousClock.now - running.started).roundedText)"
        }
        var text = "assay: \(elapsed.roundedText), \(state.finishedScans) of \(plan.scans.count) statements"
        if state.fetches > 0 { text += ", failing rows \(state.fetched) of \(state.fetches)" }
        if !running.isEmpty { text += "; running: \(running.joined(separator: ", "))" }
        Console.note(TerminalText.harmless(text))
    }

    /// Warnings of the run so far.
    var warnings: [String] { state.withLock(\.warnings) }

    func handle(_ event: RunEvent) {
        state.withLock { state in
            switch event {
            case .planned(let plan):
                state.plan = plan
                state.totalWeight = plan.scans.reduce(0) { $0 + Self.weight($1) }
                for scan in plan.scans { state.remaining[scan.dataset.description, default: 0] += 1 }
            case .scanStarted(let scan):
                state.current.append(Running(scan: scan))
            case .scanAdvanced(let scan, let fraction):
                guard let index = state.current.firstIndex(where: { $0.scan.probes == scan.probes }) else { break }
                state.current[index].fraction = fraction
            case .scanFinished(let scan, let duration):
                finish(scan, duration, &state)
            case .fetching(let statements):
                state.fetches = statements
            case .fetched:
                state.fetched += 1
            case .warning(let text):
                state.warnings.append(text)
            }
        }
    }

    /// Takes the bar away, before results are printed.
    func finish() {
        state.withLock { state in
            state.isFinished = true
            guard state.isDrawn else { return }
            Console.writeError("\r\u{1B}[K")
            state.isDrawn = false
        }
    }

    private func finish(_ scan: Scan, _ duration: Duration, _ state: inout State) {
        let name = scan.dataset.description
        state.finishedScans += 1
        state.finishedWeight += Self.weight(scan)
        if let index = state.current.firstIndex(where: { $0.scan.probes == scan.probes }) {
            state.current.remove(at: index)
        }
        state.time[name, default: .zero] += duration
        state.remaining[name, default: 1] -= 1
        // What took no time needs no line; a log is read for what did.
        guard mode == .lines, state.remaining[name] == 0, let time = state.time[name], time >= .seconds(1) else {
            return
        }
        let rows = scan.relation.estimatedRowCount.map { ", about \(Int($0)) rows" } ?? ""
        Console.note("assay: \(name) done, \(time.text) on the server\(rows)")
    }

    /// Larger relations take longer; every statement takes something.
    private static func weight(_ scan: Scan) -> Double {
        Double(scan.relation.sizeBytes) + 65_536
    }

    private func draw(_ state: inout State) {
        guard let plan = state.plan, !plan.scans.isEmpty else { return }
        let width = Console.width(of: STDERR_FILENO) ?? 80
        let partial = state.current.reduce(0) { $0 + Self.weight($1.scan) * $1.fraction }
        let share = state.totalWeight > 0 ? (state.finishedWeight + partial) / state.totalWeight : 1
        let cells = 20
        let full = Int(share * Double(cells))
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
        let elapsed = ContinuousClock.now - state.started
        var text = "\(bar) \(state.finishedScans)/\(plan.scans.count) statements · \(elapsed.roundedText)"
        let rows = plan.scans.prefix(state.finishedScans).compactMap(\.relation.estimatedRowCount).reduce(0, +)
        let seconds = Double(elapsed.milliseconds) / 1000
        if rows > 100_000, seconds > 1 { text += " · \(Int(rows / seconds / 1000))k rows/s" }
        if share > 0.05, share < 1, seconds > 1 {
            text += " · about \(Duration.seconds(seconds / share - seconds).roundedText) left"
        }
        if state.fetches > 0 { text += " · failing rows \(state.fetched)/\(state.fetches)" }
        if let name = state.current.last?.scan.dataset.description { text += " · \(TerminalText.harmless(name))" }
        Console.writeError("\r\u{1B}[K" + TerminalText.cut(text, to: width - 1))
        state.isDrawn = true
    }
}

extension Duration {
    fileprivate var roundedText: String {
        Duration.seconds(Int64((Double(milliseconds) / 1000).rounded())).text
    }
}

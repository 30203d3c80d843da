import ArgumentParser
import Checks
import ExactJSON
import Execution
import Reporting

extension Period: ExpressibleByArgument {}

/// `assay run --by`: the parts of a window, each a run of its own.
extension RunCommand {
    /// Reads a window on the server; one that is none is wrong usage.
    static func readingWindow<Value: Sendable>(_ target: String, _ body: () async throws -> Value) async throws -> Value
    {
        do {
            return try await OneShot.reaching("the server of target \"\(target)\"", body)
        } catch let error as WindowError {
            throw CommandFailure(
                .usage, error.message,
                hint: "--window takes FROM..TO, as PostgreSQL reads instants; --zone names a clock.")
        }
    }

    /// Evaluates and records the steps, and exits with the status of the worst.
    func backfill(_ request: RunFlow.Request, steps: [(from: String, to: String)]) async throws {
        let progress = ProgressReporter(self.progress)
        let isFailingOnWarning = failOn == .warn
        let flow = RunFlow(request: request, progress: progress, failsOnWarning: isFailingOnWarning)
        let formats = outputs
        let isShown = formats.contains { $0.format == .pretty && $0.path == nil }
        let style = Console.style(project.color)
        let backfill = BackfillFlow(flow: flow, steps: steps, repeats: repeats)
        let outcome: BackfillFlow.Outcome
        do {
            outcome = try await Interruption.watching {
                try await backfill.run { runs in
                    progress.finish()
                    guard isShown else { return }
                    for run in runs { Console.write(BackfillText(style: style).lines(of: run)) }
                }
            }
        } catch {
            progress.finish()
            guard Interruption.signal != nil else {
                return try await OneShot.reaching("the server of target \"\(request.targetName)\"") { throw error }
            }
            throw CommandFailure(
                Interruption.status, "interrupted; parts that were recorded are done, and left out next time")
        }
        for output in formats where !(output.format == .pretty && output.path == nil) {
            try RunOutput.write(text(of: outcome, format: output.format), to: output.path)
        }
        var statuses = outcome.runs.map { RunFlow.Outcome(run: $0).status(failsOnWarning: isFailingOnWarning) }
        if outcome.failedBefore > 0 { statuses.append(.failed) }
        if outcome.recordingError != nil { statuses.append(.notRecorded) }
        let done =
            outcome.doneBefore > 0
            ? ", \(outcome.doneBefore) done before"
                + (outcome.failedBefore > 0 ? ", \(outcome.failedBefore) of them failed" : "") : ""
        let recorded = request.results != nil && outcome.recordingError == nil ? " · recorded as backfill" : ""
        if isShown { Console.write("\(outcome.runs.count) of \(steps.count) parts\(done)\(recorded)\n") }
        if let message = outcome.recordingError {
            Console.error("the results were not recorded: \(message)", hint: outcome.recordingHint)
        }
        for status in [ExitStatus.notEvaluated, .notRecorded, .failed] where statuses.contains(status) {
            throw ExitCode(status.rawValue)
        }
    }

    private func text(of outcome: BackfillFlow.Outcome, format: RunFormat) -> String {
        switch format {
        case .json:
            JSONValue.object([.init("runs", .array(outcome.runs.map { RunJSON($0).document }))]).indentedText + "\n"
        case .ndjson: outcome.runs.map { RunJSON($0).lines }.joined()
        default:
            outcome.runs.map { BackfillText(style: TerminalStyle(usesColor: false, width: 120)).lines(of: $0) }.joined()
        }
    }
}

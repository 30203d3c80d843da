package import Checks
import StructuredSQL

/// A run in Prometheus' text format, for the textfile collector of the node exporter.
///
/// Times at which something last went well stay in the file when it did not go well this time: they are taken from what the
/// file says so far. A check that was not evaluated has no `assay_check_passing`: unknown is neither 1 nor 0.
package struct PrometheusText {
    private let run: RunRecord
    /// Samples of the file as it was, by name and labels.
    private let previous: [String: String]
    private var lines: [String] = []

    /// `previous` is the text that this one takes the place of.
    package init(_ run: RunRecord, previous: String?) {
        self.run = run
        self.previous = (previous ?? "").split(separator: "\n").reduce(into: [:]) { samples, line in
            guard !line.hasPrefix("#"), let space = line.lastIndex(of: " ") else { return }
            samples[String(line[..<space])] = String(line[line.index(after: space)...])
        }
    }

    /// The whole file, ending with a line break.
    package var text: String {
        var copy = self
        copy.write()
        return copy.lines.joined(separator: "\n") + "\n"
    }

    private mutating func write() {
        let target = [("target", run.target)]
        let finished = Self.seconds(run.finishedAt)
        let isSuccess = run.count(of: .error) == 0
        family("assay_build_info", "What ran; always 1.", [([("version", run.assayVersion)], "1")])
        family(
            "assay_run_last_start_timestamp_seconds", "When the last run began.",
            [(target, Self.seconds(run.startedAt))])
        family(
            "assay_run_last_completion_timestamp_seconds", "When the last run ended, whatever came of it.",
            [(target, finished)])
        family(
            "assay_run_last_success_timestamp_seconds",
            "When a run last ended that evaluated every check, whether data passed or failed.",
            [(target, isSuccess ? finished : kept("assay_run_last_success_timestamp_seconds", target))])
        family(
            "assay_run_duration_seconds", "How long the last run took.",
            [(target, Duration.microseconds(run.finishedAt.microseconds - run.startedAt.microseconds).secondsText)])
        family(
            "assay_run_checks", "Checks of the last run by outcome.",
            Outcome.allCases.map { (target + [("outcome", $0.rawValue)], String(run.count(of: $0))) })
        func labels(_ result: CheckResult) -> [(String, String)] { target + [("check", result.check.id)] }
        family(
            "assay_check_passing", "1 where the data passed or warned, 0 where they failed; absent where nobody knows.",
            run.results.map { (labels($0), $0.outcome.isConclusive ? $0.outcome == .fail ? "0" : "1" : nil) })
        family(
            "assay_check_failing", "What failed, in what the check counts.",
            run.results.map { (labels($0), $0.failing.map(String.init)) })
        family(
            "assay_check_looked_at", "What was looked at.", run.results.map { (labels($0), $0.total.map(String.init)) })
        family(
            "assay_check_value", "The number that the check computes.",
            run.results.map { (labels($0), $0.value.map(Self.number)) })
        family(
            "assay_check_last_run_timestamp_seconds", "When the check was last asked.",
            run.results.filter { $0.outcome != .skip }.map { (labels($0), finished) })
        family(
            "assay_check_last_pass_timestamp_seconds", "When the check last passed or warned.",
            run.results.map { result in
                let passes = result.outcome == .pass || result.outcome == .warn
                return (
                    labels(result), passes ? finished : kept("assay_check_last_pass_timestamp_seconds", labels(result))
                )
            })
        family(
            "assay_check_info", "What the check is; always 1.",
            run.results.map { result in
                let check = result.check
                let facts = [
                    ("dataset", check.dataset.name), ("kind", check.kindName), ("severity", check.severity.rawValue),
                    ("dimension", check.dimension.rawValue), ("owner", check.owner ?? ""),
                ]
                return (labels(result) + facts, "1")
            })
    }

    /// A metric with its samples; nothing at all where it has none.
    private mutating func family(
        _ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: String?)]
    ) {
        let present = samples.compactMap { sample in sample.value.map { (Self.series(name, sample.labels), $0) } }
        guard !present.isEmpty else { return }
        lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge"]
        lines += present.map { "\($0) \($1)" }
    }

    private func kept(_ name: String, _ labels: [(String, String)]) -> String? { previous[Self.series(name, labels)] }

    private static func series(_ name: String, _ labels: [(String, String)]) -> String {
        let pairs = labels.map { label, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(label)=\"\(escaped)\""
        }
        return "\(name){\(pairs.joined(separator: ","))}"
    }

    private static func seconds(_ instant: Timestamp) -> String {
        Duration.microseconds(instant.microseconds).secondsText
    }

    /// PostgreSQL's text of a number as Prometheus reads it.
    private static func number(_ text: String) -> String {
        switch text {
        case "Infinity": "+Inf"
        case "-Infinity": "-Inf"
        default: text
        }
    }
}

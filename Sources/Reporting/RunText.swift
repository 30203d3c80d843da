package import Checks
import StructuredSQL

/// A run for people: what failed first to see, with its rows, and a summary at the end.
package struct RunText {
    private let run: RunRecord
    private let style: TerminalStyle
    private let options: Options

    /// What a reader may choose.
    package struct Options: Sendable {
        /// Rows shown of each failure.
        package var rowCount: Int
        /// Whether checks that passed are listed one by one.
        package var listsPassing: Bool
        /// Directory of the project as the user would type it, with a slash, so that places can be opened.
        package var directory: String
        /// How psql reaches the target, without secrets, such as `"service=warehouse"`.
        package var psqlTarget: String

        package init(rowCount: Int = 5, listsPassing: Bool = false, directory: String = "", psqlTarget: String) {
            self.rowCount = rowCount
            self.listsPassing = listsPassing
            self.directory = directory
            self.psqlTarget = psqlTarget
        }
    }

    package init(_ run: RunRecord, style: TerminalStyle, options: Options) {
        self.run = run
        self.style = style
        self.options = options
    }

    /// The whole text, ending with a line break.
    package var text: String {
        var lines = [header, ""]
        for warning in run.warnings {
            lines.append(style.paint("warning: ", .yellow) + TerminalText.harmless(warning))
        }
        if !run.warnings.isEmpty { lines.append("") }
        for (name, results) in run.resultsByDataset { lines += dataset(name, results) }
        lines += summary
        return lines.joined(separator: "\n") + "\n"
    }

    private var header: String {
        let parts = [
            TerminalText.harmless(run.target), run.server, "as of \(run.observedAt.secondsText)",
            NumberText.plural(run.results.count, "check"),
        ]
        return style.paint("assay", .bold) + " " + parts.joined(separator: " · ")
    }

    private func dataset(_ name: String, _ results: [CheckResult]) -> [String] {
        var lines: [String] = []
        let total = results.first { $0.check.filter == nil && $0.estimate == nil && $0.total != nil && $0.countsRows }?
            .total
        let rows = total.map { style.paint("  " + NumberText.plural($0, "row"), .dim) } ?? ""
        lines.append(style.paint(TerminalText.harmless(name), .bold) + rows)
        let passing = results.filter { $0.outcome == .pass }
        if !passing.isEmpty, !options.listsPassing {
            let proved = passing.count { $0.provedBy != nil }
            let note = proved > 0 ? style.paint(" (\(proved) proved by the catalog)", .dim) : ""
            lines.append(
                "  " + style.paint("✓", .green) + " \(NumberText.plural(passing.count, "check")) passed" + note)
        }
        for result in results where result.outcome != .pass || options.listsPassing {
            lines += ResultText(result, run: run, style: style, options: options).lines
        }
        lines.append("")
        return lines
    }

    private var summary: [String] {
        let words: [(Outcome, String, TerminalStyle.Look)] = [
            (.pass, "passed", .green), (.warn, "warned", .yellow), (.fail, "failed", .boldRed),
            (.error, "could not be evaluated", .magenta), (.skip, "skipped", .dim),
        ]
        let counts = words.compactMap { outcome, word, look -> String? in
            let count = run.count(of: outcome)
            return count > 0 ? style.paint("\(count) \(word)", look) : nil
        }
        let elapsed = Duration.microseconds(run.finishedAt.microseconds - run.startedAt.microseconds)
        var lines = [
            (counts.isEmpty ? ["no checks"] : counts).joined(separator: ", ") + " in \(NumberText.seconds(elapsed))"
        ]
        if run.isRecorded {
            lines[0] += style.paint(" · recorded as run \(run.id.prefix(8))", .dim)
        }
        return lines
    }
}

extension Timestamp {
    /// The instant without a fraction, as people read it.
    var secondsText: String {
        let text = text
        let head = text.prefix(19)
        return head.replacing("T", with: " ") + "Z"
    }
}

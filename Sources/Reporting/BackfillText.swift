package import Checks
import StructuredSQL

/// The steps of a backfill for people: a line each, and below those that did not pass what did not.
package struct BackfillText {
    private let style: TerminalStyle

    package init(style: TerminalStyle) {
        self.style = style
    }

    /// A step's lines, ending with a line break.
    package func lines(of run: RunRecord) -> String {
        let looks: [(Outcome, String, TerminalStyle.Look)] = [
            (.pass, "passed", .green), (.warn, "warned", .yellow), (.fail, "failed", .boldRed),
            (.error, "could not be evaluated", .magenta), (.skip, "skipped", .dim),
        ]
        let counts = looks.compactMap { outcome, word, look -> String? in
            let count = run.count(of: outcome)
            return count > 0 ? style.paint("\(count) \(word)", look) : nil
        }
        let window = run.window.map { "\(Self.short($0.from)) .. \(Self.short($0.to))" } ?? ""
        var lines = [
            style.paint(window, .bold) + "  " + (counts.isEmpty ? "no checks" : counts.joined(separator: ", "))
        ]
        for result in run.results where [.warn, .fail, .error].contains(result.outcome) {
            let mark = result.outcome == .fail ? "✗" : result.outcome == .warn ? "!" : "?"
            let look: TerminalStyle.Look =
                result.outcome == .fail ? .boldRed : result.outcome == .warn ? .yellow : .magenta
            lines.append(
                "  " + style.paint(mark, look) + " "
                    + TerminalText.harmless("\(result.check.id)  \(result.plainFinding)"))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `2026-10-01T00:00:00.000000Z` without what is all zeros.
    private static func short(_ instant: String) -> String {
        var text = instant.replacing(".000000Z", with: "Z")
        for zeros in [":00Z", "T00:00Z"] where text.hasSuffix(zeros) {
            text = String(text.dropLast(zeros.count)) + (zeros == ":00Z" ? "Z" : "")
        }
        return text
    }
}

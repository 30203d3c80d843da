package import Checks
import ExactJSON
import StructuredSQL

/// A run in Markdown, as for the summary of a CI job: what did not pass first, with some of its rows.
package struct MarkdownText {
    private let run: RunRecord
    private let options: RunText.Options

    package init(_ run: RunRecord, options: RunText.Options) {
        self.run = run
        self.options = options
    }

    /// The document, ending with a line break.
    package var text: String {
        let counts = Outcome.allCases.filter { run.count(of: $0) > 0 }.map {
            "\(Self.mark($0)) \(run.count(of: $0)) \($0.rawValue)"
        }
        var lines = [
            "## Assay: \(Self.inline(run.target))", "",
            "\(counts.isEmpty ? "no checks" : counts.joined(separator: " · ")) · \(Self.inline(run.server)) · as of \(run.observedAt.secondsText)",
        ]
        for warning in run.warnings { lines += ["", "> warning: \(Self.inline(warning))"] }
        let open = run.results.filter { [.error, .fail, .warn].contains($0.outcome) }
        if !open.isEmpty {
            lines += ["", "| | Check | Found | Severity | Owner |", "|---|---|---|---|---|"]
            lines += open.map { result in
                let place = Self.inline(options.directory + "\(result.check.source.file):\(result.check.source.line)")
                return "| \(Self.mark(result.outcome)) | \(Self.inline(result.check.id))<br><sub>\(place)</sub> | "
                    + "\(Self.inline(result.plainFinding)) | \(result.check.severity.rawValue) | \(Self.inline(result.check.owner ?? "")) |"
            }
        }
        for result in open { lines += details(result) }
        let others = run.results.filter { [.pass, .skip].contains($0.outcome) }
        if !others.isEmpty {
            lines += [
                "", "<details><summary>\(NumberText.plural(others.count, "check")) passed or skipped</summary>", "",
            ]
            lines += others.map {
                "- \(Self.mark($0.outcome)) \(Self.inline($0.check.id)): \(Self.inline($0.provedBy.map { "proved by \($0)" } ?? $0.plainFinding))"
            }
            lines += ["", "</details>"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func details(_ result: CheckResult) -> [String] {
        let check = result.check
        var body: [String] = []
        if let description = check.description {
            let lines = description.split(separator: "\n").map { Self.inline(String($0)) }
            body += [lines.joined(separator: "<br>"), ""]
        }
        if let runbook = check.runbook { body += ["runbook: \(Self.link(runbook))", ""] }
        if let hint = result.failure?.hint { body += ["hint: \(Self.inline(hint))", ""] }
        let rows = result.rows.sample.prefix(options.rowCount)
        var names: [String] = []
        if case .object(let members)? = rows.first { names = members.map(\.name) }
        if !names.isEmpty {
            body += [
                "| " + names.map(Self.inline).joined(separator: " | ") + " |", "|" + names.map { _ in "---|" }.joined(),
            ]
            body += rows.map { row in
                "| " + names.map { name in row[name].map(Self.cell) ?? "" }.joined(separator: " | ") + " |"
            }
            let failing = result.wantedFailing ?? rows.count
            if failing > rows.count { body += ["", "\(rows.count) of \(NumberText.grouped(failing)) rows shown."] }
        }
        guard !body.isEmpty else { return [] }
        return ["", "<details><summary>\(Self.inline(check.id))</summary>", ""] + body + ["", "</details>"]
    }

    static func mark(_ outcome: Outcome) -> String {
        switch outcome {
        case .pass: "✅"
        case .warn: "⚠️"
        case .fail: "❌"
        case .error: "❓"
        case .skip: "➖"
        }
    }

    private static func cell(_ value: JSONValue) -> String {
        switch value {
        case .null: "*NULL*"
        case .string(let text): inline(String(text.prefix(200)))
        default: inline(String(value.compactText.prefix(200)))
        }
    }

    /// A link, if the text is nothing but one; else the text.
    private static func link(_ text: String) -> String {
        text.wholeMatch(of: #/https?:\/\/[A-Za-z0-9.\-_~\/?#&=%:+,]+/#) != nil ? "<\(text)>" : inline(text)
    }

    /// A text that means nothing in Markdown or HTML, on one line.
    static func inline(_ text: String) -> String {
        var result = ""
        for character in TerminalText.harmless(text) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "*", "_", "`", "[", "]", "\\", "~", "#", "!", "$", "@", ":":
                // As a character reference, which no dialect reads as markup, a mention or a link.
                result += character.unicodeScalars.map { "&#\($0.value);" }.joined()
            default: result.append(character)
            }
        }
        return result
    }
}

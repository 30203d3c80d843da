import Checks
package import Comparison

/// Comparisons as CI systems read them.
package struct ComparisonFormats {
    private let reports: [ComparisonReport]
    private let required: ModelResult.Verdict?
    private let rowCount: Int

    /// - Parameters:
    ///   - reports: What came of the comparisons.
    ///   - required: The verdict on models without which they fail; `nil` where any will do.
    ///   - rowCount: Rows to show of each, at most.
    package init(_ reports: [ComparisonReport], requiring required: ModelResult.Verdict?, rowCount: Int) {
        self.reports = reports
        self.required = required
        self.rowCount = rowCount
    }

    /// Markdown, as for the summary of a CI job.
    package var markdown: String {
        var lines = ["## Assay: comparisons", "", "| | Comparison | Verdict | Why |", "|---|---|---|---|"]
        lines += reports.map { report in
            let cells = [
                MarkdownText.mark(report.outcome(requiring: required)), MarkdownText.inline(report.label),
                MarkdownText.inline(report.verdict),
                report.reasons.map(MarkdownText.inline).joined(separator: "<br>"),
            ]
            return "| \(cells.joined(separator: " | ")) |"
        }
        let style = TerminalStyle(usesColor: false, width: 120)
        for report in reports {
            // Indented as code: what is in it cannot be markup.
            lines += ["", "<details><summary>\(MarkdownText.inline(report.label))</summary>", ""]
            lines += report.text(style: style, rowCount: rowCount).split(
                separator: "\n", omittingEmptySubsequences: false
            )
            .map { $0.isEmpty ? "" : "    " + $0 }
            lines.append("</details>")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A page that needs nothing else: verdicts first, then each comparison with its figures, curves and rows.
    package var html: String {
        let rows = reports.map { report -> [HTML] in
            [
                HTML(text: report.label), HTML(text: report.verdict),
                report.reasons.map { HTML(text: $0) }.joined(separator: "<br>"),
            ]
        }
        let overview: HTML =
            reports.count < 2
            ? ""
            : HTML.table(caption: "Verdicts", head: ["comparison", "verdict", "why"], rows: rows)
        let body: HTML = """
            <header><h1>Assay: \(reports.count == 1 ? "comparison" : "comparisons")</h1></header>
            <main>
            \(overview)
            \(reports.map { $0.html(rowCount: rowCount) }.joined(separator: "\n"))
            </main>
            """
        return Page(title: "Assay: \(reports.map(\.label).joined(separator: ", "))", body: body).text
    }

    /// JUnit XML: a case per comparison, with the rows that differ as the text of its failure.
    package var junit: String {
        let outcomes = reports.map { $0.outcome(requiring: required) }
        let counts =
            "tests=\"\(reports.count)\" failures=\"\(outcomes.count { $0 == .fail })\" "
            + "errors=\"\(outcomes.count { $0 == .error })\" skipped=\"0\""
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites name=\"assay\" \(counts)>",
            "  <testsuite name=\"comparisons\" \(counts)>",
        ]
        let style = TerminalStyle(usesColor: false, width: 120)
        for (report, outcome) in zip(reports, outcomes) {
            let head = "    <testcase name=\"\(JUnitXML.escaped(report.label))\" classname=\"comparisons\""
            guard outcome != .pass else {
                lines.append(head + "/>")
                continue
            }
            let element = outcome == .fail ? "failure" : "error"
            let message = report.reasons.joined(separator: "; ")
            let body = report.source + "\n" + report.text(style: style, rowCount: rowCount)
            lines += [
                head + ">",
                "      <\(element) type=\"\(report.verdict)\" message=\"\(JUnitXML.escaped(message))\">"
                    + "\(JUnitXML.escaped(body))</\(element)>",
                "    </testcase>",
            ]
        }
        return (lines + ["  </testsuite>", "</testsuites>"]).joined(separator: "\n") + "\n"
    }
}

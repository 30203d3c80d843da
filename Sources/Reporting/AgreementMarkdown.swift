import Checks
package import ServiceLevels

/// Agreements in Markdown: verdicts, objectives, downtime, exclusions.
package struct AgreementMarkdown {
    private let statuses: [AgreementStatus]
    private let name: String

    /// - Parameters:
    ///   - statuses: Of agreements in one period.
    ///   - name: Of the period.
    package init(_ statuses: [AgreementStatus], period name: String) {
        self.statuses = statuses
        self.name = name
    }

    package var text: String {
        var lines = ["# Service levels, \(MarkdownText.inline(name))"]
        for status in statuses {
            lines += [
                "", "## \(MarkdownText.inline(status.agreement.name))", "",
                MarkdownText.inline(StatusText.period(status)),
                "", "| Objective | Target | Attained | Without exclusions | Budget left | Coverage | Verdict |",
                "|---|---:|---:|---:|---:|---:|---|",
            ]
            lines += status.objectives.map { one in
                let cells = [
                    one.objective.name, "\(one.objective.target.percent) %", Self.text(one.attained),
                    Self.text(one.withoutExclusions),
                    one.remainingPercent.map { "\($0) %" } ?? "–",
                    one.counts.coverage.percent(digits: 1).map { "\($0) %" } ?? "–", one.verdict.rawValue,
                ]
                return "| \(cells.map(MarkdownText.inline).joined(separator: " | ")) |"
            }
            lines += ["", "| Dataset | Down | At least | At most |", "|---|---:|---:|---:|"]
            lines += status.datasets.map { one in
                let cells = [
                    one.downtime.dataset, StatusText.length(one.downtime.length), StatusText.length(one.downtime.least),
                    StatusText.length(one.downtime.most),
                ]
                return "| \(cells.map(MarkdownText.inline).joined(separator: " | ")) |"
            }
            lines +=
                status.exclusions.isEmpty
                ? [] : ["", "| Excluded | Time | Reason | Approved by |", "|---|---|---|---|"]
            lines += status.exclusions.map { one in
                let cells = [
                    one.scope, "\(one.range.from.minutesText) .. \(one.range.to.minutesText)", one.reason,
                    one.approvedBy + (one.isRetroactive ? ", afterwards" : ""),
                ]
                return "| \(cells.map(MarkdownText.inline).joined(separator: " | ")) |"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ ratio: Ratio) -> String {
        ratio.percent().map { "\($0) % (\(ratio.good) of \(ratio.total))" } ?? "–"
    }
}

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
        (["# Service levels, \(MarkdownText.inline(name))"] + statuses.flatMap(section)).joined(separator: "\n") + "\n"
    }

    private func section(_ status: AgreementStatus) -> [String] {
        [
            "", "## \(MarkdownText.inline(status.agreement.name))", "", MarkdownText.inline(StatusText.period(status)),
        ] + scorecard(status) + datasets(status) + incidents(status) + timeliness(status) + exclusions(status)
            + changes(status) + [
                "",
                "\(NumberText.grouped(status.observationCount)) results of \(NumberText.grouped(status.checks.count)) checks were looked at.",
            ]
    }

    private func scorecard(_ status: AgreementStatus) -> [String] {
        Self.table(
            [
                "Objective", "Target:", "Attained:", "Without exclusions:", "Restated:", "Budget left:", "Coverage:",
                "Verdict",
            ],
            status.objectives.map { one in
                [
                    one.objective.name, one.targets.map { "\($0.percent) %" }.joined(separator: ", then "),
                    Self.text(one.attained), Self.text(one.withoutExclusions),
                    one.restated.map(Self.text) ?? "the same",
                    one.remainingPercent.map { "\($0) %" } ?? "–",
                    one.counts.coverage.percent(digits: 1).map { "\($0) %" } ?? "–", one.verdict.rawValue,
                ]
            })
    }

    private func datasets(_ status: AgreementStatus) -> [String] {
        Self.table(
            ["Dataset", "Down:", "At least:", "At most:"],
            status.datasets.map { one in
                [
                    one.downtime.dataset, StatusText.length(one.downtime.length), StatusText.length(one.downtime.least),
                    StatusText.length(one.downtime.most),
                ]
            })
    }

    private func incidents(_ status: AgreementStatus) -> [String] {
        func length(_ time: Int?) -> String { time.map(StatusText.length) ?? "–" }
        return Self.table(
            [
                "Incident", "Check", "Severity", "Detected", "To detect:", "To notify:", "To acknowledge:",
                "To repair:", "Status",
            ],
            status.incidents.map { one in
                [
                    one.id, one.check, one.severity.rawValue, one.failure.detectedAt.minutesText,
                    length(one.timeToDetect), length(one.timeToNotify), length(one.timeToAcknowledge),
                    length(one.timeToRepair),
                    one.status.rawValue,
                ]
            })
    }

    private func timeliness(_ status: AgreementStatus) -> [String] {
        Self.table(
            ["Objective", "Due:", "In time:", "Late:", "Missing:", "Not evaluated:"],
            status.objectives.map { one in
                [one.objective.name]
                    + [
                        one.counts.timeliness.total, one.counts.timely, one.counts.late, one.counts.missing,
                        one.counts.errored,
                    ].map(NumberText.grouped)
            })
    }

    private func exclusions(_ status: AgreementStatus) -> [String] {
        Self.table(
            ["Excluded", "Time", "Reason", "Approved by"],
            status.exclusions.map { one in
                [
                    one.scope, "\(one.range.from.minutesText) .. \(one.range.to.minutesText)", one.reason,
                    one.approvedBy + (one.isRetroactive ? ", afterwards" : ""),
                ]
            })
    }

    private func changes(_ status: AgreementStatus) -> [String] {
        Self.table(
            ["Changed", "Of", "Name", "Change"],
            status.changes.map { [$0.at.minutesText, $0.subject.rawValue, $0.name, $0.text] })
    }

    /// A table, with an empty line before it; nothing without rows.
    ///
    /// A title that ends with a colon is of numbers.
    private static func table(_ titles: [String], _ rows: [[String]]) -> [String] {
        guard !rows.isEmpty else { return [] }
        let head = titles.map { $0.hasSuffix(":") ? String($0.dropLast()) : $0 }
        return [
            "", "| \(head.joined(separator: " | ")) |",
            "|\(titles.map { $0.hasSuffix(":") ? "---:" : "---" }.joined(separator: "|"))|",
        ] + rows.map { "| \($0.map(MarkdownText.inline).joined(separator: " | ")) |" }
    }

    private static func text(_ ratio: Ratio) -> String {
        ratio.percent().map { "\($0) % (\(ratio.good) of \(ratio.total))" } ?? "–"
    }
}

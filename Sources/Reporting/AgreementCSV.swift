import Checks
package import ServiceLevels

/// Objectives of agreements as RFC 4180: a line each, figures as whole numbers.
package struct AgreementCSV {
    private let statuses: [AgreementStatus]

    package init(_ statuses: [AgreementStatus]) {
        self.statuses = statuses
    }

    private static let head = [
        "sla", "from", "to", "as_of", "slo", "target", "method", "good", "total", "percent", "good_without_exclusions",
        "total_without_exclusions", "coverage_good", "coverage_total", "timely", "missing", "errored", "excluded",
        "verdict",
    ]

    package var text: String {
        let lines = statuses.flatMap { status in
            status.objectives.map { one in
                [
                    status.agreement.name, status.period.from.text, status.period.to.text, status.asOf.text,
                    one.objective.name, one.objective.target.decimal, one.objective.method.rawValue,
                    String(one.attained.good), String(one.attained.total), one.attained.percent(digits: 6) ?? "",
                    String(one.withoutExclusions.good), String(one.withoutExclusions.total),
                    String(one.counts.coverage.good), String(one.counts.coverage.total), String(one.counts.timely),
                    String(one.counts.missing), String(one.counts.errored), String(one.counts.excluded),
                    one.verdict.rawValue,
                ]
            }
        }
        return ([Self.head] + lines).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A field that is text wherever it is opened: what a spreadsheet would take for a formula gets an apostrophe.
    private static func field(_ text: String) -> String {
        let harmless = TerminalText.harmless(text)
        let isFormula = harmless.first.map { "=+-@".contains($0) } ?? false
        let safe = isFormula ? "'" + harmless : harmless
        guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

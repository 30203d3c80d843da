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
        "total_without_exclusions", "good_restated", "total_restated", "allowed", "coverage_good", "coverage_total",
        "timely", "missing", "errored", "excluded",
        "verdict",
    ]

    package var text: String {
        let lines = statuses.flatMap { status in status.objectives.map { Self.line($0, of: status) } }
        return ([Self.head] + lines).map { $0.map(Self.field).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func line(_ one: ObjectiveResult, of status: AgreementStatus) -> [String] {
        let names: [String] = [
            status.agreement.name, status.period.from.text, status.period.to.text, status.asOf.text,
            one.objective.name, one.objective.target.decimal, one.objective.method.rawValue,
        ]
        let counts = one.counts
        let numbers: [Int?] = [
            one.withoutExclusions.good, one.withoutExclusions.total, one.restated?.good, one.restated?.total,
            one.budget.allowedOfPeriod, counts.coverage.good, counts.coverage.total, counts.timely, counts.missing,
            counts.errored, counts.excluded,
        ]
        return names + [String(one.attained.good), String(one.attained.total), one.attained.percent(digits: 6) ?? ""]
            + numbers.map { $0.map(String.init) ?? "" } + [one.verdict.rawValue]
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

import Checks
import ServiceLevels

/// One agreement of a page: the scorecard first, then what it rests on.
struct AgreementSection {
    let status: AgreementStatus

    var html: HTML {
        let parts: [HTML?] = [
            header, scorecard, DaySections(status: status).html, BudgetSections(status: status).html, downtime,
            IncidentSections(status: status).html, EvidenceSections(status: status).html,
        ]
        return """
            <section aria-label="\(status.agreement.name)">
            \(parts.compactMap(\.self).joined(separator: "\n"))
            </section>
            """
    }

    private var header: HTML {
        let agreement = status.agreement
        let consumer: HTML =
            agreement.consumer.map { "<p>For \($0)\(agreement.owner.map { ", kept by \($0)" } ?? "").</p>" } ?? ""
        let description: HTML = agreement.description.map { "<p>\($0)</p>" } ?? ""
        let hours: HTML = agreement.hours.map { " Only business hours count: \($0.text)." } ?? ""
        return """
            <h2>\(agreement.name)</h2>
            \(verdict)
            \(consumer)\(description)
            <p class="quiet">\(StatusText.period(status)) (\(status.period.from.text) to \(status.period.to.text)).\(hours)</p>
            """
    }

    /// The worst of its objectives'.
    private var verdict: HTML {
        let verdicts = status.objectives.map(\.verdict)
        let worst = [ObjectiveResult.Verdict.missed, .insufficientEvidence].first(where: verdicts.contains) ?? .met
        return "<p class=\"verdict \(worst.look)\">\(worst.sign) \(worst.words.capitalizedFirst)</p>"
    }

    // MARK: Scorecard

    private var scorecard: HTML {
        let hasRestated = status.objectives.contains { $0.restated != nil }
        let rows = status.objectives.map { one -> [HTML] in
            [
                "\(one.objective.name) <span class=\"quiet under\">\(one.objective.method.rawValue), \(one.objective.unknown.rawValue)</span>",
                targets(one), ratio(one.attained),
                one.withoutExclusions == one.attained ? "the same" : ratio(one.withoutExclusions),
            ] + (hasRestated ? [one.restated.map(ratio) ?? "the same"] : []) + [
                HTML(text: one.remainingPercent.map { "\($0) %" } ?? "–"),
                HTML(text: one.budget.allowedOfPeriod.map { "\(one.attained.bad) of \($0)" } ?? "–"),
                HTML(text: one.counts.coverage.percent(digits: 1).map { "\($0) %" } ?? "–"),
                "<span class=\"\(one.verdict.look)\">\(one.verdict.sign) \(one.verdict.words)</span>",
            ]
        }
        let head: [HTML] =
            ["objective", "target", "attained", "without exclusions"] + (hasRestated ? ["restated"] : []) + [
                "budget left", "spent of allowed", "coverage", "verdict",
            ]
        let numbers = Set(1...(hasRestated ? 7 : 6))
        return """
            <h3>Scorecard</h3>
            \(HTML.table(caption: "Objectives; shares are cut, never rounded up", head: head, rows: rows, numbers: numbers))
            """
    }

    /// The target, and where it was changed the ones before with the days from which they held.
    private func targets(_ result: ObjectiveResult) -> HTML {
        guard result.targets.count > 1 else { return "\(result.objective.target.percent) %" }
        return result.versions.map { version in
            "\(version.budget.target.percent) % <span class=\"quiet under\">from \(status.zone.local(version.range.from).date.text)</span>"
        }.joined()
    }

    private func ratio(_ ratio: Ratio) -> HTML {
        guard let percent = ratio.percent() else { return "–" }
        return
            "\(percent) % <span class=\"quiet under\">\(NumberText.grouped(ratio.good)) of \(NumberText.grouped(ratio.total))</span>"
    }

    // MARK: Downtime

    private var downtime: HTML? {
        guard !status.datasets.isEmpty else { return nil }
        let rows = status.datasets.map { one -> [HTML] in
            let down = one.downtime
            return [
                HTML(text: down.dataset), length(down.length), "\(length(down.least)) to \(length(down.most))",
                length(down.sum),
                HTML(text: one.lastGood?.minutesText ?? "never"), HTML(text: one.downSince?.minutesText ?? ""),
            ]
        }
        return """
            <h3>Downtime</h3>
            <p class="quiet">From the first failing to the first good result, of all checks of a dataset together; the bounds are from the \
            first to the last failing, and from the last good before to the first good after.</p>
            \(HTML.table(
                caption: "Datasets", head: ["dataset", "down", "bounds", "sum of its checks", "last good", "down since"], rows: rows,
                numbers: [1, 2, 3]))
            """
    }

    private func length(_ microseconds: Int) -> HTML { HTML(text: StatusText.length(microseconds)) }
}

extension ObjectiveResult.Verdict {
    /// A sign that says it without colour.
    var sign: String {
        switch self {
        case .met: "✓"
        case .missed: "✗"
        case .insufficientEvidence: "?"
        }
    }

    /// The class of pages that paints it.
    var look: String {
        switch self {
        case .met: "good"
        case .missed: "bad"
        case .insufficientEvidence: "unknown"
        }
    }

    /// In words.
    var words: String { rawValue.replacing("_", with: " ") }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

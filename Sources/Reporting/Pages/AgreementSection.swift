import Checks
import ServiceLevels

/// One agreement of a page.
struct AgreementSection {
    let status: AgreementStatus

    var html: HTML {
        let parts: [HTML?] = [header, scorecard, days, budgets, downtime, failures, timeliness, exclusions, evidence]
        return """
            <section aria-label="\(status.agreement.name)">
            \(parts.compactMap(\.self).joined(separator: "\n"))
            </section>
            """
    }

    // MARK: Header and scorecard

    private var header: HTML {
        let agreement = status.agreement
        let consumer: HTML =
            agreement.consumer.map { "<p>For \($0)\(agreement.owner.map { ", kept by \($0)" } ?? "").</p>" } ?? ""
        let description: HTML = agreement.description.map { "<p>\($0)</p>" } ?? ""
        let hours: HTML = agreement.hours == nil ? "" : " Only business hours count."
        return """
            <h2>\(agreement.name)</h2>
            \(verdict)
            \(consumer)\(description)
            <p class="quiet">\(StatusText.period(status)) (\(status.period.from.text) to \(status.period.to.text)).\(hours)</p>
            """
    }

    private var verdict: HTML {
        let verdicts = status.objectives.map(\.verdict)
        if verdicts.contains(.missed) { return "<p class=\"verdict bad\">✗ Missed</p>" }
        if verdicts.contains(.insufficientEvidence) {
            return "<p class=\"verdict unknown\">? Insufficient evidence</p>"
        }
        return "<p class=\"verdict good\">✓ Met</p>"
    }

    private var scorecard: HTML {
        let rows = status.objectives.map { one -> [HTML] in
            [
                HTML(text: one.objective.name), HTML(text: "\(one.objective.target.percent) %"), ratio(one.attained),
                one.withoutExclusions == one.attained ? "the same" : ratio(one.withoutExclusions),
                HTML(text: one.remainingPercent.map { "\($0) %" } ?? "–"),
                HTML(text: one.counts.coverage.percent(digits: 1).map { "\($0) %" } ?? "–"), Self.word(one.verdict),
                HTML(text: "\(one.objective.method.rawValue), \(one.objective.unknown.rawValue)"),
            ]
        }
        return """
            <h3>Scorecard</h3>
            \(HTML.table(
                caption: "Objectives; shares are cut, never rounded up",
                head: ["objective", "target", "attained", "without exclusions", "budget left", "coverage", "verdict", "counted by"],
                rows: rows, numbers: [1, 2, 3, 4, 5]))
            """
    }

    private func ratio(_ ratio: Ratio) -> HTML {
        guard let percent = ratio.percent() else { return "–" }
        return
            "\(percent) % <span class=\"quiet\">(\(NumberText.grouped(ratio.good)) of \(NumberText.grouped(ratio.total)))</span>"
    }

    static func word(_ verdict: ObjectiveResult.Verdict) -> HTML {
        switch verdict {
        case .met: "<span class=\"good\">✓ met</span>"
        case .missed: "<span class=\"bad\">✗ missed</span>"
        case .insufficientEvidence: "<span class=\"unknown\">? insufficient evidence</span>"
        }
    }

    // MARK: Days

    private var days: HTML? {
        let strips = status.objectives.filter { !$0.days.isEmpty }
        guard !strips.isEmpty else { return nil }
        let first = status.zone.local(status.period.from).date
        let last = status.zone.local(Timestamp(microseconds: status.period.to.microseconds - 1)).date
        let dates = (first.days...max(first.days, last.days)).map { CivilDate(days: $0) }
        let rows = strips.map { one -> [HTML] in
            let known = Dictionary(one.days.map { ($0.date, $0) }, uniquingKeysWith: { first, _ in first })
            return [HTML(text: one.objective.name)] + dates.map { cell(known[$0], $0) }
        }
        return """
            <h3>Days</h3>
            <p class="quiet">✓ all good, ✗ some bad, ? something unknown, E excluded, · nothing due or not yet known.</p>
            \(HTML.table(caption: "Each day of the period", head: ["objective"] + dates.map { HTML(text: String($0.day)) }, rows: rows))
            """
    }

    private func cell(
        _ day: (date: CivilDate, counts: ObjectiveResult.Counts, attained: Ratio)?, _ date: CivilDate
    ) -> HTML {
        guard let counts = day?.counts, counts.due > 0 else {
            return "<span class=\"quiet\" title=\"\(date.text)\">·</span>"
        }
        let text =
            "\(date.text): \(counts.good) good, \(counts.bad) bad, \(counts.unknown) unknown, \(counts.excluded) excluded"
        if counts.bad + counts.assumedBad > 0 { return "<span class=\"bad\" title=\"\(text)\">✗</span>" }
        if counts.unknown > 0 { return "<span class=\"unknown\" title=\"\(text)\">?</span>" }
        if counts.good == 0 { return "<span class=\"warn\" title=\"\(text)\">E</span>" }
        return "<span class=\"good\" title=\"\(text)\">✓</span>"
    }

    // MARK: Budgets

    private var budgets: HTML? {
        let plots = status.objectives.compactMap(burnDown)
        guard !plots.isEmpty else { return nil }
        return "<h3>Error budgets</h3>\n<div class=\"figures\">\(plots.map(\.html).joined(separator: "\n"))</div>"
    }

    /// What was left of the period's budget at the end of each day, in per cent.
    private func burnDown(_ result: ObjectiveResult) -> Plot? {
        guard result.objective.method == .occurrences, let planned = result.planned, planned > 0,
            !result.objective.target.allowsNothing, !result.days.isEmpty
        else { return nil }
        let target = result.objective.target
        let allowed = Double(planned) * Double(target.denominator - target.numerator) / Double(target.denominator)
        let first = status.zone.local(status.period.from).date.days
        var spent = 0.0
        var points: [(x: Double, y: Double)] = [(0, 100)]
        for day in result.days {
            spent += Double(day.attained.bad)
            points.append((Double(day.date.days - first + 1), 100 - spent / allowed * 100))
        }
        let length = Double(status.period.length) / 86_400_000_000
        let least = min(0, points.map(\.y).min() ?? 0)
        let left = result.budget.remainingPercent(ofPeriod: true) ?? ""
        return Plot(
            title: "\(result.objective.name): budget left",
            summary: "Error budget of \(result.objective.name): \(left) % left",
            xTitle: "day of the period", yTitle: "per cent", xRange: 0...max(1, length), yRange: least...100,
            series: [
                Plot.Series(name: "", look: .even, points: [(0, 100), (length, 0)]),
                Plot.Series(name: "left", look: .champion, points: points),
            ])
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

    private var failures: HTML? {
        guard !status.failures.isEmpty else { return "<h3>Failures</h3>\n<p>No check failed.</p>" }
        let rows = status.failures.map { one -> [HTML] in
            [
                HTML(text: one.check), HTML(text: one.failure.detectedAt.minutesText), length(one.downtime),
                one.timeToDetect.map { "\(length($0)) (estimated)" } ?? "–",
                one.timeToRepair.map(length) ?? "<span class=\"bad\">open</span>",
                HTML(text: one.failure.firstGood?.minutesText ?? ""),
            ]
        }
        let repairs = DurationSummary(status.failures.compactMap(\.timeToRepair))
        let open = status.failures.count { $0.isOpen }
        let summary: HTML =
            repairs.map {
                "<p>\($0.count) were repaired: half of them within \(length($0.median)), nine of ten within \(length($0.p90)); \(open) open.</p>"
            } ?? "<p>\(open) open.</p>"
        return """
            <h3>Failures</h3>
            \(summary)
            \(HTML.table(
                caption: "By when they began", head: ["check", "detected", "in the period", "time to detect", "time to repair", "good again"],
                rows: rows, numbers: [2, 3, 4]))
            """
    }

    // MARK: Evidence

    private var timeliness: HTML {
        let rows = status.objectives.map { one -> [HTML] in
            let counts = one.counts
            return [
                HTML(text: one.objective.name), HTML(text: NumberText.grouped(counts.timeliness.total)),
                HTML(text: NumberText.grouped(counts.timely)),
                HTML(text: NumberText.grouped(counts.good + counts.bad - min(counts.timely, counts.good + counts.bad))),
                HTML(text: NumberText.grouped(counts.missing)), HTML(text: NumberText.grouped(counts.errored)),
                HTML(text: NumberText.grouped(counts.pending)),
            ]
        }
        return """
            <h3>Timeliness</h3>
            \(HTML.table(
                caption: "Results that were due", head: ["objective", "due", "in time", "late", "missing", "not evaluated", "still to come"],
                rows: rows, numbers: [1, 2, 3, 4, 5, 6]))
            """
    }

    private var exclusions: HTML? {
        guard !status.exclusions.isEmpty else { return "<h3>Exclusions</h3>\n<p>Nothing is excluded.</p>" }
        let rows = status.exclusions.map { one -> [HTML] in
            [
                HTML(text: one.scope), HTML(text: "\(one.range.from.minutesText) .. \(one.range.to.minutesText)"),
                HTML(text: one.reason + (one.ticket.map { " (\($0))" } ?? "")), HTML(text: one.requestedBy),
                HTML(text: "\(one.approvedBy), \(one.approvedAt.minutesText)"), one.isRetroactive ? "yes" : "no",
            ]
        }
        return """
            <h3>Exclusions</h3>
            \(HTML.table(
                caption: "Approved; the scorecard has the figures without them",
                head: ["of", "time", "reason", "asked for by", "approved by", "afterwards"], rows: rows))
            """
    }

    private var evidence: HTML {
        """
        <h3>Evidence</h3>
        <p>\(NumberText.grouped(status.observationCount)) results recorded by \(status.asOf.text) were looked at. A slot's last conclusive \
        planned result counts; manual runs and backfills repair no history.</p>
        """
    }
}

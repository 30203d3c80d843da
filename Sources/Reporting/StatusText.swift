import Checks
package import ServiceLevels

/// Service levels for people, before a period is over: what is kept, what is left of the budget, what is down.
package struct StatusText {
    private let statuses: [AgreementStatus]
    private let style: TerminalStyle

    /// Datasets that are listed at most.
    private static let listed = 12

    /// - Parameters:
    ///   - statuses: Of agreements.
    ///   - style: How to paint.
    package init(_ statuses: [AgreementStatus], style: TerminalStyle) {
        self.statuses = statuses
        self.style = style
    }

    package var text: String {
        statuses.map { text(of: $0) }.joined(separator: "\n")
    }

    private func text(of status: AgreementStatus) -> String {
        let agreement = status.agreement
        let consumer = agreement.consumer.map { "  for \($0)" } ?? ""
        let owner = agreement.owner.map { ", kept by \($0)" } ?? ""
        var lines = [
            style.paint(TerminalText.harmless(agreement.name), .bold) + TerminalText.harmless(consumer + owner)
        ]
        if let description = agreement.description { lines.append("  " + TerminalText.harmless(description)) }
        lines.append("  " + style.paint(TerminalText.harmless(Self.period(status)), .dim))
        lines += table(status)
        // What is down now, then what was down longest.
        let datasets = status.datasets.enumerated().sorted {
            let (one, two) = ($0.element, $1.element)
            let ranks = (one.downSince == nil ? 1 : 0, two.downSince == nil ? 1 : 0)
            return (ranks.0, -one.downtime.length, $0.offset) < (ranks.1, -two.downtime.length, $1.offset)
        }.map(\.element)
        for dataset in datasets.prefix(Self.listed) { lines += line(dataset, asOf: status.asOf) }
        if datasets.count > Self.listed {
            let rest = datasets.dropFirst(Self.listed)
            let down = rest.count { $0.downSince != nil }
            lines.append("  \(rest.count) more datasets\(down > 0 ? ", \(down) of them down" : ", none of them down")")
        }
        return lines.map(\.trimmingSpacesAtEnd).joined(separator: "\n") + "\n"
    }

    static func period(_ status: AgreementStatus) -> String {
        let (from, to) = (status.zone.local(status.period.from), status.zone.local(status.period.to))
        return "\(status.agreement.period.text) \(from.date.text) .. \(to.date.text) in \(status.zone.name), "
            + "as of \(status.asOf.secondsText)"
    }

    private func table(_ status: AgreementStatus) -> [String] {
        let titles = [
            "objective", "target", "attained", "", "budget left", "at the end", "burn 1h", "6h", "1d", "3d", "coverage",
        ]
        let rows = status.objectives.map { one -> [String] in
            let budget = one.budget
            return [
                TerminalText.harmless(one.objective.name), "\(one.objective.target.percent) %",
                one.attained.percent().map { "\($0) %" } ?? "–",
                "\(NumberText.grouped(one.attained.good)) of \(NumberText.grouped(one.attained.total))",
                one.remainingPercent.map { "\($0) %" } ?? "–", atTheEnd(one, status),
            ] + one.recent.map { budget.burnThousandths($0.ratio).map(Self.burn) ?? "–" } + [
                one.counts.coverage.percent(digits: 1).map { "\($0) %" } ?? "–"
            ]
        }
        let widths = titles.indices.map { column in
            ([titles] + rows).map { TerminalText.width($0[column]) }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            "  "
                + cells.enumerated().map { TerminalText.padded($1, to: widths[$0], isRight: $0 > 0) }
                .joined(separator: "  ")
        }
        return [style.paint(line(titles), .dim)]
            + zip(rows, status.objectives).map { row, result in
                line(row) + "  " + verdict(result, isOver: status.asOf >= status.period.to)
                    + burning(result) + pace(result, period: status.period, asOf: status.asOf)
            }
    }

    /// What will be left of the budget when the period is over, if it goes on as in the last days.
    private func atTheEnd(_ result: ObjectiveResult, _ status: AgreementStatus) -> String {
        guard status.asOf < status.period.to, let spent = result.projectedTenths else { return "–" }
        return "\(NumberText.tenths(1000 - spent)) %"
    }

    /// What burns too fast.
    private func burning(_ result: ObjectiveResult) -> String {
        let alerts = result.burning.map { "\($0.factorText) over \($0.window)" }.joined(separator: " and ")
        return alerts.isEmpty ? "" : style.paint(", burns faster than \(alerts)", .boldRed)
    }

    /// When the budget is spent, if it goes on as in the last days and that is before the period is over.
    private func pace(_ result: ObjectiveResult, period: TimeRange, asOf: Timestamp) -> String {
        guard let left = result.timeToExhaustion(period: period.length), left > 0,
            asOf.microseconds + left < period.to.microseconds
        else { return "" }
        return style.paint(", spent in \(Self.length(left)) at the pace of 3 days", .yellow)
    }

    /// Thousandths as `0.7` or `14`.
    private static func burn(_ thousandths: Int) -> String {
        if thousandths >= 10_000 { return String((thousandths + 999) / 1000) }
        let tenths = (thousandths + 99) / 100
        return "\(tenths / 10).\(tenths % 10)"
    }

    private func verdict(_ result: ObjectiveResult, isOver: Bool) -> String {
        let far = isOver ? "" : " so far"
        switch result.verdict {
        case .met:
            return result.hasSpentBudget
                ? style.paint("! met\(far), no budget left", .yellow) : style.paint("✓ met\(far)", .green)
        case .missed: return style.paint("✗ missed\(far)", .boldRed)
        case .insufficientEvidence: return style.paint("? insufficient evidence", .magenta)
        }
    }

    private func line(_ dataset: AgreementStatus.DatasetStatus, asOf: Timestamp) -> [String] {
        let name = TerminalText.harmless(dataset.downtime.dataset)
        let length = Self.length(dataset.downtime.length)
        if let since = dataset.downSince {
            let now = Self.length(asOf.microseconds - since.microseconds)
            let good = dataset.lastGood.map { "last good \($0.minutesText)" } ?? "never known to be good"
            return [
                "  "
                    + style.paint(
                        "\(name) is down since \(since.minutesText) (\(now)), \(good); down \(length) in the period",
                        .boldRed)
            ]
        }
        guard let good = dataset.lastGood else {
            return ["  " + style.paint("\(name): nothing is known of some of its checks", .magenta)]
        }
        return ["  \(name): last good \(good.minutesText), down \(length) in the period"]
    }

    /// Minutes, as people write them.
    static func length(_ microseconds: Int) -> String {
        let minutes = microseconds / 60_000_000
        guard minutes > 0 else { return microseconds > 0 ? "less than a minute" : "0min" }
        return Duration.seconds(minutes * 60).text
    }
}

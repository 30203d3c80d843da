import Checks
import ServiceLevels

/// Error budgets over the period, and what earlier periods came to.
struct BudgetSections {
    let status: AgreementStatus

    var html: HTML {
        let plots = status.objectives.compactMap(burnDown)
        let budgets: HTML? =
            plots.isEmpty
            ? nil : "<h3>Error budgets</h3>\n<div class=\"figures\">\(plots.map(\.html).joined(separator: "\n"))</div>"
        let earlier = status.objectives.map { one in
            // A year in which nothing was due is not shown.
            var shown = one
            shown.earlier = Array(one.earlier.drop { $0.attained.total == 0 })
            return shown
        }.filter { !$0.earlier.isEmpty }
        let trends: HTML? =
            earlier.isEmpty
            ? nil
            : """
            <h3>Earlier periods</h3>
            <div class="figures">\(earlier.map { TrendPlot(result: $0, status: status).html }.joined(separator: "\n"))</div>
            \(table(earlier))
            """
        return [budgets, trends].compactMap(\.self).joined(separator: "\n")
    }

    /// What was left of the period's budget at the end of each day, in per cent.
    private func burnDown(_ result: ObjectiveResult) -> Plot? {
        guard let planned = result.planned, planned > 0, let whole = allowed(result), !result.days.isEmpty else {
            return nil
        }
        let first = status.zone.local(status.period.from).date.days
        var spent = 0.0
        var points: [(x: Double, y: Double)] = [(0, 100)]
        for day in result.days where day.attained.total > 0 {
            spent += Double(day.attained.bad)
            points.append((Double(day.date.days - first + 1), 100 - spent / whole * 100))
        }
        let length = Double(status.zone.days(in: status.period).count)
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

    /// How many slots or slices of the period may be bad, for drawing only.
    private func allowed(_ result: ObjectiveResult) -> Double? {
        let sum = result.versions.reduce(0.0) { sum, version in
            let target = version.budget.target
            let share = Double(target.denominator - target.numerator) / Double(target.denominator)
            return sum + share * Double(version.budget.planned ?? 0)
        }
        return sum > 0 ? sum : nil
    }

    private func table(_ results: [ObjectiveResult]) -> HTML {
        let dates = Set(results.flatMap { $0.earlier.map(\.from) }).sorted()
        let rows = results.map { one -> [HTML] in
            let known = Dictionary(one.earlier.map { ($0.from, $0) }, uniquingKeysWith: { first, _ in first })
            return [HTML(text: one.objective.name)]
                + dates.map { date in
                    guard let period = known[date], let percent = period.attained.percent() else { return "–" }
                    return "<span class=\"\(period.verdict.look)\">\(period.verdict.sign)</span> \(percent) %"
                }
        }
        return HTML.table(
            caption: "By the first day of the period; ✓ met, ✗ missed, ? insufficient evidence, – nothing due",
            head: ["objective"] + dates.map { HTML(text: $0.text) }, rows: rows, numbers: Set(1...max(1, dates.count)))
    }
}

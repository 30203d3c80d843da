import Checks
import ServiceLevels

/// What an objective came to in the periods before and in this one, against what was promised.
struct TrendPlot {
    let result: ObjectiveResult
    let status: AgreementStatus

    private static let (width, height) = (360.0, 190.0)
    private static let (left, right, top, bottom) = (58.0, 350.0, 14.0, 150.0)

    private struct Bar {
        var from: CivilDate
        var share: Double?
        var target: Double
        var verdict: ObjectiveResult.Verdict
    }

    private var bars: [Bar] {
        func share(_ ratio: Ratio) -> Double? { ratio.total > 0 ? Double(ratio.good) / Double(ratio.total) * 100 : nil }
        func percent(_ target: TargetShare) -> Double { Double(target.numerator) / Double(target.denominator) * 100 }
        let this = Bar(
            from: status.zone.local(status.period.from).date, share: share(result.attained),
            target: percent(result.objective.target), verdict: result.verdict)
        return result.earlier.map {
            Bar(from: $0.from, share: share($0.attained), target: percent($0.target), verdict: $0.verdict)
        } + [this]
    }

    var html: HTML {
        let bars = bars
        let least = bars.flatMap { [$0.share, $0.target] }.compactMap(\.self).min() ?? 0
        let bottom = max(0, least - max(0.02, (100 - least) * 0.25))
        func y(_ value: Double) -> Double {
            Self.bottom - (value - bottom) / (100 - bottom) * (Self.bottom - Self.top)
        }
        let step = (Self.right - Self.left) / Double(bars.count)
        let pieces = bars.enumerated().map { index, bar -> HTML in
            let x = Self.left + Double(index) * step
            let target: HTML =
                "<line class=\"two\" x1=\"\(x + 1)\" y1=\"\(y(bar.target))\" x2=\"\(x + step - 1)\" y2=\"\(y(bar.target))\"/>"
            let month: HTML =
                "<text class=\"quiet\" x=\"\(x + step / 2)\" y=\"\(Self.bottom + 14)\" text-anchor=\"middle\">\(Self.label(bar.from))</text>"
            guard let share = bar.share else { return target + month }
            let (sign, look) = (bar.verdict.sign, bar.verdict.look)
            return """
                <rect class="bar \(look)" x="\(x + step * 0.2)" y="\(y(share))" width="\(step * 0.6)" height="\(Self.bottom - y(share))"/>\
                <text class="\(look)" x="\(x + step / 2)" y="\(Self.bottom + 28)" text-anchor="middle">\(sign)</text>\(target)\(month)
                """
        }
        let ticks = Ticks(bottom...100, count: 4).values.map { value -> HTML in
            """
            <line class="axis" x1="\(Self.left)" y1="\(y(value))" x2="\(Self.right)" y2="\(y(value))"/>\
            <text class="quiet" x="\(Self.left - 5)" y="\(y(value) + 4)" text-anchor="end">\(Ticks.text(value)) %</text>
            """
        }
        let missed = bars.count { $0.verdict == .missed }
        return """
            <figure><figcaption>\(result.objective.name)</figcaption>
            <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(bars.count) periods of \(result.objective.name), \(missed) missed; the broken line is the target">
            \(ticks.joined())
            \(pieces.joined(separator: "\n"))
            </svg></figure>
            """
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The month, or of weeks the day.
    private static func label(_ date: CivilDate) -> String {
        date.day == 1 ? months[date.month - 1] : "\(date.day)"
    }
}

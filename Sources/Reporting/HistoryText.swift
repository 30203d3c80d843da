package import Checks

/// Recorded measurements for people: a line with a sparkline for each of many checks, a table for a single one.
package struct HistoryText {
    private let series: [MeasurementSeries]
    private let style: TerminalStyle

    package init(_ series: [MeasurementSeries], style: TerminalStyle) {
        self.series = series
        self.style = style
    }

    package var text: String {
        guard series.count != 1 else { return series.map(table).joined() }
        return overview
    }

    // MARK: Many checks

    private var overview: String {
        let idWidth = min(60, max(5, series.map { TerminalText.width(TerminalText.harmless($0.check)) }.max() ?? 5))
        var lines = [
            style.paint(
                TerminalText.padded("check", to: idWidth) + "  " + TerminalText.padded("history", to: 30)
                    + "  good    latest", .bold)
        ]
        for one in series {
            guard let last = one.points.last else { continue }
            let id = TerminalText.padded(TerminalText.cut(TerminalText.harmless(one.check), to: idWidth), to: idWidth)
            lines.append("\(id)  \(sparkline(one.points.suffix(30)))  \(goodShare(one.points))  \(finding(last))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Conclusive measurements that were good, as a share; errors say nothing about the data.
    private func goodShare(_ points: [MeasurementPoint]) -> String {
        let conclusive = points.filter(\.outcome.isConclusive)
        guard !conclusive.isEmpty else { return "   –  " }
        let good = conclusive.count { $0.outcome != .fail }
        let share = Double(good) / Double(conclusive.count) * 100
        return TerminalText.padded(NumberText.decimal(share, places: 1) + "%", to: 6, isRight: true)
    }

    /// Bars scaled from the lowest to the highest figure; a space with a mark where there is none.
    private func sparkline(_ points: ArraySlice<MeasurementPoint>) -> String {
        let bars = Array("▁▂▃▄▅▆▇█")
        let figures = points.map(figure)
        let known = figures.compactMap(\.self)
        let (low, high) = (known.min() ?? 0, known.max() ?? 0)
        let cells = zip(points, figures).map { point, figure -> String in
            guard let figure, point.outcome.isConclusive else { return style.paint("?", .magenta) }
            let level = high > low ? Int(((figure - low) / (high - low) * 7).rounded()) : 0
            return style.paint(String(bars[level]), look(point.outcome))
        }
        return cells.joined() + String(repeating: " ", count: 30 - points.count)
    }

    private func figure(_ point: MeasurementPoint) -> Double? {
        (point.metric ?? point.value).flatMap(Double.init) ?? point.failing.map(Double.init)
            ?? (point.outcome == .pass ? 0 : nil)
    }

    private func look(_ outcome: Outcome) -> TerminalStyle.Look {
        switch outcome {
        case .pass: .green
        case .warn: .yellow
        case .fail: .boldRed
        case .error: .magenta
        case .skip: .dim
        }
    }

    // MARK: One check

    private func table(_ one: MeasurementSeries) -> String {
        var lines = [
            style.paint(TerminalText.harmless(one.check), .bold), sparkline(one.points.suffix(30)), "",
            style.paint("observed at           outcome  finding", .bold),
        ]
        for point in one.points.reversed() {
            let outcome = TerminalText.padded(point.outcome.rawValue, to: 7)
            let window = point.windowFrom.map { "  of \($0.minutesText)" } ?? ""
            let note = style.paint("\(window)\(point.trigger == "manual" ? "" : "  \(point.trigger)")", .dim)
            lines.append(
                "\(point.observedAt.secondsText)  \(style.paint(outcome, look(point.outcome)))  \(finding(point))\(note)"
            )
        }
        return lines.map(\.trimmingSpacesAtEnd).joined(separator: "\n") + "\n"
    }

    private func finding(_ point: MeasurementPoint) -> String {
        if point.outcome == .error { return "could not be evaluated" }
        if point.metric == nil, let failing = point.failing {
            let total = point.total.map { " of \(NumberText.grouped($0))" } ?? ""
            return "\(NumberText.grouped(failing))\(total) failing"
        }
        if let metric = point.metric { return NumberText.short(metric) }
        return point.value.map { "value \(NumberText.short($0))" } ?? point.outcome.rawValue
    }
}

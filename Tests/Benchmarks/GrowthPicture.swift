import Foundation

/// Time against number of checks and number of rows, as an SVG: both axes logarithmic, so that "twice as much takes twice
/// as long" is a straight line at 45 degrees.
struct GrowthPicture {
    private let panels: [Panel]

    /// One axis of growth, with what was measured along it.
    private struct Panel {
        var unit: String
        var points: [(x: Int, floor: Double, assay: Double)]
    }

    /// - Returns: `nil` if nothing was measured along any axis.
    init?(_ figures: [Figure]) {
        var panels: [Panel] = []
        for figure in figures {
            guard let place = figure.place, let floor = figure.floor else { continue }
            let point = (place.value, floor.wallSeconds, figure.assay.wallSeconds)
            if let index = panels.firstIndex(where: { $0.unit == place.unit }) {
                panels[index].points.append(point)
            } else {
                panels.append(Panel(unit: place.unit, points: [point]))
            }
        }
        self.panels = panels.filter { $0.points.count > 1 }
        if self.panels.isEmpty { return nil }
    }

    private static let size = (width: 420.0, height: 320.0)
    private static let plot = (left: 56.0, top: 36.0, width: 340.0, height: 230.0)
    private static let decades = -2...1
    private static let colours = (floor: "#8a8f98", assay: "#1f6feb")

    var svg: String {
        let width = Self.size.width * Double(panels.count)
        let body = panels.enumerated().map { index, panel in
            "<g transform=\"translate(\(Self.number(Double(index) * Self.size.width)),0)\">\n\(draw(panel))\n</g>"
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \(Self.number(Self.size.height))" \
            font-family="system-ui, sans-serif" font-size="11">
            <rect width="100%" height="100%" fill="white"/>
            \(body.joined(separator: "\n"))
            </svg>

            """
    }

    private func draw(_ panel: Panel) -> String {
        let (plot, colours) = (Self.plot, Self.colours)
        var lines = [
            Self.text(plot.left, 20, "seconds by \(panel.unit)", weight: "bold"),
            Self.text(plot.left, Self.size.height - 16, "assay", colour: colours.assay),
            Self.text(plot.left + 44, Self.size.height - 16, "fused by hand, 1 session", colour: colours.floor),
        ]
        for decade in Self.decades {
            let y = Self.y(pow(10, Double(decade)))
            lines.append(Self.line((plot.left, y), (plot.left + plot.width, y), "#e3e6ea"))
            lines.append(Self.text(plot.left - 6, y + 4, Self.label(pow(10, Double(decade))), anchor: "end"))
        }
        let values = panel.points.map(\.x)
        let place = { (value: Int) in Self.x(value, in: values) }
        for value in values {
            lines.append(Self.line((place(value), plot.top), (place(value), plot.top + plot.height), "#f0f2f4"))
            lines.append(
                Self.text(place(value), plot.top + plot.height + 18, Self.grouped(value), anchor: "middle"))
        }
        let series = [
            (panel.points.map(\.floor), colours.floor, 16.0), (panel.points.map(\.assay), colours.assay, -8.0),
        ]
        for (seconds, colour, offset) in series {
            let spots = zip(values, seconds).map { (place($0), Self.y($1)) }
            let path = spots.map { "\(Self.number($0.0)),\(Self.number($0.1))" }.joined(separator: " ")
            lines.append("<polyline points=\"\(path)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>")
            for (spot, value) in zip(spots, seconds) {
                lines.append(
                    "<circle cx=\"\(Self.number(spot.0))\" cy=\"\(Self.number(spot.1))\" r=\"3\" fill=\"\(colour)\"/>")
                lines.append(
                    Self.text(
                        spot.0, spot.1 + offset, Report.decimal(value), colour: colour, anchor: "middle"))
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func y(_ seconds: Double) -> Double {
        let (least, most) = (Double(decades.lowerBound), Double(decades.upperBound))
        let share = (log10(seconds) - least) / (most - least)
        return plot.top + plot.height * (1 - min(1, max(0, share)))
    }

    private static func x(_ value: Int, in values: [Int]) -> Double {
        let logs = values.map { log10(Double($0)) }
        guard let least = logs.min(), let most = logs.max(), most > least else { return plot.left }
        return plot.left + 24 + (plot.width - 48) * (log10(Double(value)) - least) / (most - least)
    }

    private static func line(_ from: (Double, Double), _ to: (Double, Double), _ colour: String) -> String {
        "<line x1=\"\(number(from.0))\" y1=\"\(number(from.1))\" x2=\"\(number(to.0))\" y2=\"\(number(to.1))\" stroke=\"\(colour)\"/>"
    }

    private static func text(
        _ x: Double, _ y: Double, _ text: String, colour: String = "#24292f", anchor: String = "start",
        weight: String = "normal"
    ) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" fill=\"\(colour)\" text-anchor=\"\(anchor)\" font-weight=\"\(weight)\">\(text)</text>"
    }

    private static func label(_ seconds: Double) -> String {
        seconds < 1 ? Report.decimal(seconds, places: seconds < 0.1 ? 2 : 1) : Report.decimal(seconds, places: 0)
    }

    /// A number with its thousands apart.
    static func grouped(_ value: Int) -> String {
        var digits = Array(String(value))
        for position in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: position) }
        return String(digits)
    }

    private static func number(_ value: Double) -> String { Report.decimal(value, places: 1) }
}

import Foundation

/// A plot of lines over numbers, as SVG that is read without colour: the champion's line is whole, the challenger's broken.
struct Plot {
    /// Points that belong together.
    struct Series {
        /// How it is drawn.
        enum Look: String {
            case champion = "one"
            case challenger = "two"
            /// What would be even: thin and dotted.
            case even
        }

        var name: String
        var look: Look
        var points: [(x: Double, y: Double)]
        /// Whether each point has a mark.
        var isMarked = false
    }

    var title: String
    /// What is to be seen, for those who hear the page.
    var summary: String
    var xTitle: String
    var yTitle: String
    var xRange: ClosedRange<Double>
    var yRange: ClosedRange<Double>
    var series: [Series]

    private static let (width, height) = (360.0, 300.0)
    private static let (left, right, top, bottom) = (46.0, 350.0, 26.0, 252.0)

    var html: HTML {
        let legend = series.filter { $0.look != .even }.enumerated().map { index, one -> HTML in
            let x = Self.left + Double(index) * 150
            return """
                <line class="\(one.look.rawValue)" x1="\(x)" y1="10" x2="\(x + 28)" y2="10"/>\(mark(one, at: (x + 14, 10)))\
                <text x="\(x + 34)" y="14">\(one.name)</text>
                """
        }.joined()
        return """
            <figure><figcaption>\(title)</figcaption>
            <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(summary)">
            \(legend)
            \(xAxis)
            \(yAxis)
            \(series.map(line).joined(separator: "\n"))
            </svg></figure>
            """
    }

    private func x(_ value: Double) -> Double {
        Self.left + (value - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound) * (Self.right - Self.left)
    }

    private func y(_ value: Double) -> Double {
        Self.bottom - (value - yRange.lowerBound) / (yRange.upperBound - yRange.lowerBound) * (Self.bottom - Self.top)
    }

    private var xAxis: HTML {
        let ticks = Ticks(xRange).values.map { value -> HTML in
            let place = x(value)
            return """
                <line class="axis" x1="\(place)" y1="\(Self.top)" x2="\(place)" y2="\(Self.bottom)"/>\
                <text class="quiet" x="\(place)" y="\(Self.bottom + 15)" text-anchor="middle">\(Ticks.text(value))</text>
                """
        }
        let middle = (Self.left + Self.right) / 2
        return """
            \(ticks.joined())<text class="quiet" x="\(middle)" y="\(Self.bottom + 34)" text-anchor="middle">\(xTitle)</text>
            """
    }

    private var yAxis: HTML {
        let ticks = Ticks(yRange).values.map { value -> HTML in
            let place = y(value)
            return """
                <line class="axis" x1="\(Self.left)" y1="\(place)" x2="\(Self.right)" y2="\(place)"/>\
                <text class="quiet" x="\(Self.left - 5)" y="\(place + 4)" text-anchor="end">\(Ticks.text(value))</text>
                """
        }
        let middle = (Self.top + Self.bottom) / 2
        return """
            \(ticks.joined())<text class="quiet" transform="translate(11 \(middle)) rotate(-90)" text-anchor="middle">\(yTitle)</text>
            """
    }

    private func line(_ series: Series) -> HTML {
        let places = series.points.map { (x($0.x), y($0.y)) }
        let path = places.map { "\($0.0),\($0.1)" as HTML }.joined(separator: " ")
        let marks = series.isMarked ? places.map { mark(series, at: $0) }.joined() : ""
        return "<polyline class=\"\(series.look.rawValue)\" points=\"\(path)\"/>\(marks)"
    }

    /// A round mark of the champion's, a square one of the challenger's.
    private func mark(_ series: Series, at place: (Double, Double)) -> HTML {
        guard series.isMarked else { return "" }
        return series.look == .champion
            ? "<circle class=\"dot1\" cx=\"\(place.0)\" cy=\"\(place.1)\" r=\"3.5\"/>"
            : "<rect class=\"dot2\" x=\"\(place.0 - 3)\" y=\"\(place.1 - 3)\" width=\"6\" height=\"6\"/>"
    }
}

/// Round numbers within a range.
struct Ticks {
    let values: [Double]

    /// - Parameters:
    ///   - range: Of the axis.
    ///   - count: About how many.
    init(_ range: ClosedRange<Double>, count: Int = 5) {
        let length = range.upperBound - range.lowerBound
        guard length > 0, length.isFinite else {
            values = [range.lowerBound]
            return
        }
        let rough = length / Double(count)
        let power = pow(10, floor(log10(rough)))
        let step = ([1, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10) * power
        let first = Int((range.lowerBound / step - 1e-9).rounded(.up))
        let last = Int((range.upperBound / step + 1e-9).rounded(.down))
        values = first <= last ? (first...last).map { Double($0) * step } : []
    }

    /// A number without more digits than it needs.
    static func text(_ value: Double) -> String {
        let value = value == 0 ? 0 : value
        return String(format: "%.6g", (value * 1e9).rounded() / 1e9)
    }
}

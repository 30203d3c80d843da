import Foundation

/// Intervals one below the other, with a line where nothing is won or lost.
struct ForestPlot {
    struct Row {
        var name: String
        var value: Double
        var low: Double
        var high: Double
        /// How far it may lie below zero; `nil` where there is no such limit.
        var limit: Double?
        /// What stands on the right.
        var note: String
    }

    var title: String
    var summary: String
    var rows: [Row]

    private static let (width, nameWidth, noteWidth, rowHeight) = (720.0, 210.0, 150.0, 24.0)

    var html: HTML {
        let ends = rows.flatMap { [$0.low, $0.high, $0.limit.map { -$0 } ?? 0, 0] }.filter(\.isFinite)
        let (least, most) = (ends.min() ?? -1, ends.max() ?? 1)
        let reach = most > least ? (most - least) * 0.05 : 1
        let range = (least - reach)...(most + reach)
        let (left, right) = (Self.nameWidth, Self.width - Self.noteWidth)
        let bottom = 14 + Double(rows.count) * Self.rowHeight
        func x(_ value: Double) -> Double {
            left + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (right - left)
        }
        let ticks = Ticks(range).values.map { value -> HTML in
            """
            <line class="axis" x1="\(x(value))" y1="8" x2="\(x(value))" y2="\(bottom)"/>\
            <text class="quiet" x="\(x(value))" y="\(bottom + 15)" text-anchor="middle">\(Ticks.text(value))</text>
            """
        }
        let lines = rows.enumerated().map { index, row -> HTML in
            let y = 14 + (Double(index) + 0.5) * Self.rowHeight
            let limit: HTML =
                row.limit.map { limit in
                    """
                    <path class="two" style="stroke-dasharray:none" d="M\(x(-limit)) \(y - 7) V\(y + 7)"/>
                    """
                } ?? ""
            return """
                <text x="0" y="\(y + 4)">\(row.name)</text>\(limit)\
                <line class="one" x1="\(x(row.low))" y1="\(y)" x2="\(x(row.high))" y2="\(y)"/>\
                <circle class="dot1" cx="\(x(row.value))" cy="\(y)" r="4"/>\
                <text class="quiet" x="\(Self.width)" y="\(y + 4)" text-anchor="end">\(row.note)</text>
                """
        }
        return """
            <figure><figcaption>\(title)</figcaption><div class="scroll" tabindex="0" role="group">
            <svg style="min-width:36rem;max-width:52rem" viewBox="0 0 \(Self.width) \(bottom + 22)" role="img" aria-label="\(summary)">
            \(ticks.joined())
            <line class="even" style="stroke-dasharray:none" x1="\(x(0))" y1="8" x2="\(x(0))" y2="\(bottom)"/>
            \(lines.joined(separator: "\n"))
            </svg></div></figure>
            """
    }
}

/// A piece of a page.
///
/// A literal is markup; what is interpolated is text, and escaped, unless it is a piece itself. Text from data cannot become
/// markup, and controls in it, that could hide or reorder what is read, are shown as escapes.
package struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    package private(set) var markup: String

    package init(stringLiteral value: String) {
        markup = value
    }

    package init(stringInterpolation: StringInterpolation) {
        markup = stringInterpolation.markup
    }

    /// Text, escaped.
    package init(text: String) {
        markup = Self.escaped(text)
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            markup.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: String) { markup += literal }

        package mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }

        package mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

        package mutating func appendInterpolation(_ number: Int) { markup += String(number) }

        /// A coordinate, with two digits behind the point at most.
        package mutating func appendInterpolation(_ number: Double) { markup += HTML.coordinate(number) }
    }

    /// The text with what would be markup as entities.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in TerminalText.harmless(text) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }

    /// The same in every locale, and on every machine.
    static func coordinate(_ number: Double) -> String {
        guard number.isFinite else { return "0" }
        let hundredths = Int((number * 100).rounded())
        let sign = hundredths < 0 ? "-" : ""
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        if rest == 0 { return "\(sign)\(whole)" }
        return "\(sign)\(whole)." + (rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)")
    }
}

extension HTML {
    package static func + (one: HTML, two: HTML) -> HTML { "\(one)\(two)" }
}

extension Sequence<HTML> {
    package func joined(separator: String = "") -> HTML {
        HTML(markupPieces: map(\.markup), separator: separator)
    }
}

extension HTML {
    fileprivate init(markupPieces: [String], separator: String) {
        self.init(stringLiteral: markupPieces.joined(separator: separator))
    }

    /// A table.
    ///
    /// - Parameters:
    ///   - caption: What it is about.
    ///   - head: Titles of the columns.
    ///   - rows: Cells, as many as titles.
    ///   - numbers: Columns that hold numbers.
    /// - Returns: The table, in a frame that scrolls where the page is narrow.
    static func table(caption: HTML, head: [HTML], rows: [[HTML]], numbers: Set<Int> = []) -> HTML {
        func cells(_ name: HTML, _ cells: [HTML], isHead: Bool = false) -> HTML {
            let pieces = cells.enumerated().map { index, cell -> HTML in
                let look: HTML = numbers.contains(index) ? " class=\"number\"" : ""
                // The first cell of a row names it.
                return isHead
                    ? "<th scope=\"col\"\(look)>\(cell)</th>"
                    : index == 0 ? "<th scope=\"row\"\(look)>\(cell)</th>" : "<td\(look)>\(cell)</td>"
            }
            return "<tr>\(pieces.joined())</tr>"
        }
        let body = rows.map { cells("td", $0) }.joined(separator: "\n")
        return """
            <div class="scroll" tabindex="0" role="group"><table><caption>\(caption)</caption>
            <thead>\(cells("th", head, isHead: true))</thead>
            <tbody>
            \(body)
            </tbody></table></div>
            """
    }
}

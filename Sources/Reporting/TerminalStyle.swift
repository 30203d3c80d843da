/// Whether and how text is coloured.
package struct TerminalStyle: Sendable, Hashable {
    package var usesColor: Bool
    /// Columns of the terminal, or of the page the text is for.
    package var width: Int

    package init(usesColor: Bool, width: Int) {
        self.usesColor = usesColor
        self.width = max(40, width)
    }

    /// The looks that text can have.
    package enum Look: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case magenta = "35"
        case cyan = "36"
        case boldRed = "1;31"
    }

    package func paint(_ text: String, _ look: Look) -> String {
        usesColor && !text.isEmpty ? "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m" : text
    }
}

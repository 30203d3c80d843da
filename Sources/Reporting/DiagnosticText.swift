package import CheckFiles
import StructuredSQL

/// Mistakes in project files as compilers print them: place, message, the line, a caret, a hint.
package struct DiagnosticText {
    private let diagnostics: [Diagnostic]
    private let style: TerminalStyle
    /// Put before every path, so that it can be opened from where the user stands.
    private let directory: String

    package init(_ diagnostics: [Diagnostic], style: TerminalStyle, directory: String) {
        self.diagnostics = diagnostics
        self.style = style
        self.directory = directory
    }

    package var text: String {
        diagnostics.map(lines).map { $0.joined(separator: "\n") + "\n" }.joined()
    }

    private func lines(_ diagnostic: Diagnostic) -> [String] {
        let look: TerminalStyle.Look = diagnostic.level == .error ? .boldRed : .yellow
        let place = directory + "\(diagnostic.location)"
        var lines = [
            style.paint(TerminalText.harmless(place), .bold) + ": " + style.paint("\(diagnostic.level.rawValue):", look)
                + " " + TerminalText.harmless(diagnostic.message)
        ]
        if let source = diagnostic.sourceLine, !source.allSatisfy(\.isWhitespace) {
            let before = String(source.unicodeScalars.prefix(diagnostic.location.column - 1))
            let indentation = TerminalText.width(TerminalText.harmless(before))
            // A caret far to the right of a narrow page helps nobody.
            if indentation < 200 {
                lines.append("    " + TerminalText.cut(TerminalText.harmless(source), to: 240))
                lines.append("    " + String(repeating: " ", count: indentation) + style.paint("^", look))
            }
        }
        if let hint = diagnostic.hint { lines.append("hint: " + TerminalText.harmless(hint)) }
        return lines
    }
}

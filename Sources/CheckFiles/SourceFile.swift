/// A file of a project, already read.
package struct SourceFile: Sendable, Hashable {
    /// Path relative to the project's directory, with `/` between parts.
    package let path: String
    package let text: String
    private let lines: [Substring]

    package init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// Whether it is a check in plain SQL, not YAML.
    var isSQL: Bool { path.hasSuffix(".sql") }

    /// Larger files are refused: a check file is written by a person.
    package static let maximumBytes = 1_048_576

    /// The text of a line, from 1; `nil` beyond the end.
    package func line(_ number: Int) -> String? {
        guard number >= 1, number <= lines.count else { return nil }
        let line = lines[number - 1]
        return String(line.last == "\r" ? line.dropLast() : line)
    }
}

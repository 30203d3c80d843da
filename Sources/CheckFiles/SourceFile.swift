/// A file of a project, already read.
package struct SourceFile: Sendable, Hashable {
    /// Path relative to the project's directory, with `/` between parts.
    package var path: String
    package var text: String

    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// Larger files are refused: a check file is written by a person.
    package static let maximumBytes = 1_048_576

    /// The text of a line, from 1; `nil` beyond the end.
    package func line(_ number: Int) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count else { return nil }
        let line = lines[number - 1]
        return String(line.last == "\r" ? line.dropLast() : line)
    }
}

/// A place in a file a person wrote: what an editor calls `file:line:column`.
package struct SourceLocation: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Path as the user would type it, relative to the project where possible.
    package var file: String
    /// Line number, from 1.
    package var line: Int
    /// Column in Unicode scalars, from 1.
    package var column: Int

    package init(file: String, line: Int, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }

    /// The place reached by reading `text` from here, where line breaks start at column 1.
    package func advanced(over text: some StringProtocol) -> SourceLocation {
        var moved = self
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                moved.line += 1
                moved.column = 1
            } else {
                moved.column += 1
            }
        }
        return moved
    }

    package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

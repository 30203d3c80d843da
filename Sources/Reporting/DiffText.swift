import Catalog
package import Comparison
import ExactJSON

/// A comparison of two relations for people: what the sides are, how many rows are in which state, and some that differ.
package struct DiffText {
    private let result: DiffResult
    private let style: TerminalStyle
    private let rowCount: Int

    /// - Parameters:
    ///   - result: What came of it.
    ///   - style: How to paint.
    ///   - rowCount: Differing rows to show, at most.
    package init(_ result: DiffResult, style: TerminalStyle, rowCount: Int) {
        self.result = result
        self.style = style
        self.rowCount = rowCount
    }

    package var text: String {
        let diff = result.diff
        var lines = [style.paint(TerminalText.harmless(diff.name), .bold) + "  " + verdict]
        lines.append("  left   \(side(diff.left))")
        lines.append("  right  \(side(diff.right))")
        if let description = diff.description { lines.append("  " + TerminalText.harmless(description)) }
        lines += schemaLines
        for problem in result.problems { lines.append("  " + style.paint(TerminalText.harmless(problem), .magenta)) }
        if let counts = result.counts { lines += countLines(counts) }
        lines += rowLines
        return lines.map(\.trimmingSpacesAtEnd).joined(separator: "\n") + "\n"
    }

    private var verdict: String {
        switch result.outcome {
        case .same: style.paint("✓ the same", .green)
        case .different: style.paint("✗ different", .boldRed)
        case .incomplete: style.paint("? could not be compared", .magenta)
        }
    }

    private func side(_ side: DiffSide) -> String {
        TerminalText.harmless(side.label) + (side.target.map { " on \(TerminalText.harmless($0))" } ?? "")
    }

    private var schemaLines: [String] {
        let schema = result.schema
        var lines: [String] = []
        func names(_ names: [String]) -> String { TerminalText.harmless(names.joined(separator: ", ")) }
        if !schema.onlyLeft.isEmpty {
            lines.append("  " + style.paint("columns only on the left: \(names(schema.onlyLeft))", .boldRed))
        }
        if !schema.onlyRight.isEmpty {
            lines.append("  " + style.paint("columns only on the right: \(names(schema.onlyRight))", .boldRed))
        }
        lines += schema.retyped.map { pair in
            "  "
                + style.paint(
                    "\(TerminalText.harmless(pair.name)) is \(pair.left.type.formatted) on the left, \(pair.right.type.formatted) on the right; compared by value",
                    .dim)
        }
        return lines
    }

    private func countLines(_ counts: DiffResult.Counts) -> [String] {
        let rows: [(String, Int, Int, Bool)] = [
            ("rows", counts.left, counts.right, false),
            ("identical", counts.identical, counts.identical, false),
            ("changed", counts.changed, counts.changed, true),
            ("only there", counts.onlyLeft, counts.onlyRight, true),
            ("duplicate keys", counts.duplicateKeysLeft, counts.duplicateKeysRight, false),
            ("NULL in the key", counts.nullKeysLeft, counts.nullKeysRight, false),
            ("  of both, unmatched", counts.unmatchedLeft, counts.unmatchedRight, true),
            ("since vanished", counts.vanished, counts.vanished, false),
        ]
        let shown = rows.prefix(4) + rows.dropFirst(4).filter { $0.1 + $0.2 > 0 }
        let cells = shown.map {
            (
                title: $0.0, left: NumberText.grouped($0.1), right: NumberText.grouped($0.2),
                isBad: $0.3 && $0.1 + $0.2 > 0
            )
        }
        let width = max(7, cells.map { max($0.left.count, $0.right.count) }.max() ?? 0)
        func line(_ title: String, _ left: String, _ right: String) -> String {
            "  \(TerminalText.padded(title, to: 22))\(TerminalText.padded(left, to: width, isRight: true))  "
                + TerminalText.padded(right, to: width, isRight: true)
        }
        var lines = ["", style.paint(line("", "left", "right"), .dim)]
        lines += cells.map { cell in
            let text = line(cell.title, cell.left, cell.right)
            return cell.isBad ? style.paint(text, .boldRed) : text
        }
        let changed = counts.columns.filter { $0.count > 0 }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        if !changed.isEmpty {
            let names = changed.map { "\(TerminalText.harmless($0.name)) \(NumberText.grouped($0.count))" }
            lines.append("  changed by column: " + names.joined(separator: ", "))
        }
        let unseen = counts.unmatchedLeft + counts.unmatchedRight
        if unseen > 0, result.sample.isEmpty || result.isAcrossServers {
            lines.append(
                "  " + style.paint("rows without a key of their own are counted across servers, and not shown", .dim))
        }
        lines.append(
            "  "
                + style.paint(
                    "\(result.method); \(NumberText.plural(result.schema.columns.count, "column")) compared", .dim))
        lines += result.notes.map { "  " + style.paint(TerminalText.harmless($0), .dim) }
        return lines
    }

    // MARK: Rows

    private var rowLines: [String] {
        guard rowCount > 0, !result.sample.isEmpty else { return [] }
        var lines = [""]
        let changed = Array(result.sample.filter { $0.state == .changed }.prefix(rowCount))
        if !changed.isEmpty {
            // One line for each changed cell, aligned: key, column, old, new.
            var cells: [[String]] = []
            for row in changed {
                for name in row.changed {
                    let (old, new) = Self.change(row.left?[name], row.right?[name])
                    cells.append(
                        [Self.key(row.key), name, old, new].map { TerminalText.cut(TerminalText.harmless($0), to: 32) })
                }
            }
            let widths = (0..<3).map { column in cells.map { TerminalText.width($0[column]) }.max() ?? 0 }
            lines += cells.map { cell in
                "  ~ \(TerminalText.padded(cell[0], to: widths[0]))  \(TerminalText.padded(cell[1], to: widths[1]))  "
                    + "\(style.paint(TerminalText.padded(cell[2], to: widths[2]), .red)) → \(style.paint(cell[3], .green))"
            }
        }
        for (state, mark, title) in [
            (DiffRow.State.onlyLeft, "-", "only on the left"), (.onlyRight, "+", "only on the right"),
        ] {
            let rows = result.sample.filter { $0.state == state }.prefix(rowCount)
            guard !rows.isEmpty else { continue }
            lines.append("  \(mark) " + style.paint("\(title):", .dim))
            let documents = rows.map { row in
                JSONValue.object(row.key.members + ((state == .onlyLeft ? row.left : row.right) ?? .null).members)
            }
            lines += RowTable(rows: documents, key: result.diff.key, marked: [], style: style).lines()
        }
        return lines
    }

    private static func key(_ key: JSONValue) -> String {
        key.members.map { cell($0.value) }.joined(separator: ", ")
    }

    static func cell(_ value: JSONValue?) -> String {
        switch value {
        case nil: "(hidden)"
        case .null?: "NULL"
        case .string(let text)?:
            // What could be taken for NULL, for nothing or for another text.
            text.isEmpty || text == "NULL" || text.first?.isWhitespace == true || text.last?.isWhitespace == true
                ? "'\(text)'" : text
        case let value?: value.compactText
        }
    }

    /// Old and new, from shortly before where they differ if that is far behind.
    private static func change(_ old: JSONValue?, _ new: JSONValue?) -> (old: String, new: String) {
        let (one, two) = (cell(old), cell(new))
        let common = zip(one, two).prefix { $0 == $1 }.count
        guard common > 20 else { return (one, two) }
        return ("…" + one.dropFirst(common - 10), "…" + two.dropFirst(common - 10))
    }
}

import Checks
import ExactJSON

/// Failing rows as a table cut to a width: key first, then the columns the check is about, then as many as fit.
struct RowTable {
    let rows: [JSONValue]
    /// Columns that are shown first.
    let key: [String]
    /// Columns the check is about; marked.
    let marked: [String]
    let style: TerminalStyle

    private static let maximumCellWidth = 36
    private static let indentation = "      "

    func lines() -> [String] {
        let names = columnNames()
        guard !names.isEmpty else { return [] }
        var columns: [(name: String, title: String, cells: [Cell], width: Int, isNumeric: Bool)] = []
        var used = Self.indentation.count
        var hidden = 0
        for name in names {
            let title = TerminalText.cut(
                (marked.contains(name) ? "▸" : "") + TerminalText.harmless(name), to: Self.maximumCellWidth)
            let cells = rows.map { Cell($0[name]) }
            let separator = columns.isEmpty ? 0 : 3
            // The last columns leave room to say how many are hidden.
            let room = style.width - 8 - used - separator
            var width = min(
                Self.maximumCellWidth,
                max(TerminalText.width(title), cells.map { TerminalText.width($0.text) }.max() ?? 0))
            // What the check is about is cut where there is no room, never left out.
            if marked.contains(name) || columns.isEmpty { width = min(width, max(room, 8)) }
            guard width <= room || marked.contains(name) || columns.isEmpty else {
                hidden += 1
                continue
            }
            used += width + separator
            columns.append((name, title, cells, width, cells.allSatisfy(\.isNumeric)))
        }
        var lines: [String] = []
        let header = columns.map { column in
            let title = TerminalText.cut(column.title, to: column.width)
            let text = TerminalText.padded(title, to: column.width, isRight: column.isNumeric)
            return style.paint(text, marked.contains(column.name) ? .boldRed : .bold)
        }
        let more = hidden > 0 ? style.paint(" │ +\(hidden)", .dim) : ""
        lines.append((Self.indentation + header.joined(separator: " │ ") + more).trimmingSpacesAtEnd)
        lines.append(
            Self.indentation
                + style.paint(
                    columns.map { String(repeating: "─", count: $0.width) }.joined(separator: "─┼─")
                        + (hidden > 0 ? "─┼────" : ""), .dim))
        for index in rows.indices {
            let cells = columns.map { column in
                let cell = column.cells[index]
                let text = TerminalText.padded(
                    TerminalText.cut(cell.text, to: column.width), to: column.width, isRight: column.isNumeric)
                return cell.isNull
                    ? style.paint(text, .dim) : marked.contains(column.name) ? style.paint(text, .red) : text
            }
            lines.append((Self.indentation + cells.joined(separator: " │ ")).trimmingSpacesAtEnd)
        }
        return lines
    }

    private func columnNames() -> [String] {
        guard case .object(let members)? = rows.first else { return [] }
        let all = members.map(\.name)
        // A long key must not push out the column that is wrong.
        let first = (key.prefix(2) + marked + key).filter(all.contains)
        var seen: Set<String> = []
        return (first + all).filter { seen.insert($0).inserted }
    }

    /// One value as it is shown: NULL, empty text and text of spaces all look different.
    struct Cell {
        var text: String
        var isNull = false
        var isNumeric = false

        init(_ value: JSONValue?) {
            switch value {
            case nil, .null?:
                text = "NULL"
                isNull = true
                isNumeric = true
            case .number(let number)?:
                text = number
                isNumeric = true
            case .boolean(let flag)?: text = flag ? "true" : "false"
            case .string(let string)?:
                let safe = TerminalText.harmless(string)
                let needsQuotes =
                    string.isEmpty || string == "NULL" || string.first?.isWhitespace == true
                    || string.last?.isWhitespace == true
                text = needsQuotes ? "'\(safe)'" : safe
                isNumeric = string == "NaN" || string == "Infinity" || string == "-Infinity"
            case .array?, .object?: text = TerminalText.harmless(value?.compactText ?? "")
            }
        }
    }
}

extension String {
    var trimmingSpacesAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

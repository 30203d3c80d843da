extension JSONValue {
    /// The value on one line, without spaces.
    package var compactText: String {
        var text = ""
        write(to: &text, indentation: nil, depth: 0)
        return text
    }

    /// The value over several lines, two spaces a level; an array or object of plain values that fits stays on its line.
    package var indentedText: String {
        var text = ""
        write(to: &text, indentation: "  ", depth: 0)
        return text
    }

    private func write(to text: inout String, indentation: String?, depth: Int) {
        switch self {
        case .null: text += "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): JSONValue.write(string, to: &text)
        case .array(let elements):
            text += "["
            let layout = Layout(elements.lazy.map(\.isContainer), isArray: true, indentation, depth)
            for (index, element) in elements.enumerated() {
                layout.separate(at: index, in: &text)
                element.write(to: &text, indentation: indentation, depth: depth + 1)
            }
            layout.end(count: elements.count, in: &text)
            text += "]"
        case .object(let members):
            text += "{"
            let layout = Layout(members.lazy.map(\.value.isContainer), isArray: false, indentation, depth)
            for (index, member) in members.enumerated() {
                layout.separate(at: index, in: &text)
                JSONValue.write(member.name, to: &text)
                text += indentation == nil ? ":" : ": "
                member.value.write(to: &text, indentation: indentation, depth: depth + 1)
            }
            layout.end(count: members.count, in: &text)
            text += "}"
        }
    }

    /// Where elements of a container go: all on one line, or each on one of its own.
    private struct Layout {
        private let indentation: String?
        private let depth: Int
        private let fitsLine: Bool

        init(_ elementsAreContainers: some Collection<Bool>, isArray: Bool, _ indentation: String?, _ depth: Int) {
            self.indentation = indentation
            self.depth = depth
            fitsLine =
                indentation == nil
                || (isArray || elementsAreContainers.count <= 6) && !elementsAreContainers.contains(true)
        }

        func separate(at index: Int, in text: inout String) {
            if index > 0 { text += "," }
            guard let indentation else { return }
            if fitsLine {
                if index > 0 { text += " " }
            } else {
                text += "\n"
                for _ in 0...depth { text += indentation }
            }
        }

        func end(count: Int, in text: inout String) {
            guard let indentation, !fitsLine, count > 0 else { return }
            text += "\n"
            for _ in 0..<depth { text += indentation }
        }
    }

    private var isContainer: Bool {
        switch self {
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        case .null, .boolean, .number, .string: false
        }
    }

    /// Also escapes what JSON allows but terminals, scripts and XML choke on: DEL, C1 controls, U+2028 and U+2029.
    private static func write(_ string: String, to text: inout String) {
        text += "\""
        // Most text has nothing to escape and goes over as it is.
        guard string.utf8.contains(where: mayNeedEscape) else {
            text += string
            text += "\""
            return
        }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }

    /// Whether a byte is, or may begin, a character that is escaped: C1 controls begin with C2, U+2028 and U+2029 with E2.
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F || byte == 0xC2
            || byte == 0xE2
    }
}

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
            let parts = elements.map { (name: String?.none, value: $0) }
            JSONValue.write(parts, between: ("[", "]"), to: &text, indentation, depth)
        case .object(let members):
            let parts = members.map { (name: Optional($0.name), value: $0.value) }
            JSONValue.write(parts, between: ("{", "}"), to: &text, indentation, depth)
        }
    }

    private static func write(
        _ parts: [(name: String?, value: JSONValue)],
        between brackets: (String, String),
        to text: inout String,
        _ indentation: String?,
        _ depth: Int
    ) {
        let isFlat = indentation == nil || parts.allSatisfy { !$0.value.isContainer }
        let fitsLine = isFlat && (indentation == nil || parts.count <= 6 || brackets.0 == "[")
        let lineBreak = fitsLine ? "" : "\n" + String(repeating: indentation ?? "", count: depth + 1)
        let separator = indentation == nil ? "," : fitsLine ? ", " : ","
        text += brackets.0
        for (index, part) in parts.enumerated() {
            text += (index > 0 ? separator : "") + lineBreak
            if let name = part.name {
                write(name, to: &text)
                text += indentation == nil ? ":" : ": "
            }
            part.value.write(to: &text, indentation: indentation, depth: depth + 1)
        }
        if !parts.isEmpty, !fitsLine { text += "\n" + String(repeating: indentation ?? "", count: depth) }
        text += brackets.1
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

import ExactJSON

/// YAML over several lines, two spaces a level, as people write it: quotes only where a reader could take a text for something else.
enum BlockYAML {
    /// A document with a line break at its end.
    static func text(_ value: JSONValue) -> String {
        lines(of: value).joined(separator: "\n") + "\n"
    }

    private static func lines(of value: JSONValue) -> [String] {
        switch value {
        case .object(let members) where !members.isEmpty:
            members.flatMap { member in
                let key = scalar(.string(member.name)) + ":"
                guard isNested(member.value) else { return ["\(key) \(scalar(member.value))"] }
                return [key] + lines(of: member.value).map { "  " + $0 }
            }
        case .array(let elements) where !elements.isEmpty:
            elements.flatMap { element in
                lines(of: element).enumerated().map { index, line in (index == 0 ? "- " : "  ") + line }
            }
        default: [scalar(value)]
        }
    }

    private static func isNested(_ value: JSONValue) -> Bool {
        !value.members.isEmpty || !value.elements.isEmpty
    }

    /// A value on one line.
    private static func scalar(_ value: JSONValue) -> String {
        guard case .string(let text) = value, isPlain(text) else { return value.compactText }
        return text
    }

    /// Whether a text stands for itself: words, names such as `openslo/v1`, and lengths of time such as `30d`.
    private static func isPlain(_ text: String) -> Bool {
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        return !words.contains(text.lowercased())
            && text.wholeMatch(of: #/[A-Za-z][A-Za-z0-9_.\/-]*(?: [A-Za-z0-9_.\/-]+)*|[1-9][0-9]*[mhdwMQY]/#) != nil
    }
}

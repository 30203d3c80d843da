extension JSONValue {
    /// The members of an object; empty for anything else.
    package var members: [Member] { if case .object(let members) = self { members } else { [] } }

    /// The elements of an array; empty for anything else.
    package var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// A text; `nil` for anything else.
    package var string: String? { if case .string(let text) = self { text } else { nil } }

    /// A whole number; `nil` for anything else.
    package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

    /// The text of a string, number or boolean as it is written in a file; `nil` for null, arrays and objects.
    package var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .boolean(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

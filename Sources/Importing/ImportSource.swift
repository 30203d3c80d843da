package import ExactJSON

/// A file of the other tool, already read: YAML and JSON as values, anything else as text.
package struct ImportSource: Sendable, Hashable {
    /// Path relative to what the user named, with `/` between parts.
    package var path: String
    package var content: Content

    /// What a file holds.
    package enum Content: Sendable, Hashable {
        /// A YAML document or a JSON file; plain YAML scalars are numbers, booleans and null where JSON has them.
        case document(JSONValue)
        case text(String)
    }

    package init(path: String, content: Content) {
        self.path = path
        self.content = content
    }
}

extension JSONValue {
    /// The members of an object; empty for anything else.
    package var members: [Member] { if case .object(let members) = self { members } else { [] } }

    /// The elements of an array; empty for anything else.
    package var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    /// The text of a string, number or boolean as it is written in a file; `nil` for null, arrays and objects.
    package var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .boolean(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

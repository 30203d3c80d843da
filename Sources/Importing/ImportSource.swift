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

/// Writes PostgreSQL's text form of a one-dimensional array.
package enum SQLArray {
    /// The array as `{"a","b",NULL}`; every element quoted, so that no element can be read as syntax.
    package static func text(_ elements: [String?]) -> String {
        let parts = elements.map { element -> String in
            guard let element else { return "NULL" }
            let needsEscape = element.utf8.contains { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }
            guard needsEscape else { return "\"\(element)\"" }
            let escaped = element.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            return "\"\(escaped)\""
        }
        return "{" + parts.joined(separator: ",") + "}"
    }
}

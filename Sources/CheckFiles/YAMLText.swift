package import ExactJSON
import StructuredSQL

/// Reads YAML of other tools as values.
package enum YAMLText {
    /// Why a text could not be read.
    package struct Problem: Error, Sendable {
        package var message: String
        package var line: Int
    }

    /// The document of a file; null if there is nothing in it.
    ///
    /// Plain scalars are numbers, booleans and null where JSON has them; quoted ones are texts. Anchors are refused.
    package static func value(of file: SourceFile) throws(Problem) -> JSONValue {
        do {
            return try YAMLNode.parse(file).map(value) ?? .null
        } catch {
            throw Problem(message: error.message, line: error.location.line)
        }
    }

    /// The documents of a file, in their order; null for one with nothing in it.
    ///
    /// What they hold is read as ``value(of:)`` does.
    package static func documents(of file: SourceFile) throws(Problem) -> [JSONValue] {
        do {
            return try YAMLNode.documents(of: file).map(value)
        } catch {
            throw Problem(message: error.message, line: error.location.line)
        }
    }

    private static func value(_ node: YAMLNode) -> JSONValue {
        switch node.content {
        case .sequence(let elements): return .array(elements.map(value))
        case .mapping(let entries): return .object(entries.map { .init($0.key, value($0.value)) })
        case .scalar(let text, let isPlain):
            if node.isNull { return .null }
            guard isPlain else { return .string(text) }
            switch text {
            case "true", "True", "TRUE": return .boolean(true)
            case "false", "False", "FALSE": return .boolean(false)
            default:
                if case .number(let number)? = try? JSONValue(parsing: text) { return .number(number) }
                return .string(text)
            }
        }
    }
}

import ExactJSON
import StructuredSQL
import Yams

/// A node of a YAML file with its place: the only file that knows the YAML library.
struct YAMLNode: Sendable {
    /// What a node holds.
    enum Content: Sendable {
        /// Text as written; `isPlain` means without quotes.
        case scalar(text: String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    /// A key and its value.
    struct Entry: Sendable {
        var key: String
        var keyLocation: SourceLocation
        var value: YAMLNode
    }

    var content: Content
    var location: SourceLocation

    /// A key's value where there is none.
    static func nothing(at location: SourceLocation) -> YAMLNode {
        YAMLNode(content: .scalar(text: "", isPlain: true), location: location)
    }

    var isNull: Bool {
        if case .scalar(let text, isPlain: true) = content {
            ["", "~", "null", "Null", "NULL"].contains(text)
        } else {
            false
        }
    }

    /// The text of a scalar; `nil` for NULL, lists and mappings.
    var text: String? {
        if case .scalar(let text, _) = content, !isNull { text } else { nil }
    }

    /// The text of a scalar without quotes.
    var plainText: String? {
        if case .scalar(let text, isPlain: true) = content, !isNull { text } else { nil }
    }

    var elements: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    var entries: [Entry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The value as JSON has it: a number, true or null only without quotes.
    var json: JSONValue {
        switch content {
        case .sequence(let elements): return .array(elements.map(\.json))
        case .mapping(let entries): return .object(entries.map { JSONValue.Member($0.key, $0.value.json) })
        case .scalar(let text, let isPlain):
            if isNull { return .null }
            guard isPlain, let value = try? JSONValue(parsing: text) else { return .string(text) }
            switch value {
            case .number, .boolean: return value
            default: return .string(text)
            }
        }
    }

    /// Where the first character of the scalar's text stands, if the file has the text verbatim on one line.
    func textOrigin(in file: SourceFile) -> SourceLocation? {
        guard let text, !text.contains("\n"), let line = file.line(location.line) else { return nil }
        let rest = line.unicodeScalars.dropFirst(location.column - 1)
        if String(rest).hasPrefix(text) { return location }
        guard let quote = rest.first, quote == "\"" || quote == "'", String(rest.dropFirst()).hasPrefix(text) else {
            return nil
        }
        var inside = location
        inside.column += 1
        return inside
    }
}

/// Why a file is not YAML that Assay takes.
struct YAMLSyntaxError: Error {
    var message: String
    var location: SourceLocation
    var hint: String?
}

extension YAMLNode {
    private static let maximumDepth = 32
    private static let maximumNodes = 100_000
    private static let maximumOpenBrackets = 256

    /// Reads a file; `nil` if there is nothing in it.
    ///
    /// Anchors and aliases are refused: they make files that are small to write and endless to read.
    static func parse(_ file: SourceFile) throws(YAMLSyntaxError) -> YAMLNode? {
        try parse(file) { parser throws in try parser.singleRoot().map { [$0] } ?? [] }.first
    }

    /// Reads a file of several documents, for other tools: ours have one.
    static func documents(of file: SourceFile) throws(YAMLSyntaxError) -> [YAMLNode] {
        try parse(file) { parser throws in
            var roots: [Yams.Node] = []
            while let root = try parser.nextRoot() { roots.append(root) }
            return roots
        }
    }

    private static func parse(
        _ file: SourceFile, _ roots: (Parser) throws -> [Yams.Node]
    ) throws(YAMLSyntaxError) -> [YAMLNode] {
        guard file.text.utf8.count <= SourceFile.maximumBytes else {
            throw YAMLSyntaxError(
                message: "the file is larger than 1 MiB", location: SourceLocation(file: file.path, line: 1),
                hint: "Split it: a project may have any number of suites.")
        }
        try refuseHostileShape(file)
        do {
            // What a scalar means is read from its text, not from the library's guess at its type.
            let parser = try Parser(yaml: file.text, resolver: .basic, encoding: .utf8)
            let roots = try roots(parser)
            var budget = maximumNodes
            // The parser owns the anchors that nodes point at, so it must outlive the walk.
            return try withExtendedLifetime(parser) {
                try roots.map { try node($0, file: file, depth: 0, budget: &budget) }
            }
        } catch let error as YAMLSyntaxError {
            throw error
        } catch {
            throw syntaxError(error, in: file)
        }
    }

    private static func node(
        _ yaml: Yams.Node, file: SourceFile, depth: Int, budget: inout Int
    ) throws(YAMLSyntaxError) -> YAMLNode {
        let mark = yaml.mark
        let location = SourceLocation(file: file.path, line: mark?.line ?? 1, column: mark?.column ?? 1)
        budget -= 1
        guard budget > 0 else {
            throw YAMLSyntaxError(message: "more than 100,000 values in one file", location: location)
        }
        guard depth < maximumDepth else {
            throw YAMLSyntaxError(message: "nested more than 32 levels deep", location: location)
        }
        guard yaml.anchor == nil else {
            throw YAMLSyntaxError(
                message: "anchors and aliases are not supported", location: location, hint: "Write the value out.")
        }
        switch yaml {
        case .scalar(let scalar):
            return YAMLNode(
                content: .scalar(text: scalar.string, isPlain: scalar.style == .plain), location: location)
        case .sequence(let sequence):
            var elements: [YAMLNode] = []
            for element in sequence {
                elements.append(try node(element, file: file, depth: depth + 1, budget: &budget))
            }
            return YAMLNode(content: .sequence(elements), location: location)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping {
                let keyNode = try node(key, file: file, depth: depth + 1, budget: &budget)
                guard case .scalar(let name, _) = keyNode.content else {
                    throw YAMLSyntaxError(message: "a key must be text", location: keyNode.location)
                }
                let valueNode = try node(value, file: file, depth: depth + 1, budget: &budget)
                entries.append(Entry(key: name, keyLocation: keyNode.location, value: valueNode))
            }
            return YAMLNode(content: .mapping(entries), location: location)
        case .alias:
            throw YAMLSyntaxError(message: "anchors and aliases are not supported", location: location)
        }
    }

    /// Refuses before parsing what would make a parser work or recurse without end.
    private static func refuseHostileShape(_ file: SourceFile) throws(YAMLSyntaxError) {
        var open = 0
        var aliases = 0
        for (index, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let location = SourceLocation(file: file.path, line: index + 1)
            guard !line.drop(while: \.isWhitespace).hasPrefix("#") else { continue }
            for byte in line.utf8 {
                if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { open += 1 }
                if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { open = max(0, open - 1) }
            }
            let dashes = line.utf8.prefix {
                $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "?")
            }
            let isNestedDeeply = dashes.count > 512 || dashes.lazy.filter({ $0 != UInt8(ascii: " ") }).count > 64
            guard open <= maximumOpenBrackets, !isNestedDeeply else {
                throw YAMLSyntaxError(message: "nested more than 32 levels deep", location: location)
            }
            // The library expands aliases where they are keys, before we see them; a few cannot do harm.
            if line.contains("*") {
                aliases += line.matches(of: #/(^|[\s\[{,:?-])\*[A-Za-z0-9_-]+($|[\s\]},:])/#).count
            }
            if aliases > 8, file.text.contains(#/(^|[\s\[{,:?-])&[A-Za-z0-9_-]+\s/#.anchorsMatchLineEndings()) {
                throw YAMLSyntaxError(
                    message: "anchors and aliases are not supported", location: location, hint: "Write the value out.")
            }
        }
    }

    private static func syntaxError(_ error: any Error, in file: SourceFile) -> YAMLSyntaxError {
        func located(_ message: String, _ mark: Mark?) -> YAMLSyntaxError {
            let location = SourceLocation(file: file.path, line: mark?.line ?? 1, column: mark?.column ?? 1)
            return YAMLSyntaxError(message: message, location: location)
        }
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
            .composer(_, let problem, let mark, _)?:
            return located("not valid YAML: \(problem)", mark)
        case .duplicatedKeysInMapping(let keys, let context)?:
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            return located("the key \(names) stands here twice", context.mark)
        case .reader(let problem, _, _, _)?:
            return located("not valid YAML: \(problem)", nil)
        default:
            return located("not valid YAML", nil)
        }
    }
}

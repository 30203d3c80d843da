package import StructuredSQL

/// The name of a relation as the catalog has it: exact case, no quotes.
package struct RelationName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// `nil` in a check file means "the first schema of the search path that has it".
    package var schema: String?
    package var name: String

    package init(schema: String?, name: String) {
        self.schema = schema
        self.name = name
    }

    /// Reads `orders`, `shop.orders` or `"My Schema"."Orders"`.
    ///
    /// Case is kept: `shop.Orders` is not `shop.orders`.
    ///
    /// - Returns: `nil` if the text is not one or two names.
    package init?(parsing text: String) {
        guard let parts = RelationName.parts(of: text) else { return nil }
        switch parts.count {
        case 1: self.init(schema: nil, name: parts[0])
        case 2: self.init(schema: parts[0], name: parts[1])
        default: return nil
        }
    }

    /// Splits a dotted name into its parts, taking the quotes of quoted parts away.
    ///
    /// - Returns: `nil` if the text is not a dotted name.
    package static func parts(of text: String) -> [String]? {
        guard let tokens = try? SQLTokenizer.tokens(of: text) else { return nil }
        var parts: [String] = []
        var expectsName = true
        for token in tokens {
            switch token.kind {
            case .word where expectsName:
                parts.append(String(token.text))
            case .quotedIdentifier where expectsName && token.text.hasPrefix("\""):
                parts.append(String(token.text.dropFirst().dropLast()).replacing("\"\"", with: "\""))
            case .punctuation where token.text == "." && !expectsName:
                expectsName = true
                continue
            default:
                return nil
            }
            expectsName = false
        }
        return expectsName ? nil : parts
    }

    /// The name for people: dotted, with quotes only around parts that need them.
    package var description: String {
        [schema, name].compactMap(\.self).map(RelationName.display).joined(separator: ".")
    }

    /// The quoted name, ready for a statement.
    package var sql: SQL {
        if let schema { "\(identifier: schema, name)" } else { "\(identifier: name)" }
    }

    package static func < (left: RelationName, right: RelationName) -> Bool {
        (left.schema ?? "", left.name) < (right.schema ?? "", right.name)
    }

    private static func display(_ part: String) -> String {
        let isPlain = part.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
                true
            default: false
            }
        }
        return isPlain && !part.isEmpty ? part : SQL.quoted(identifier: part)
    }
}

import ExactJSON

/// A regular expression of ECMAScript as PostgreSQL writes it.
enum OdcsPattern {
    /// The check of an option `pattern`.
    static func conversion(_ value: JSONValue, of property: OdcsProperty) -> RuleConversion {
        guard let pattern = value.scalarText, !pattern.isEmpty else { return .notConverted("it is no pattern") }
        guard let regex = postgres(pattern) else { return .notConverted(Self.unknown) }
        return property.check("matches", ["regex": .string(regex)])
    }

    /// Why a pattern is not there.
    static let unknown = "the pattern has something that PostgreSQL's regular expressions do not have"

    /// The pattern in PostgreSQL's syntax, in which `\b` is no word boundary.
    ///
    /// - Returns: `nil` if it has a named group, a Unicode class or an escape that PostgreSQL does not know.
    static func postgres(_ pattern: String) -> String? {
        let hasNamedGroup = pattern.contains(#/\(\?<[^=!]|\(\?P/#)
        guard !hasNamedGroup, !pattern.contains("[]"), !pattern.contains("[^]") else { return nil }
        var (result, rest, isInClass) = ("", pattern[...], false)
        while let character = rest.popFirst() {
            guard character == "\\" else {
                if character == "[" { isInClass = true }
                if character == "]" { isInClass = false }
                result.append(character)
                continue
            }
            guard let escaped = rest.popFirst() else { return nil }
            switch escaped {
            case "b" where !isInClass: result += "\\y"
            case "B" where !isInClass: result += "\\Y"
            case "p", "P", "k": return nil
            case "u" where rest.first == "{": return nil
            case "x":
                // PostgreSQL takes every hexadecimal digit that follows.
                guard rest.count >= 2 else { return nil }
                result += "\\u00\(rest.prefix(2))"
                rest = rest.dropFirst(2)
            default: result += "\\\(escaped)"
            }
        }
        return result
    }
}

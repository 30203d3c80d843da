package import ExactJSON

/// Validates JSON against the part of JSON Schema that ours uses; for tests only.
package struct SchemaValidator {
    private let root: JSONValue

    package init(_ schema: JSONValue) {
        root = schema
    }

    package func accepts(_ value: JSONValue) -> Bool {
        accepts(value, root)
    }

    private func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        guard case .object(let keywords) = schema else { return true }
        return keywords.allSatisfy { accepts(value, keyword: $0.name, $0.value, schema) }
    }

    private func accepts(_ value: JSONValue, keyword: String, _ argument: JSONValue, _ schema: JSONValue) -> Bool {
        switch (keyword, argument) {
        case ("$ref", .string(let path)): return accepts(value, resolve(path))
        case ("anyOf", .array(let schemas)): return schemas.contains { accepts(value, $0) }
        case ("allOf", .array(let schemas)): return schemas.allSatisfy { accepts(value, $0) }
        case ("enum", .array(let values)): return values.contains(value)
        case ("const", let constant): return value == constant
        case ("type", .string(let name)): return hasType(value, name)
        case ("type", .array(let names)):
            return names.contains { name in
                if case .string(let text) = name { hasType(value, text) } else { false }
            }
        case ("required", .array(let names)):
            guard case .object = value else { return true }
            return names.allSatisfy { name in
                if case .string(let text) = name { value[text] != nil } else { false }
            }
        case ("properties", .object(let properties)):
            return properties.allSatisfy { property in value[property.name].map { accepts($0, property.value) } ?? true
            }
        case ("additionalProperties", let rule):
            guard case .object(let members) = value else { return true }
            let known = schema["properties"]
            var patterns: [JSONValue.Member] = []
            if case .object(let members)? = schema["patternProperties"] { patterns = members }
            return members.allSatisfy { member in
                known?[member.name] != nil
                    || patterns.contains { matches(member.name, $0.name) && accepts(member.value, $0.value) }
                    || (rule != .boolean(false) && accepts(member.value, rule))
            }
        case ("items", let rule):
            guard case .array(let elements) = value else { return true }
            return elements.allSatisfy { accepts($0, rule) }
        case ("minItems", .number(let count)):
            guard case .array(let elements) = value else { return true }
            return elements.count >= Int(count) ?? 0
        case ("maxItems", .number(let count)):
            guard case .array(let elements) = value else { return true }
            return elements.count <= Int(count) ?? 0
        case ("minimum", .number(let minimum)):
            guard case .number(let number) = value else { return true }
            return Double(number) ?? 0 >= Double(minimum) ?? 0
        case ("pattern", .string(let pattern)):
            guard case .string(let text) = value else { return true }
            return matches(text, pattern)
        default: return true
        }
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        (try? Regex(pattern)).map { text.firstMatch(of: $0) != nil } ?? false
    }

    private func hasType(_ value: JSONValue, _ name: String) -> Bool {
        switch (name, value) {
        case ("null", .null), ("boolean", .boolean), ("string", .string), ("array", .array), ("object", .object),
            ("number", .number):
            true
        case ("integer", .number(let text)): Int(text) != nil
        default: false
        }
    }

    private func resolve(_ path: String) -> JSONValue {
        path.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
    }
}

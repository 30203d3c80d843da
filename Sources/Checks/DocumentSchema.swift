import ExactJSON
import StructuredSQL

/// A JSON Schema (draft 2020-12) as a condition on a document, in SQL.
///
/// What is not understood is refused, never left out. References are those within the schema, without recursion; `format` is
/// an annotation, as the standard has it. Source: "JSON Schema: A Media Type for Describing JSON Documents" and "JSON Schema
/// Validation", 2020-12.
struct DocumentSchema {
    private let root: JSONValue
    /// Schemas that the condition is made of so far.
    private var schemaCount = 0
    /// Deeper than this is a mistake, or goes in circles; more of them is one that repeats what it refers to.
    private static let maximumDepth = 32
    private static let maximumCount = 5_000

    /// Keywords that say nothing about what is valid.
    private static let annotations: Set<String> = [
        "$schema", "$id", "$comment", "$anchor", "$defs", "definitions", "title", "description", "default", "examples",
        "deprecated", "readOnly", "writeOnly", "format", "contentMediaType", "contentEncoding",
    ]

    private init(root: JSONValue) {
        self.root = root
    }

    /// The condition on a value of type jsonb that stands for `:document`; NULL only where the value is.
    ///
    /// - Parameter schema: The schema.
    /// - Returns: A condition.
    /// - Throws: An ``ArgumentError`` for what is not understood.
    static func condition(of schema: JSONValue) throws(ArgumentError) -> SQL {
        var compiler = DocumentSchema(root: schema)
        return try compiler.condition(schema, on: SQL(fragments: [.parameter("document")]), depth: 0)
    }

    private mutating func condition(_ schema: JSONValue, on value: SQL, depth: Int) throws(ArgumentError) -> SQL {
        switch schema {
        case .boolean(let isAllowed): return isAllowed ? "true" : "false"
        case .object(let members):
            guard depth <= Self.maximumDepth else { throw Self.error("the schema refers to itself, or is too deep") }
            schemaCount += 1
            guard schemaCount <= Self.maximumCount else {
                throw Self.error("the schema is too large: every \"$ref\" repeats what it refers to")
            }
            var conditions: [SQL] = []
            for member in members where !Self.annotations.contains(member.name) {
                if let condition = try condition(member, of: schema, on: value, depth: depth) {
                    conditions.append(condition)
                }
            }
            return conditions.isEmpty ? "true" : "(\(conditions.joined(separator: " AND ")))"
        default: throw Self.error("a schema is an object, true or false, not \(schema.compactText)")
        }
    }

    /// The condition of one keyword; `nil` where another keyword has taken care of it.
    private mutating func condition(
        _ member: JSONValue.Member, of schema: JSONValue, on value: SQL, depth: Int
    ) throws(ArgumentError) -> SQL? {
        let (name, argument) = (member.name, member.value)
        switch name {
        case "type": return try types(argument, of: value)
        case "enum":
            let list = try Self.list(argument, of: name).map { Self.constant($0) }
            guard !list.isEmpty else { throw Self.error("\"enum\" is a list of values") }
            return "\(value) IN (\(list.joined(separator: ", ")))"
        case "const": return "\(value) = \(Self.constant(argument))"
        case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf":
            return try Self.guarded(value, is: "number", Self.number(name, argument, of: Self.numeric(value)))
        case "minLength", "maxLength":
            return Self.guarded(
                value, is: "string",
                "pg_catalog.char_length(\(Self.text(value))) \(try Self.bound(name, argument))")
        case "pattern":
            guard let pattern = argument.string else { throw Self.error("\"pattern\" is a regular expression") }
            return Self.guarded(value, is: "string", "\(Self.text(value)) ~ \(bind: pattern)")
        case "allOf", "anyOf", "oneOf": return try combination(name, argument, of: value, depth: depth)
        case "not": return "NOT \(try condition(argument, on: value, depth: depth + 1))"
        case "if":
            let premise = try condition(argument, on: value, depth: depth + 1)
            let then = try condition(schema["then"] ?? .boolean(true), on: value, depth: depth + 1)
            let otherwise = try condition(schema["else"] ?? .boolean(true), on: value, depth: depth + 1)
            return "CASE WHEN \(premise) THEN \(then) ELSE \(otherwise) END"
        case "then", "else": return nil
        case "$ref": return try condition(referred(argument), on: value, depth: depth + 1)
        case "required", "properties", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
            "maxProperties", "dependentRequired":
            return try object(name, argument, of: schema, on: value, depth: depth)
                .map { Self.guarded(value, is: "object", $0) }
        case "items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems":
            return try array(name, argument, of: schema, on: value, depth: depth)
                .map { Self.guarded(value, is: "array", $0) }
        default:
            throw ArgumentError(
                "schema", "\"\(name)\" is no keyword of JSON Schema that is understood here",
                hint: "Leave it out, or state the rule with expect.")
        }
    }

    private mutating func combination(_ name: String, _ argument: JSONValue, of value: SQL, depth: Int)
        throws(ArgumentError)
        -> SQL
    {
        var parts: [SQL] = []
        for schema in try Self.list(argument, of: name) {
            parts.append(try condition(schema, on: value, depth: depth + 1))
        }
        guard !parts.isEmpty else { throw Self.error("\"\(name)\" is a list of schemas") }
        switch name {
        case "allOf": return "(\(parts.joined(separator: " AND ")))"
        case "anyOf": return "(\(parts.joined(separator: " OR ")))"
        default: return "\(parts.map { "\($0)::pg_catalog.int4" as SQL }.joined(separator: " + ")) = 1"
        }
    }

    private func referred(_ argument: JSONValue) throws(ArgumentError) -> JSONValue {
        guard let path = argument.string, path.hasPrefix("#") else {
            throw Self.error("\"$ref\" refers to something outside the schema")
        }
        var place = root
        for step in path.dropFirst().split(separator: "/") {
            let name = step.replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = place[String(name)] else {
                throw Self.error("\"$ref\" refers to \(path), which is not there")
            }
            place = next
        }
        return place
    }

    // MARK: Objects

    private mutating func object(
        _ name: String, _ argument: JSONValue, of schema: JSONValue, on value: SQL, depth: Int
    ) throws(ArgumentError) -> SQL? {
        switch name {
        case "required":
            return "pg_catalog.jsonb_exists_all(\(value), \(Self.texts(try Self.names(argument, of: name))))"
        case "properties":
            var conditions: [SQL] = []
            for property in try Self.map(argument, of: name) {
                let inner: SQL = "(\(value) -> \(bind: property.name)::pg_catalog.text)"
                let condition = try condition(property.value, on: inner, depth: depth + 1)
                conditions.append("(\(inner) IS NULL OR \(condition))")
            }
            return conditions.isEmpty ? nil : conditions.joined(separator: " AND ")
        case "additionalProperties", "patternProperties":
            // Both look at members one by one; what no name and no pattern is for is additional.
            if name == "additionalProperties", schema["patternProperties"] != nil { return nil }
            return try members(of: schema, on: value, depth: depth)
        case "propertyNames":
            let (row, key): (SQL, SQL) = (Self.name("e", depth), Self.name("k", depth))
            let condition = try condition(argument, on: "pg_catalog.to_jsonb(\(key))", depth: depth + 1)
            return
                "NOT EXISTS (SELECT FROM pg_catalog.jsonb_object_keys(\(Self.safe(value, "object"))) AS \(row) (\(key)) WHERE NOT \(condition))"
        case "dependentRequired":
            var parts: [SQL] = []
            for member in try Self.map(argument, of: name) {
                let list = Self.texts(try Self.names(member.value, of: name))
                parts.append(
                    "(NOT pg_catalog.jsonb_exists(\(value), \(bind: member.name)) OR pg_catalog.jsonb_exists_all(\(value), \(list)))"
                )
            }
            return parts.isEmpty ? nil : parts.joined(separator: " AND ")
        default:
            let count: SQL = "(SELECT count(*) FROM pg_catalog.jsonb_object_keys(\(Self.safe(value, "object"))))"
            return "\(count) \(try Self.bound(name, argument))"
        }
    }

    private mutating func members(of schema: JSONValue, on value: SQL, depth: Int) throws(ArgumentError) -> SQL? {
        let known = Self.texts(schema["properties"]?.members.map(\.name) ?? [])
        let (row, key, item): (SQL, SQL, SQL) = (Self.name("e", depth), Self.name("k", depth), Self.name("x", depth))
        var matched: [SQL] = []
        var broken: [SQL] = []
        for pattern in try Self.map(schema["patternProperties"] ?? .object([]), of: "patternProperties") {
            let matches: SQL = "\(key) ~ \(bind: pattern.name)"
            matched.append(matches)
            broken.append("(\(matches) AND NOT \(try condition(pattern.value, on: item, depth: depth + 1)))")
        }
        if let additional = schema["additionalProperties"] {
            let isKnown: [SQL] = ["\(key) = ANY (\(known))"] + matched
            let condition = try condition(additional, on: item, depth: depth + 1)
            broken.append("(NOT (\(isKnown.joined(separator: " OR "))) AND NOT \(condition))")
        }
        guard !broken.isEmpty else { return nil }
        return """
            NOT EXISTS (SELECT FROM pg_catalog.jsonb_each(\(Self.safe(value, "object"))) AS \(row) (\(key), \(item)) \
            WHERE \(broken.joined(separator: " OR ")))
            """
    }

    // MARK: Arrays

    private mutating func array(
        _ name: String, _ argument: JSONValue, of schema: JSONValue, on value: SQL, depth: Int
    ) throws(ArgumentError) -> SQL? {
        let (row, item, position): (SQL, SQL, SQL) = (
            Self.name("e", depth), Self.name("x", depth), Self.name("p", depth)
        )
        let elements: SQL = """
            FROM pg_catalog.jsonb_array_elements(\(Self.safe(value, "array"))) WITH ORDINALITY AS \(row) (\(item), \(position))
            """
        switch name {
        case "items":
            let first = schema["prefixItems"]?.elements.count ?? 0
            let condition = try condition(argument, on: item, depth: depth + 1)
            return "NOT EXISTS (SELECT \(elements) WHERE \(position) > \(bind: first) AND NOT \(condition))"
        case "prefixItems":
            var conditions: [SQL] = []
            for (index, schema) in try Self.list(argument, of: name).enumerated() {
                let inner: SQL = "(\(value) -> \(SQL(quotedByServer: String(index))))"
                conditions.append("(\(inner) IS NULL OR \(try condition(schema, on: inner, depth: depth + 1)))")
            }
            return conditions.isEmpty ? nil : conditions.joined(separator: " AND ")
        case "contains":
            return "EXISTS (SELECT \(elements) WHERE \(try condition(argument, on: item, depth: depth + 1)))"
        case "uniqueItems":
            guard case .boolean(let isAsked) = argument else { throw Self.error("\"uniqueItems\" is true or false") }
            guard isAsked else { return nil }
            return "(SELECT count(*) = count(DISTINCT \(item)) \(elements))"
        default: return "pg_catalog.jsonb_array_length(\(Self.safe(value, "array"))) \(try Self.bound(name, argument))"
        }
    }

    // MARK: Parts

    private func types(_ argument: JSONValue, of value: SQL) throws(ArgumentError) -> SQL {
        let names = if let name = argument.string { [name] } else { try Self.names(argument, of: "type") }
        let known = ["null", "boolean", "object", "array", "number", "string", "integer"]
        guard !names.isEmpty, names.allSatisfy(known.contains) else {
            throw Self.error("\"type\" is one or more of \(known.joined(separator: ", "))")
        }
        let plain = names.filter { $0 != "integer" }
        var conditions: [SQL] = []
        if !plain.isEmpty { conditions.append("pg_catalog.jsonb_typeof(\(value)) = ANY (\(Self.texts(plain)))") }
        if plain.count < names.count {
            let number = Self.numeric(value)
            conditions.append(
                "CASE WHEN pg_catalog.jsonb_typeof(\(value)) = 'number' THEN \(number) = trunc(\(number)) ELSE false END"
            )
        }
        return conditions.count == 1 ? conditions[0] : "(\(conditions.joined(separator: " OR ")))"
    }

    /// True for values of another type, of which keywords of this one say nothing.
    private static func guarded(_ value: SQL, is type: SQL, _ condition: SQL) -> SQL {
        "CASE WHEN pg_catalog.jsonb_typeof(\(value)) = '\(type)' THEN \(condition) ELSE true END"
    }

    /// The value, or an empty one where it is of another type: functions of arrays refuse objects even where nobody asks.
    private static func safe(_ value: SQL, _ type: SQL) -> SQL {
        let empty: SQL = type == "array" ? "'[]'" : "'{}'"
        return
            "CASE WHEN pg_catalog.jsonb_typeof(\(value)) = '\(type)' THEN \(value) ELSE \(empty)::pg_catalog.jsonb END"
    }

    private static func number(_ name: String, _ argument: JSONValue, of number: SQL) throws(ArgumentError) -> SQL {
        guard case .number(let text) = argument else { throw error("\"\(name)\" is a number") }
        let bound: SQL = "\(bind: text)::pg_catalog.numeric"
        switch name {
        case "minimum": return "\(number) >= \(bound)"
        case "maximum": return "\(number) <= \(bound)"
        case "exclusiveMinimum": return "\(number) > \(bound)"
        case "exclusiveMaximum": return "\(number) < \(bound)"
        default:
            guard let value = ExactDecimal(text), .zero < value else { throw error("\"multipleOf\" is above 0") }
            return "\(number) % \(bound) = 0"
        }
    }

    private static func bound(_ name: String, _ argument: JSONValue) throws(ArgumentError) -> SQL {
        guard let count = argument.integer, count >= 0 else { throw error("\"\(name)\" is a whole number, 0 or more") }
        return name.hasPrefix("min") ? ">= \(bind: count)" : "<= \(bind: count)"
    }

    private static func numeric(_ value: SQL) -> SQL { "(\(text(value)))::pg_catalog.numeric" }

    private static func text(_ value: SQL) -> SQL { "(\(value) #>> '{}')" }

    private static func texts(_ texts: [String]) -> SQL { "\(bind: SQLArray.text(texts))::pg_catalog.text[]" }

    private static func constant(_ value: JSONValue) -> SQL { "\(bind: value.compactText)::pg_catalog.jsonb" }

    /// A name that nothing outside has: one for each level.
    private static func name(_ letter: SQL, _ depth: Int) -> SQL {
        "\"assay:\(letter)\(SQL(quotedByServer: String(depth)))\""
    }

    private static func list(_ value: JSONValue, of keyword: String) throws(ArgumentError) -> [JSONValue] {
        guard case .array(let elements) = value else { throw error("\"\(keyword)\" is a list") }
        return elements
    }

    private static func names(_ value: JSONValue, of keyword: String) throws(ArgumentError) -> [String] {
        var names: [String] = []
        for element in try list(value, of: keyword) {
            guard let name = element.string else { throw error("\"\(keyword)\" is a list of texts") }
            names.append(name)
        }
        return names
    }

    private static func map(_ value: JSONValue, of keyword: String) throws(ArgumentError) -> [JSONValue.Member] {
        guard case .object(let members) = value else { throw error("\"\(keyword)\" maps names to values") }
        return members
    }

    private static func error(_ message: String) -> ArgumentError { ArgumentError("schema", message) }
}

import ExactJSON

/// A list of values that a test is given, which dbt writes into its SQL with or without quotes.
struct DbtValues: Sendable, Hashable {
    /// Plain values; `nil` where some value is an expression.
    let plain: [JSONValue]?
    /// Every value ready for SQL.
    let sql: [String]

    /// Reads the list that one argument gives and another says how to quote.
    init(_ name: String, quotedBy flag: String, of arguments: DbtArguments) throws(DbtObstacle) {
        guard case .array(let elements)? = arguments.value(name), !elements.isEmpty else {
            throw DbtObstacle("\(name) is no list of values")
        }
        try self.init(elements, areQuoted: try arguments.flag(flag, usually: true), of: name)
    }

    /// Reads values as they stand in a list.
    init(_ elements: [JSONValue], areQuoted: Bool, of name: String) throws(DbtObstacle) {
        var plain: [JSONValue]? = []
        var sql: [String] = []
        for element in elements {
            if DbtTemplate.hasJinja(element.scalarText ?? "") {
                throw DbtObstacle("\(name) has Jinja that only dbt can run")
            }
            let value = try areQuoted ? Self.quoted(element, name) : Self.unquoted(element, name)
            if let value { plain?.append(value) } else { plain = nil }
            switch value {
            case .string(let text)?: sql.append(DbtText.literal(text))
            case let value?: sql.append(value.scalarText ?? "NULL")
            case nil: sql.append(element.scalarText ?? "NULL")
            }
        }
        self.plain = plain
        self.sql = sql
    }

    /// The condition that something is one of the values.
    func condition(on expression: String, isNegated: Bool = false) -> String {
        "\(expression) \(isNegated ? "NOT IN" : "IN") (\(sql.joined(separator: ", ")))"
    }

    /// Between quotes stands what Python makes of a value, and two quotes are one.
    private static func quoted(_ element: JSONValue, _ name: String) throws(DbtObstacle) -> JSONValue {
        switch element {
        case .string(let text): .string(text.replacing("''", with: "'"))
        case .number: element
        case .boolean(let flag): .string(flag ? "True" : "False")
        case .null: .string("None")
        case .array, .object: throw DbtObstacle("\(name) is no list of plain values")
        }
    }

    /// Without quotes a value is SQL; `nil` for SQL that is more than a value.
    private static func unquoted(_ element: JSONValue, _ name: String) throws(DbtObstacle) -> JSONValue? {
        switch element {
        case .string(let sql):
            if let text = DbtText.literalText(sql) { return .string(text) }
            if let number = DbtText.number(sql) { return .number(number) }
            return ["true", "false"].contains(sql.lowercased()) ? .boolean(sql.lowercased() == "true") : nil
        case .number, .boolean: return element
        case .null: return nil
        case .array, .object: throw DbtObstacle("\(name) is no list of plain values")
        }
    }
}

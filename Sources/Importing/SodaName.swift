import ExactJSON

/// Names as PostgreSQL and our files read them.
enum SodaName {
    /// SodaCL puts names into SQL as they are written, where PostgreSQL folds those without quotes to lower case.
    static func folded(_ text: String) -> String {
        let text = SodaText.trimmed(text)
        guard text.count >= 2, let first = text.first, first == text.last, first == "\"" || first == "`" else {
            return text.lowercased()
        }
        return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }

    /// The name in double quotes, as SQL.
    static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    /// A plain value as SQL.
    static func literal(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): literal(text)
        case .number, .boolean: value.scalarText ?? "NULL"
        case .null, .array, .object: "NULL"
        }
    }

    /// A text as SQL.
    static func literal(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }
}

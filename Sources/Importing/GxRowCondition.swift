import ExactJSON

/// The condition that says which rows an expectation is about.
enum GxRowCondition {
    /// Why a condition is not there.
    struct Problem: Error, Hashable {
        var reason: String
    }

    /// The condition as SQL; `nil` without one.
    static func sql(_ value: JSONValue?, parser: String?) -> Result<String?, Problem> {
        guard let value, value != .string("") else { return .success(nil) }
        let isPandas = parser == "pandas"
        let sql: String? =
            switch value {
            case .object: structured(value)
            case .string(let text) where isPandas || parser == "spark": foreign(text, isPandas: isPandas)
            case .string(let text): own(text) ?? foreign(text, isPandas: false)
            default: nil
            }
        guard let sql else {
            return .failure(Problem(reason: "its row_condition is no simple comparison: \(value.compactText)"))
        }
        return .success(sql)
    }

    /// `col("x") > 5`, `col("x") == "a"`, `col("x").notNull()`.
    private static func own(_ text: String) -> String? {
        guard let match = text.wholeMatch(of: #/\s*col\("([^"]+)"\)\s*(.*?)\s*/#) else { return nil }
        let column = QuotedSQL.name(String(match.output.1))
        if match.output.2.lowercased() == ".notnull()" { return "\(column) IS NOT NULL" }
        guard let comparison = match.output.2.wholeMatch(of: #/(==|!=|<=|>=|<|>)\s*(.+)/#),
            let value = literal(comparison.output.2)
        else { return nil }
        return "\(column) \(operators[String(comparison.output.1)] ?? "=") \(value)"
    }

    /// `x == 5` of pandas, `x = 'a'` of Spark: one comparison of a column with a value.
    private static func foreign(_ text: String, isPandas: Bool) -> String? {
        let name = #/\s*(?:`([^`]+)`|([A-Za-z_][A-Za-z0-9_]*))\s*/#
        guard let match = text.prefixMatch(of: name), let found = match.output.1 ?? match.output.2 else { return nil }
        let column = QuotedSQL.name(String(found))
        let rest = text[match.range.upperBound...]
        switch rest.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ") {
        case ".notnull()", ".notna()", "is not null": return "\(column) IS NOT NULL"
        case ".isnull()", ".isna()", "is null": return "\(column) IS NULL"
        default: break
        }
        guard let comparison = rest.wholeMatch(of: #/(==|=|!=|<>|<=|>=|<|>)\s*(.+?)\s*/#),
            let value = literal(comparison.output.2)
        else { return nil }
        let sign = operators[String(comparison.output.1)] ?? String(comparison.output.1)
        // Where a value is missing, pandas finds it unequal to everything.
        return "\(column) \(isPandas && sign == "<>" ? "IS DISTINCT FROM" : sign) \(value)"
    }

    /// The conditions of version 1: comparison, column_comparison, nullity, and, or.
    private static func structured(_ value: JSONValue) -> String? {
        let column = value["column"]?["name"]?.scalarText.map(QuotedSQL.name)
        let sign = value["operator"]?.scalarText ?? ""
        switch value["type"]?.scalarText {
        case "nullity":
            guard let column, case .boolean(let isNull)? = value["is_null"] else { return nil }
            return isNull ? "\(column) IS NULL" : "\(column) IS NOT NULL"
        case "comparison":
            guard let column, let parameter = value["parameter"] else { return nil }
            if case .array(let elements) = parameter { return membership(of: column, in: elements, sign) }
            guard let operation = operators[sign], let literal = QuotedSQL.literal(parameter) else { return nil }
            return "\(column) \(operation) \(literal)"
        case "column_comparison":
            guard let column, let operation = operators[sign], let other = value["other_column"]?["name"]?.scalarText
            else { return nil }
            return "\(column) \(operation) \(QuotedSQL.name(other))"
        case "and", "or":
            let parts = (value["conditions"]?.elements ?? []).map(structured)
            guard !parts.isEmpty, parts.allSatisfy({ $0 != nil }) else { return nil }
            let conditions = parts.compactMap(\.self)
            return value["type"] == "and" ? QuotedSQL.all(conditions) : conditions.joined(separator: " OR ")
        case "pass_through":
            return value["pass_through_filter"]?.scalarText.flatMap { foreign($0, isPandas: true) }
        default:
            return nil
        }
    }

    private static func membership(of column: String, in elements: [JSONValue], _ sign: String) -> String? {
        let literals = elements.compactMap { QuotedSQL.literal($0) }
        guard literals.count == elements.count, sign == "IN" || sign == "NOT_IN" else { return nil }
        if literals.isEmpty { return sign == "IN" ? "false" : "true" }
        return "\(column) \(sign == "IN" ? "IN" : "NOT IN") (\(literals.joined(separator: ", ")))"
    }

    private static let operators = [
        "==": "=", "=": "=", "!=": "<>", "<>": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
    ]

    private static func literal(_ text: Substring) -> String? {
        if text.wholeMatch(of: #/[+-]?\d+(\.\d*)?([eE][+-]?\d+)?/#) != nil { return String(text) }
        if let match = text.wholeMatch(of: #/date\(\s*(?:"([^"']*)"|'([^"']*)')\s*\)/#) {
            return (match.output.1 ?? match.output.2).map { "DATE \(QuotedSQL.literal(String($0)))" }
        }
        guard let match = text.wholeMatch(of: #/"([^"']*)"|'([^"']*)'/#) else { return nil }
        return (match.output.1 ?? match.output.2).map { QuotedSQL.literal(String($0)) }
    }
}

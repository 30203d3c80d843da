/// A SELECT of one value that an indicator measures, as far as it can be taken apart without PostgreSQL.
struct OpenSLOQuery: Sendable, Hashable {
    /// The query, without a semicolon at its end.
    let sql: String
    /// The query with a dot for every character inside parentheses or quotes; as long as the query.
    private let outline: String

    /// A query of one relation, without grouping or sorting: `SELECT expression FROM table WHERE condition`.
    struct Parts: Sendable, Hashable {
        var expression: String
        var table: QualifiedTable
        var condition: String?
    }

    /// Reads a query.
    ///
    /// - Throws: ``PromiseRefusal`` for what is no single SELECT of one column, or has what another tool fills in.
    init(_ text: String) throws(PromiseRefusal) {
        var text = Substring(text).drop(while: \.isWhitespace)
        while let last = text.last, last.isWhitespace || last == ";" { text.removeLast() }
        let plain = text.replacing(#/'[^']*'/#, with: "''")
        guard plain.prefixMatch(of: #/select\s/#.ignoresCase()) != nil else {
            throw PromiseRefusal("its query is no SELECT")
        }
        if let comment = plain.firstMatch(of: #/--|\/\*|;/#)?.output {
            throw PromiseRefusal("its query has \(comment) in it")
        }
        if let blank = plain.firstMatch(of: #/(?:^|[^:])(:[A-Za-z_]\w*)/#)?.output.1
            ?? plain.firstMatch(of: #/\{\{?|\$\w*/#)?.output
        {
            throw PromiseRefusal("its query has \(blank) in it, which another tool fills in")
        }
        sql = String(text)
        outline = Self.outline(of: sql)
        let shape = #/select\s+(.+?)\s+from\s+.+/#.ignoresCase().dotMatchesNewlines()
        guard let match = outline.wholeMatch(of: shape) else { throw PromiseRefusal("its query reads no relation") }
        guard !match.output.1.contains(",") else { throw PromiseRefusal("its query gives more than one column") }
    }

    /// The parts of a simple query; `nil` of any other.
    var parts: Parts? {
        let simple = #/select\s+(.+?)\s+from\s+([\w.·]+)(?:\s+where\s+(.+))?/#.ignoresCase().dotMatchesNewlines()
        guard let match = outline.wholeMatch(of: simple) else { return nil }
        let more = #/\b(group|having|limit|offset|fetch|union|intersect|except|window|order|join|into|distinct|for)\b/#
        guard !outline.contains(more.ignoresCase()), let table = QualifiedTable(parsing: original(match.output.2))
        else {
            return nil
        }
        let condition = match.output.3.map(original)
        var expression = match.output.1
        if let alias = expression.firstMatch(of: #/\s+as\s+[\w·]+\s*$/#.ignoresCase()) {
            expression = expression[..<alias.range.lowerBound]
        }
        let parts = Parts(expression: original(expression), table: table, condition: condition)
        // What names the table, or looks into others, stays a query as it is.
        let texts = [parts.expression, condition ?? ""]
        let prefix = "\(table.table)."
        guard !texts.contains(where: { $0.contains(#/\bselect\b/#.ignoresCase()) || $0.contains(prefix) }) else {
            return nil
        }
        return parts
    }

    /// The first relation that it reads; `nil` where a query stands in its place.
    var firstTable: QualifiedTable? {
        guard let match = outline.firstMatch(of: #/\sfrom\s+([\w.·]+)/#.ignoresCase()) else { return nil }
        let name = original(match.output.1)
        return name.hasPrefix("(") || name.contains("(") ? nil : QualifiedTable(parsing: name)
    }

    /// The text that a part of the outline stands for.
    private func original(_ part: Substring) -> String {
        let start = outline.distance(from: outline.startIndex, to: part.startIndex)
        return String(sql.dropFirst(start).prefix(part.count))
    }

    private static func outline(of sql: String) -> String {
        var (depth, quote) = (0, Character?.none)
        return String(
            sql.map { character -> Character in
                if let open = quote {
                    if character == open { quote = nil }
                    return "·"
                }
                switch character {
                case "'", "\"":
                    quote = character
                    return "·"
                case "(":
                    depth += 1
                    return "·"
                case ")":
                    depth -= 1
                    return "·"
                default: return depth > 0 ? "·" : character
                }
            })
    }
}

// MARK: What two queries count

extension OpenSLOQuery {
    /// Rows of one table that meet a condition, among those that meet another.
    struct Share: Sendable, Hashable {
        var table: QualifiedTable
        /// Which rows count at all; `nil` for every row.
        var rows: String?
        var condition: String
    }

    /// What two queries count of one table: some rows, and all.
    ///
    /// - Parameter all: The query that counts all.
    /// - Returns: `nil` unless both are `count(*)`, and this one's rows are some of the other's by how it is written.
    func share(of all: OpenSLOQuery) -> Share? {
        guard let some = counted, let all = all.counted, some.table == all.table, all.filter == nil else { return nil }
        if let filter = some.filter {
            guard some.condition == all.condition else { return nil }
            return Share(table: some.table, rows: all.condition, condition: filter)
        }
        guard let condition = some.condition else { return nil }
        guard let rows = all.condition else { return Share(table: some.table, rows: nil, condition: condition) }
        guard condition.hasPrefix(rows), !Self.hasAlternative(condition),
            let rest = condition.dropFirst(rows.count).wholeMatch(
                of: #/\s+and\s+(.+)/#.ignoresCase().dotMatchesNewlines())
        else { return nil }
        return Share(table: some.table, rows: rows, condition: String(rest.output.1))
    }

    /// Whether a condition has an OR outside of parentheses.
    private static func hasAlternative(_ condition: String) -> Bool {
        outline(of: condition).contains(#/\bor\b/#.ignoresCase())
    }

    private var counted: (table: QualifiedTable, filter: String?, condition: String?)? {
        guard let parts,
            let match = parts.expression.wholeMatch(
                of: #/count\s*\(\s*[*1]\s*\)(?:\s*filter\s*\(\s*where\s+(.+?)\s*\))?/#.ignoresCase()
                    .dotMatchesNewlines())
        else { return nil }
        return (parts.table, match.output.1.map(String.init), parts.condition)
    }
}

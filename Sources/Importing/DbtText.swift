/// Texts of SQL, taken apart and put together.
enum DbtText {
    /// The text without white space at its ends.
    static func trimmed(_ text: String) -> String {
        let head = text.drop(while: \.isWhitespace)
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(head[...last])
    }

    /// The column that a piece of SQL names; `nil` for any other expression.
    ///
    /// dbt writes names into its SQL as they stand, so that the server folds them to lower case unless they are quoted.
    static func columnName(_ sql: String) -> String? {
        let text = trimmed(sql)
        if text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") {
            let inner = String(text.dropFirst().dropLast())
            guard !inner.replacing("\"\"", with: "").contains("\"") else { return nil }
            return inner.replacing("\"\"", with: "\"")
        }
        guard let first = text.first, first.isLetter || first == "_",
            text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" })
        else { return nil }
        return text.lowercased()
    }

    /// A name ready for SQL, quoted where it must be.
    static func identifier(_ name: String) -> String {
        let isPlain = name.wholeMatch(of: #/[a-z_][a-z0-9_$]*/#) != nil && !reservedWords.contains(name)
        return isPlain ? name : quoted(name)
    }

    /// A part of a relation's name as a suite writes it: quotes stand around what is no word, case is kept.
    static func relationPart(_ name: String) -> String {
        name.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_$]*/#) != nil ? name : quoted(name)
    }

    /// A text as an SQL literal.
    static func literal(_ text: String) -> String {
        "'" + text.replacing("'", with: "''") + "'"
    }

    /// The text of an SQL literal; `nil` for any other SQL.
    static func literalText(_ sql: String) -> String? {
        guard let match = trimmed(sql).wholeMatch(of: #/'((?:[^']|'')*)'/#) else { return nil }
        return String(match.output.1).replacing("''", with: "'")
    }

    /// A number as thresholds and bounds take it; `nil` for any other text.
    static func number(_ text: String) -> String? {
        let text = trimmed(text)
        guard text.wholeMatch(of: #/[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+\-]?[0-9]+)?/#) != nil else { return nil }
        return text.hasPrefix("+") ? String(text.dropFirst()) : text
    }

    /// Conditions that must all hold; `nil` for none.
    static func all(_ conditions: [String]) -> String? {
        guard conditions.count > 1 else { return conditions.first }
        return conditions.map { "(\($0))" }.joined(separator: " AND ")
    }

    /// The text with `_` for everything that an id cannot have.
    static func idPart(_ text: String) -> String {
        String(text.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "_" })
    }

    /// Whether SQL calls an aggregate, as far as its words say.
    static func callsAggregate(_ sql: String) -> Bool {
        sql.lowercased().matches(of: #/([a-z_][a-z0-9_]*)\s*\(/#).contains { aggregates.contains(String($0.output.1)) }
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.replacing("\"", with: "\"\"") + "\""
    }

    private static let aggregates: Set<String> = [
        "count", "sum", "avg", "min", "max", "stddev", "stddev_samp", "stddev_pop", "variance", "var_samp", "var_pop",
        "median", "bool_and", "bool_or", "every", "array_agg", "string_agg", "percentile_cont", "percentile_disc",
        "mode", "corr",
    ]

    /// PostgreSQL's words that name no column or table without quotes.
    private static let reservedWords = Set(
        """
        all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate \
        collation column concurrently constraint create cross current_catalog current_date current_role \
        current_schema current_time current_timestamp current_user default deferrable desc distinct do else end \
        except false fetch for foreign freeze from full grant group having ilike in initially inner intersect into \
        is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on \
        only or order outer overlaps placing primary references returning right select session_user similar some \
        symmetric table tablesample then to trailing true union unique user using variadic verbose when where \
        window with
        """.split(separator: " ").map(String.init))
}

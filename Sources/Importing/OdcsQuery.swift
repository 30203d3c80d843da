import ExactJSON

/// A quality item of type `sql`: a query whose value is compared.
struct OdcsQuery {
    private let quality: OdcsQuality

    /// Takes a quality item.
    init(_ quality: OdcsQuality) {
        self.quality = quality
    }

    /// The query that it becomes: the failing rows where it counts them, else the value where it is not allowed.
    var conversion: RuleConversion {
        guard let text = quality.text("query") else { return .notConverted("it has no query") }
        guard let comparison = OdcsComparison(quality.item) else {
            return .notConverted("no operator says what the value must be, or none that fits")
        }
        guard let statement = filled(text) else {
            return .notConverted("its query names a schema or a column, and the contract says none")
        }
        guard let condition = comparison.condition(on: "measured.value") else {
            return .notConverted("what the value must be is no plain value")
        }
        let object = quality.object
        let subject = quality.text("id") ?? quality.text("name") ?? quality.text("description") ?? "query"
        let place = [quality.property?.column, subject].compactMap(\.self).joined(separator: " ")
        let isNone = comparison.thresholds(of: "count") == ["count > 0"]
        let rows = isNone ? Self.counted(statement) : nil
        var query = ImportedQuery(
            id: object.table.queryID(place), dataset: object.table.text,
            sql: rows ?? Self.measured(statement, condition))
        if quality.level == "warn" { query.headers.append((name: "warn", value: "count > 0")) }
        return RuleConversion(query).approximated(comparison.difference)
    }

    // MARK: Placeholders

    /// The query with names in the place of `{object}`, `${table}`, `{property}` and the like, and no semicolon.
    private func filled(_ text: String) -> String? {
        let table = quality.object.table
        var query = text
        // A schema in front of the table's placeholder is the one that the table's name has.
        query = query.replacing(
            #/["']?\$?\{schema\}["']?\s*\.\s*["']?\$?\{(object|table|model)\}["']?/#, with: table.sql)
        query = query.replacing(#/["']?\$?\{(object|table|model)\}["']?/#, with: table.sql)
        if query.contains(#/\$?\{schema\}/#) {
            guard let schema = table.schema else { return nil }
            query = query.replacing(#/["']?\$?\{schema\}["']?/#, with: QuotedSQL.name(schema))
        }
        if query.contains(#/\$?\{(property|column|field)\}/#) {
            guard let column = quality.property?.column else { return nil }
            query = query.replacing(#/["']?\$?\{(property|column|field)\}["']?/#, with: QuotedSQL.name(column))
        }
        query = Self.qualified(query, by: quality.contract.objects.map(\.table))
        while let last = query.last, last.isWhitespace || last == ";" { query.removeLast() }
        return String(query.drop(while: \.isWhitespace))
    }

    /// The query with the schema in front of the contract's own tables, where they stand alone behind FROM or JOIN.
    private static func qualified(_ query: String, by tables: [QualifiedTable]) -> String {
        guard query.prefixMatch(of: #/\s*with\b/#.ignoresCase()) == nil else { return query }
        return query.replacing(#/\b(from|join)(\s+)([A-Za-z_][A-Za-z0-9_]*)\b(?!\s*[.(])/#.ignoresCase()) {
            match -> String in
            let name = String(match.output.3)
            guard let table = tables.first(where: { $0.table == name || $0.table == name.lowercased() }) else {
                return String(match.output.0)
            }
            return "\(match.output.1)\(match.output.2)\(table.sql)"
        }
    }

    // MARK: Queries

    /// The rows that `SELECT count(*) FROM one_table WHERE …` counts; `nil` for any other query.
    static func counted(_ query: String) -> String? {
        let simple =
            #/
            select\s+count\(\s*(?:\*|1)\s*\)(?:\s+as\s+\w+)?\s+
            from\s+([\w."]+(?:\s+(?:as\s+)?\w+)?)\s+where\s+(.+)
            /#
        guard let match = query.wholeMatch(of: simple.ignoresCase().dotMatchesNewlines()) else { return nil }
        let others = #/\b(group|having|limit|offset|fetch|union|intersect|except|window|order|into)\b|--|;/#
        guard !match.output.2.contains(others.ignoresCase()) else { return nil }
        return "SELECT *\nFROM \(match.output.1)\nWHERE \(match.output.2)"
    }

    /// The value of the query where it is not allowed; no value is not allowed, either.
    static func measured(_ query: String, _ condition: String) -> String {
        """
        SELECT measured.value
        FROM (SELECT (
        \(query)
        ) AS value) AS measured
        WHERE (\(condition)) IS NOT TRUE
        """
    }
}

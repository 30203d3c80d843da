import ExactJSON

extension SodaCheckReader {
    /// The groups that a query finds: which must be there, and which must not.
    func groupEvolution(_ configuration: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult {
        guard let query = configuration["query"]?.scalarText else { throw SodaRefusal("it has no query") }
        let column = column(of: query)
        var result = SodaResult()
        for level in ["fail", "warn"] {
            guard let rules = configuration[level], !rules.members.isEmpty else { continue }
            let options: [JSONValue.Member] = level == "warn" ? [JSONValue.Member("warn", "count > 0")] : []
            let required = rules["when required group missing"]?.elements ?? []
            let forbidden = rules["when forbidden group present"]?.elements ?? []
            if let column {
                result.checks += checks(of: column, required, forbidden, subject.rowOptions(options))
            } else {
                result.queries += queries(of: query, required, forbidden, level, options, subject)
            }
            guard rules["when groups change"] != nil else { continue }
            guard let column else {
                result.differ("\(level) when groups change is not there: the groups are not the values of a column")
                continue
            }
            result.checks += ["no_new_categories", "no_vanished_categories"].map { kind in
                ImportedCheck(
                    kind, column: column, ["baseline_run": "previous"], options: subject.rowOptions(options))
            }
        }
        guard !result.checks.isEmpty || !result.queries.isEmpty else {
            throw SodaRefusal(result.differences.first ?? "it has no rule")
        }
        return result
    }

    /// The column whose values a query gives, if it asks for nothing else.
    private func column(of query: String) -> String? {
        let words = SodaText.sql(query).split(whereSeparator: \.isWhitespace).map(String.init)
        let keywords = words.map { $0.lowercased() }
        let found: (column: String, table: String)?
        if words.count == 7, keywords[0] == "select", keywords[2] == "from", keywords[4] == "group",
            keywords[5] == "by", keywords[6] == keywords[1]
        {
            found = (words[1], words[3])
        } else if words.count == 5, keywords[0] == "select", keywords[1] == "distinct", keywords[3] == "from" {
            found = (words[2], words[4])
        } else {
            found = nil
        }
        guard let found, filter == nil, SodaDataset(sodaCL: found.table) == dataset,
            found.column.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "\"" })
        else { return nil }
        return SodaName.folded(found.column)
    }

    private func checks(
        of column: String, _ required: [JSONValue], _ forbidden: [JSONValue], _ options: [JSONValue.Member]
    ) -> [ImportedCheck] {
        var checks: [ImportedCheck] = []
        if !required.isEmpty {
            checks.append(
                ImportedCheck("required_values", column: column, ["values": .array(required)], options: options))
        }
        let patterns = forbidden.map { Self.pattern(of: $0) }
        if patterns.contains(where: { $0.isWild }) {
            let texts = patterns.map { JSONValue.string($0.text) }
            checks.append(
                ImportedCheck(
                    "like_list", column: column, ["patterns": .array(texts), "match": "none"], options: options))
        } else if !forbidden.isEmpty {
            checks.append(
                ImportedCheck("rejected_values", column: column, ["values": .array(forbidden)], options: options))
        }
        return checks
    }

    private func queries(
        of query: String, _ required: [JSONValue], _ forbidden: [JSONValue], _ level: String,
        _ options: [JSONValue.Member], _ subject: SodaSubject
    ) -> [ImportedQuery] {
        let suffix = level == "warn" ? "_warn" : ""
        let found = "(\n\(SodaText.sql(query))\n) AS found (\"value\")"
        var queries: [ImportedQuery] = []
        func add(_ sql: String, _ purpose: String) {
            var failing = subject.query(sql, for: "group evolution", options)
            failing.id += "_\(purpose)\(suffix)"
            queries.append(failing)
        }
        if !required.isEmpty {
            let values = required.map { "(\(SodaName.literal($0.scalarText ?? "")))" }.joined(separator: ", ")
            add(
                """
                SELECT required."value"
                FROM (VALUES \(values)) AS required ("value")
                WHERE NOT EXISTS (
                SELECT
                FROM \(found)
                WHERE found."value"::text = required."value"
                )
                """, "missing")
        }
        if !forbidden.isEmpty {
            let patterns = forbidden.map { SodaName.literal(Self.pattern(of: $0).text) }.joined(separator: ", ")
            add(
                """
                SELECT found."value"
                FROM \(found)
                WHERE found."value"::text LIKE ANY (ARRAY[\(patterns)])
                """, "forbidden")
        }
        return queries
    }

    /// A group's name as a pattern of LIKE, and whether it has wildcards.
    private static func pattern(of value: JSONValue) -> (text: String, isWild: Bool) {
        let name = value.scalarText ?? ""
        let text = name.map { character -> String in
            if character == "*" { return "%" }
            return character == "_" || character == "\\" ? "\\\(character)" : String(character)
        }.joined()
        return (text, name.contains("%") || name.contains("*"))
    }
}

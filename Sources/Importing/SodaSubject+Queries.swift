import ExactJSON

extension SodaSubject {
    /// A query whose rows fail.
    func query(_ sql: String, for purpose: String, _ options: [JSONValue.Member] = []) -> ImportedQuery {
        var query = ImportedQuery(id: dataset.queryID(name ?? purpose), dataset: dataset.name, sql: SodaText.sql(sql))
        query.description = name
        for option in options + keeping {
            let list = option.value.elements.compactMap(\.scalarText)
            let text = option.value.scalarText ?? "[\(list.joined(separator: ", "))]"
            query.headers.append((name: option.name, value: text))
        }
        return query
    }

    /// Rows for which a condition is true fail.
    func failingCondition(
        _ condition: String, _ quantity: SodaQuantity, _ levels: SodaLevels
    ) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        let options = try levels.options(on: quantity, isWhole: quantity == .count, differences: &result.differences)
        result.checks = [
            ImportedCheck(
                "expect", ["expression": .string("NOT (\(SodaText.sql(condition)))")], options: rowOptions(options))
        ]
        return result
    }

    /// Rows that a query of the user's returns fail.
    func failingRows(
        _ sql: String, _ quantity: SodaQuantity, _ levels: SodaLevels
    ) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        let options = try levels.options(on: quantity, isWhole: quantity == .count, differences: &result.differences)
        result.queries = [query(sql, for: "failed rows", options)]
        return result
    }

    /// A number that a query of the user's computes: a row where it is wrong.
    func number(of sql: String, named metric: String, _ levels: SodaLevels) -> SodaResult {
        judged(sql, as: "measured (\"value\")", "measured.\"value\"", for: metric, levels)
    }

    /// A number for each group, in a column of a query of the user's: the groups where it is wrong.
    func groups(of sql: String, column: String, _ levels: SodaLevels) -> SodaResult {
        judged(sql, as: "grouped", "grouped.\(SodaName.quoted(column))", for: "groups \(column)", levels)
    }

    /// The rows of a query for which a level is reached; a query of its own for each level.
    private func judged(
        _ sql: String, as alias: String, _ value: String, for purpose: String, _ levels: SodaLevels
    ) -> SodaResult {
        var result = SodaResult()
        let both = [(levels.fail, false), (levels.warn, true)]
        for (level, isWarning) in both {
            guard let level else { continue }
            let rows = """
                SELECT *
                FROM (
                \(SodaText.sql(sql))
                ) AS \(alias)
                WHERE \(level.sql(on: value))
                """
            let warns: [JSONValue.Member] = isWarning ? [JSONValue.Member("warn", "count > 0")] : []
            var failing = query(rows, for: purpose, warns)
            if isWarning { failing.id += "_warn" }
            result.queries.append(failing)
        }
        return result
    }
}

import ExactJSON

extension SodaSubject {
    /// No two rows share their values in the columns.
    func unique(
        _ columns: [String], nullsFail: Bool = false, and conditions: [String] = [], _ options: [JSONValue.Member]
    ) -> ImportedCheck {
        let isOne = columns.count == 1
        return ImportedCheck(
            "unique", column: isOne ? columns[0] : nil,
            isOne ? .object([]) : ["columns": .array(columns.map { .string($0) })],
            options: rowOptions(options, and: conditions, nullsFail: nullsFail))
    }

    /// Values that occur more than once, as SodaCL counts them: one for each value, however many rows have it.
    func duplicatedValues(
        _ columns: [String], _ quantity: SodaQuantity, _ levels: SodaLevels
    ) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        let options = try levels.options(on: quantity, isWhole: quantity == .count, differences: &result.differences)
        if levels.isAllOrNothing(on: quantity) {
            result.checks = [unique(columns, options)]
            return result
        }
        let names = columns.map { SodaName.quoted($0) }
        let list = names.joined(separator: ", ")
        let conditions = names.map { "\($0) IS NOT NULL" } + (filter().map { ["(\($0))"] } ?? [])
        let sql = """
            SELECT \(list), count(*) AS "rows"
            FROM \(dataset.sql)
            WHERE \(conditions.joined(separator: " AND "))
            GROUP BY \(list)
            HAVING count(*) > 1
            """
        result.queries = [query(sql, for: "duplicate \(columns.joined(separator: " "))", options)]
        if quantity == .percent, filter() != nil {
            result.differ("the percentage is of all rows of the dataset")
        }
        return result
    }

    /// Rows beyond the first of each value, as contracts count duplicates.
    func surplusRows(
        _ columns: [String], isColumn: Bool, _ rules: SodaRules, _ quantity: SodaQuantity, _ levels: SodaLevels
    ) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        let conditions = columns.first.flatMap { rules.isPlaceholder($0) }.map { ["NOT (\($0))"] } ?? []
        if levels.isAllOrNothing(on: quantity) {
            let options = try levels.options(
                on: quantity, isWhole: quantity == .count, differences: &result.differences)
            result.checks = [unique(columns, nullsFail: !isColumn, and: conditions, options)]
        } else {
            let names = columns.map { SodaName.quoted($0) }.joined(separator: ", ")
            let total = isColumn ? "count(\(names))" : "count(*)"
            let surplus = "\(total) - count(DISTINCT \(isColumn ? names : "(\(names))"))"
            let isCount = quantity == .count
            result = try metric(
                isCount ? surplus : "coalesce(100.0 * (\(surplus)) / nullif(\(total), 0), 0)",
                levels.limited(to: quantity), and: conditions, isWhole: isCount)
        }
        for rule in rules.placeholders { result.differ(rule.sqlDifference) }
        return result
    }
}

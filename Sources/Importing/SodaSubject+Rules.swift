import ExactJSON

extension SodaSubject {
    /// Values that are missing: NULL, and what else counts as missing.
    func missing(
        _ column: String, _ rules: SodaRules, _ quantity: SodaQuantity, _ levels: SodaLevels
    ) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        let options = try levels.options(
            on: quantity, isWhole: quantity == .count, differences: &result.differences)
        guard let first = rules.placeholders.first else {
            result.checks = [ImportedCheck("not_null", column: column, options: rowOptions(options))]
            return result
        }
        if rules.placeholders.count == 1, let inverse = first.inverse {
            let kind = inverse.kind
            result.checks = [
                ImportedCheck(
                    kind.name, column: column, kind.arguments, options: rowOptions(options, nullsFail: true))
            ]
            result.differ(kind.difference)
            return result
        }
        let condition = rules.placeholders.map { $0.sql(on: column) }.joined(separator: " OR ")
        result.checks = [
            ImportedCheck(
                "expect", ["expression": .string("NOT (\(condition))")],
                options: rowOptions(options, nullsFail: true))
        ]
        for rule in rules.placeholders { result.differ(rule.sqlDifference) }
        return result
    }

    /// Values that are neither missing nor valid.
    func invalid(
        _ column: String, _ rules: SodaRules, _ quantity: SodaQuantity, _ levels: SodaLevels
    ) throws(SodaRefusal) -> SodaResult {
        guard !rules.acceptsNothing else { throw SodaRefusal("its list of valid values is empty") }
        guard let first = rules.validity.first else { throw SodaRefusal("nothing says which values are valid") }
        guard !rules.readsTextAsNumbers || !rules.validity.contains(where: \.isRange) else {
            throw SodaRefusal("its bounds are for texts that Soda reads as numbers")
        }
        var result = SodaResult()
        let options = try levels.options(
            on: quantity, isWhole: quantity == .count, differences: &result.differences)
        let isAlone = rules.validity.count == 1
        if isAlone, case .oneOf(let values) = first, let placeholders = rules.placeholderValues {
            // What is missing is not invalid, so that it passes like a valid value.
            return add([.oneOf(values + placeholders)], to: result, column, rules, options)
        }
        let placeholder = rules.isPlaceholder(column)
        let isAllOrNothing = levels.isAllOrNothing(on: quantity)
        // Rows left out by `where` change a percentage, and rules that are counted apart change every number.
        let countsAlike = isAllOrNothing || (isAlone && (placeholder == nil || quantity == .count))
        let hasReference = rules.validity.contains(where: \.isReference)
        guard countsAlike || hasReference else {
            let valid = rules.validity.map { "(\($0.sql(on: column)))" }.joined(separator: " AND ")
            let expression = placeholder.map { "\($0) OR (\(valid))" } ?? valid
            result.checks = [
                ImportedCheck(
                    "expect", ["expression": .string(expression)],
                    options: rowOptions(options, nullsFail: rules.nullsAreInvalid))
            ]
            for rule in rules.placeholders + rules.validity { result.differ(rule.sqlDifference) }
            return result
        }
        if !countsAlike { result.differ("each rule is counted by itself, among the rows that are not missing") }
        let conditions = placeholder.map { ["NOT (\($0))"] } ?? []
        for rule in rules.placeholders { result.differ(rule.sqlDifference) }
        return add(rules.validity, to: result, column, rules, options, and: conditions)
    }

    /// A check of its own for each rule.
    private func add(
        _ validity: [SodaRule], to result: SodaResult, _ column: String, _ rules: SodaRules,
        _ options: [JSONValue.Member], and conditions: [String] = []
    ) -> SodaResult {
        var result = result
        for rule in validity {
            let kind = rule.kind
            result.checks.append(
                ImportedCheck(
                    kind.name, column: column, kind.arguments,
                    options: rowOptions(options, and: conditions, nullsFail: rules.nullsAreInvalid)))
            result.differ(kind.difference)
        }
        return result
    }

    /// The number of values that are valid.
    func validCount(_ column: String, _ rules: SodaRules, _ levels: SodaLevels) throws(SodaRefusal) -> SodaResult {
        let usable = rules.areUsable(column)
        let count = "count(\(SodaName.quoted(column)))"
        let conditions = usable.map { "(\($0))" }.joined(separator: " AND ")
        var result = try metric(
            usable.isEmpty ? count : "\(count) FILTER (WHERE \(conditions))", levels.limited(to: .count), isWhole: true)
        for rule in rules.placeholders + rules.validity { result.differ(rule.sqlDifference) }
        return result
    }
}

extension SodaRule {
    /// Whether it bounds the values themselves.
    var isRange: Bool { if case .range = self { true } else { false } }

    /// Whether it looks into another dataset.
    var isReference: Bool { if case .reference = self { true } else { false } }
}

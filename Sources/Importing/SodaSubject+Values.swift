import ExactJSON

extension SodaSubject {
    /// The number of rows.
    func rowCount(_ levels: SodaLevels) throws(SodaRefusal) -> SodaResult {
        let levels = try levels.limited(to: .count)
        guard let bounds = levels.fail?.bounds(isWhole: true),
            bounds.allSatisfy({ $0.value.scalarText.flatMap { Int($0) }.map { $0 >= 0 } ?? false })
        else {
            return try metric("count(*)", levels, isWhole: true)
        }
        var result = SodaResult()
        var options: [JSONValue.Member] = []
        if let warn = levels.warn {
            options = try SodaLevels(warn: warn).options(on: .value, isWhole: true, differences: &result.differences)
        }
        result.checks = [ImportedCheck("row_count", .object(bounds), options: valueOptions(options))]
        return result
    }

    /// An aggregate expression.
    func metric(
        _ expression: String, _ levels: SodaLevels, and conditions: [String] = [], isWhole: Bool = false
    ) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        let options = try levels.options(on: .value, isWhole: isWhole, differences: &result.differences)
        result.checks = [
            ImportedCheck(
                "metric", ["expression": .string(expression)], options: valueOptions(options, and: conditions))
        ]
        return result
    }

    /// A statistic of a column: one of our kinds that take `min`, `max` and `equals`.
    func statistic(
        _ kind: String, of column: String?, with parameters: [JSONValue.Member] = [], _ levels: SodaLevels,
        and conditions: [String] = []
    ) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        let bounds = levels.fail?.bounds(isWhole: false)
        var options: [JSONValue.Member] = []
        if bounds == nil {
            options = try levels.options(on: .value, isWhole: false, differences: &result.differences)
        } else if let warn = levels.warn {
            options = try SodaLevels(warn: warn).options(on: .value, isWhole: false, differences: &result.differences)
        }
        result.checks = [
            ImportedCheck(
                kind, column: column, .object(parameters + (bounds ?? [])),
                options: valueOptions(options, and: conditions))
        ]
        return result
    }

    /// The age of the newest row, with levels in seconds.
    func freshness(of column: String, _ levels: SodaLevels) throws(SodaRefusal) -> SodaResult {
        var result = SodaResult()
        result.timeColumn = column
        guard let seconds = levels.fail?.leastFailingAge else {
            let age = "extract(epoch FROM now() - max(\(SodaName.quoted(column))))"
            let options = try levels.options(on: .value, isWhole: false, differences: &result.differences)
            let all = valueOptions(options) + [JSONValue.Member("on_empty", "fail")]
            result.checks = [ImportedCheck("metric", ["expression": .string(age)], options: all)]
            result.differ("a time without a zone is read in the session's zone, not in UTC")
            return result
        }
        var options: [JSONValue.Member] = []
        if let warn = levels.warn {
            options = try SodaLevels(warn: warn).options(on: .value, isWhole: false, differences: &result.differences)
        }
        result.checks = [
            ImportedCheck(
                "fresh", column: column, ["within": .string(SodaText.duration(seconds: seconds))],
                options: valueOptions(options))
        ]
        result.differ("a newest row more than five minutes in the future fails, too")
        return result
    }
}

extension SodaCondition {
    /// The age beyond which data are too old, in seconds; `nil` for any other condition.
    var leastFailingAge: Int? {
        switch self {
        case .greater(let number), .greaterOrEqual(let number): Int(number).flatMap { $0 > 0 ? $0 : nil }
        default: nil
        }
    }
}

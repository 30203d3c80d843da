import ExactJSON

extension SodaCheckReader {
    /// Statistics of a column that are kinds of ours, with what else they take.
    static let statistics: [String: (kind: String, parameters: [JSONValue.Member])] = [
        "min": ("min", []), "max": ("max", []), "avg": ("avg", []), "sum": ("sum", []),
        "min_length": ("min_length", []), "max_length": ("max_length", []), "avg_length": ("avg_length", []),
        "stddev": ("stddev", []), "stddev_samp": ("stddev", []),
        "stddev_pop": ("stddev", [JSONValue.Member("of", "population")]),
        "variance": ("variance", []), "var_samp": ("variance", []),
        "var_pop": ("variance", [JSONValue.Member("of", "population")]),
    ]

    /// A metric with a threshold.
    func metric(
        _ name: String, _ arguments: [String], _ threshold: String, _ configuration: JSONValue, _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult {
        if name.hasPrefix("$") { throw SodaRefusal("it is a template of Soda Library") }
        if let defined = try definedMetric(name, threshold, configuration, subject) { return defined }
        if name == "row_count" { return try subject.rowCount(SodaLevels(sodaCL: threshold, configuration)) }
        if name == "distribution_difference" {
            throw SodaRefusal(
                "its distribution is in a file of weights; psi, chi_square and their like compare with a relation")
        }
        let isKnown = Self.statistics[name] != nil || Self.columnMetrics.contains(name)
        guard isKnown else { throw SodaRefusal("Soda has no metric \(name), and the check does not define it") }
        let columns = arguments.map { SodaName.folded($0) }
        guard let column = columns.first else { throw SodaRefusal("it names no column") }
        if name == "freshness" {
            return try freshness(arguments[0], arguments.dropFirst().first, threshold, configuration, subject)
        }
        let levels = try SodaLevels(sodaCL: threshold, configuration)
        let rules = try SodaRules(
            sodaCL: configuration, defaults: settings.configuration(of: column, in: dataset))
        var result = try columnMetric(name, columns, arguments, rules, levels, subject)
        if name.hasSuffix("_percent") { result.remarks.append("Soda rounds the percentage to two digits") }
        if columns.count > 1, !name.hasPrefix("duplicate_"), !name.hasPrefix("percentile") {
            result.remarks.append("only its first column is looked at, as Soda does")
        }
        return result
    }

    private static let columnMetrics = [
        "missing_count", "missing_percent", "invalid_count", "invalid_percent", "valid_count", "duplicate_count",
        "duplicate_percent", "percentile", "percentile_disc", "freshness",
    ]

    private func columnMetric(
        _ name: String, _ columns: [String], _ arguments: [String], _ rules: SodaRules, _ levels: SodaLevels,
        _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult {
        let column = columns[0]
        let quantity: SodaQuantity = name.hasSuffix("_percent") ? .percent : .count
        switch name {
        case "missing_count", "missing_percent": return try subject.missing(column, rules, quantity, levels)
        case "invalid_count", "invalid_percent": return try subject.invalid(column, rules, quantity, levels)
        case "valid_count": return try subject.validCount(column, rules, levels)
        case "duplicate_count", "duplicate_percent":
            return try subject.duplicatedValues(columns, quantity, levels)
        default: break
        }
        guard !rules.readsTextAsNumbers else { throw SodaRefusal("its values are texts that Soda reads as numbers") }
        let usable = rules.areUsable(column)
        var result: SodaResult
        if let statistic = Self.statistics[name] {
            result = try subject.statistic(
                statistic.kind, of: column, with: statistic.parameters, levels, and: usable)
        } else {
            guard arguments.count == 2, let fraction = SodaText.number(arguments[1]) else {
                throw SodaRefusal("it does not say which percentile")
            }
            // Soda takes a value that is there, where our percentile lies between two.
            let expression = "percentile_disc(\(fraction)) WITHIN GROUP (ORDER BY \(SodaName.quoted(column)))"
            result = try subject.metric(expression, levels, and: usable)
        }
        for rule in rules.placeholders + rules.validity { result.differ(rule.sqlDifference) }
        return result
    }

    /// A metric that the check itself defines, by an expression or a query; `nil` for any other.
    private func definedMetric(
        _ name: String, _ threshold: String, _ configuration: JSONValue, _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult? {
        if let expression = configuration["\(name) expression"]?.scalarText {
            let levels = try SodaLevels(sodaCL: threshold, configuration)
            return try subject.metric(SodaText.sql(expression), levels)
        }
        if let query = configuration["\(name) query"]?.scalarText {
            return subject.number(of: query, named: name, try SodaLevels(sodaCL: threshold, configuration))
        }
        guard configuration["\(name) sql_file"] == nil else {
            throw SodaRefusal("its query is in a file of its own")
        }
        return nil
    }

    /// The age of the newest row.
    func freshness(
        _ column: String, _ variable: String?, _ threshold: String, _ configuration: JSONValue,
        _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult {
        let levels = try SodaLevels(sodaCL: threshold, configuration, reading: SodaText.seconds)
        guard [levels.warn, levels.fail].compactMap(\.self).allSatisfy({ $0.leastFailingAge != nil }) else {
            throw SodaRefusal("Soda only asks whether data are older than a length of time")
        }
        var result = try subject.freshness(of: SodaName.folded(column), levels)
        result.differ("a date counts from the beginning of its day, not from the end")
        if let variable, variable != "NOW" {
            result.differ("the age is by the server's clock, not by the variable \(variable)")
        }
        return result
    }
}

import ExactJSON

/// Checks that compare with former scans.
extension SodaCheckReader {
    /// What a metric is compared with.
    struct Former: Sendable, Hashable {
        /// `avg`, `min` or `max` of the last ones; `nil` for one measurement.
        var summary: String?
        var last: String?
        var isSameWeekday = false
        var isPercent = false

        /// Reads what stands between `change` and `for`; `nil` for anything else.
        init?(parsing text: String) {
            var words = SodaText.split(text, at: " ").filter { !$0.isEmpty }
            if words.last == "percent" {
                isPercent = true
                words.removeLast()
            }
            if words == ["same", "day", "last", "week"] {
                isSameWeekday = true
            } else if words.count == 3, ["avg", "min", "max"].contains(words[0]), words[1] == "last",
                Int(words[2]).map({ $0 > 0 }) == true
            {
                (summary, last) = (words[0], words[2])
            } else if !words.isEmpty {
                return nil
            }
        }

        var parameters: [JSONValue.Member] {
            var parameters: [JSONValue.Member] = []
            if let summary, let last {
                parameters.append(.init("against", .string(summary == "avg" ? "average" : summary)))
                parameters.append(.init("last", .number(last)))
            }
            if isSameWeekday { parameters.append(.init("days_ago", 7)) }
            if !isPercent { parameters.append(.init("as", "difference")) }
            return parameters
        }
    }

    /// The change of a metric.
    func change(
        _ former: Former, _ metric: String, _ configuration: JSONValue, _ subject: SodaSubject
    ) throws(SodaRefusal) -> SodaResult {
        let (column, measure, threshold) = try measure(metric, configuration)
        let levels = try SodaLevels(sodaCL: threshold, configuration)
        return try subject.statistic(
            "change", of: column, with: measure + former.parameters, levels)
    }

    /// An unusual value of a metric.
    func anomaly(_ metric: String, _ configuration: JSONValue, _ subject: SodaSubject) throws(SodaRefusal) -> SodaResult
    {
        let (column, measure, _) = try measure(metric, configuration)
        var result = SodaResult()
        result.checks = [
            ImportedCheck("anomaly", column: column, .object(measure), options: subject.valueOptions())
        ]
        result.differ("what is unusual is told by medians of at least 14 measurements, not by Soda's model")
        return result
    }

    /// What a metric is as the parameters of a kind that measures it, and what stands behind it.
    private func measure(
        _ text: String, _ configuration: JSONValue
    ) throws(SodaRefusal) -> (column: String?, parameters: [JSONValue.Member], threshold: String) {
        guard case .metric(let name, let arguments, let threshold)? = SodaCheckText(parsing: text) else {
            throw SodaRefusal("its metric is not understood")
        }
        if name == "row_count" { return (nil, [.init("of", "row_count")], threshold) }
        guard let column = arguments.first.map({ SodaName.folded($0) }) else {
            throw SodaRefusal("it names no column")
        }
        let rules = try SodaRules(sodaCL: configuration, defaults: settings.configuration(of: column, in: dataset))
        guard rules == SodaRules() else { throw SodaRefusal("no kind measures \(name) of the values that are valid") }
        if let statistic = Self.statistics[name] {
            let measured: JSONValue =
                statistic.parameters.isEmpty
                ? .string(statistic.kind) : .object([.init(statistic.kind, .object(statistic.parameters))])
            return (column, [.init("of", measured)], threshold)
        }
        guard name == "missing_count" || name == "missing_percent" else {
            throw SodaRefusal("no kind measures \(name) so that it could be compared")
        }
        var parameters: [JSONValue.Member] = [.init("of", "not_null")]
        if name == "missing_percent" { parameters.append(.init("quantity", "percent")) }
        return (column, parameters, threshold)
    }

    /// The columns as the last run saw them: what a rule says may not change.
    static func schemaUnchanged(_ rule: JSONValue, _ options: [JSONValue.Member]) -> ImportedCheck? {
        let changes: [String: [String]] = [
            "any": ["dropped", "added", "retyped", "narrowed", "widened", "moved"],
            "column add": ["added"], "column delete": ["dropped"],
            "column type change": ["retyped", "narrowed", "widened"], "column index change": ["moved"],
        ]
        let names = rule.scalarText.map { [$0] } ?? rule.elements.compactMap(\.scalarText)
        let breaking = names.flatMap { changes[SodaText.trimmed($0)] ?? [] }
        guard !breaking.isEmpty, names.allSatisfy({ changes[SodaText.trimmed($0)] != nil }) else { return nil }
        return ImportedCheck(
            "schema_unchanged", ["against": "last_run", "breaking": .array(breaking.map(JSONValue.string))],
            options: options)
    }
}

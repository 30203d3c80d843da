import Statistics

/// `change`: what is measured has not changed too much since earlier runs.
package struct Change: ComparisonKind {
    package static let definition = KindDefinition(
        "change", "A number that another kind measures has not changed too much since earlier runs",
        scope: .measured,
        parameters: Measure.parameters + [
            Parameter(
                "against", .choice(["previous", "average", "median", "min", "max"]),
                "the previous measurement, or what the last ones come to; previous if not given"),
            Parameter("last", .count, "how many measurements that is; 7 if not given"),
            Parameter("days_ago", .count, "the measurement nearest to so many days ago instead, at most 12 hours off"),
            Parameter(
                "same_weekday", .boolean, "only measurements of the same weekday, by the clock of the suite's zone"),
            Parameter(
                "as", .choice(["percent", "difference"]), "what the change is measured in; percent if not given"),
        ] + ValueBounds.parameters(of: "change"),
        quantities: [.value],
        semantics: """
            Compared with what was recorded on the same target by this check, or by any other that measures the same: its \
            number minus the earlier one, in percent of the earlier one. Of a window, with earlier windows of the same length. \
            Where nothing was recorded yet the outcome is skip; where the earlier number is 0, of which there is no percent, \
            or results cannot be read, it is an error. Measurements marked bad by assay feedback are left out.
            """,
        onEmpty: .error,
        dimension: .volume,
        judgesSingleRows: false,
        allowsGroups: false,
        otherNames: [
            "row_count_change", "change for row_count", "change percent for", "change avg last 7 for",
            "relativeRateOfChange", "absoluteChange", "volume_threshold",
        ],
        example: KindExample(
            "{change: {of: row_count, min: -10, max: 50}}",
            after: .runs(measuring: ["10"]), gives: "fail: -20"))

    package let measure: Measure
    package let bounds: ValueBounds
    private let summary: Summary
    private let last: Int
    private let daysAgo: Int?
    private let needsSameWeekday: Bool
    private let isPercent: Bool

    private enum Summary: String {
        case previous, average, median, min, max
    }

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (measure, bounds) = (try Measure(arguments), try ValueBounds(arguments))
        summary = arguments.text("against").flatMap(Summary.init) ?? .previous
        daysAgo = arguments.count("days_ago")
        last = arguments.count("last") ?? 7
        needsSameWeekday = arguments.flag("same_weekday")
        isPercent = arguments.text("as") != "difference"
        if let daysAgo {
            guard daysAgo > 0 else { throw ArgumentError("days_ago", "\"days_ago\" is 1 or more") }
            for other in ["against", "last", "same_weekday"] where arguments.values[other] != nil {
                throw ArgumentError("days_ago", "\"days_ago\" and \"\(other)\" are two ways to say it")
            }
        }
        if arguments.values["last"] != nil {
            guard summary != .previous else {
                throw ArgumentError("last", "\"last\" goes with against: average, median, min or max")
            }
            guard last > 0 else { throw ArgumentError("last", "\"last\" is 1 or more") }
        }
    }

    package var ownThreshold: Threshold? { bounds.violated }

    package var idSuffix: String? {
        let against = daysAgo.map { "\($0)d" } ?? (summary == .previous ? nil : summary.rawValue)
        return [measure.name, against, needsSameWeekday ? "weekday" : nil].compactMap(\.self).joined(separator: " ")
    }

    package var reach: Duration { .seconds(86_400 * ((daysAgo ?? 399) + 1)) }

    package func compare(_ metric: String, at moment: Moment, with past: [PastMeasurement]) -> Comparison {
        var candidates = past.filter { $0.moment.time < moment.time && $0.mark != .bad && Double($0.metric) != nil }
        if needsSameWeekday { candidates = candidates.filter { $0.moment.weekday == moment.weekday } }
        if let daysAgo {
            let wanted = moment.time.advanced(by: .seconds(-86_400 * daysAgo)).microseconds
            func distance(_ one: PastMeasurement) -> Int { abs(one.moment.time.microseconds - wanted) }
            candidates = candidates.filter { distance($0) <= 43_200_000_000 }
            candidates = candidates.min { distance($0) < distance($1) }.map { [$0] } ?? []
        } else {
            candidates = Array(candidates.suffix(summary == .previous ? 1 : last))
        }
        guard let newest = candidates.last, let number = Double(metric), number.isFinite else {
            return .learning("nothing is recorded to compare with\(needsSameWeekday ? " on the same weekday" : "") yet")
        }
        let earlier = summarized(candidates)
        guard let baseline = Double(earlier) else {
            return .impossible("the earlier value is no number", hint: "Mark it as bad with assay feedback.")
        }
        let change: String
        if isPercent {
            guard baseline != 0 || number == 0 else {
                return .impossible(
                    "the earlier value is 0, of which there is no percent", hint: "Write as: difference.")
            }
            // Rounded, so that 10 % is 10 and not 10.000000000000002.
            change = Measure.text(number == baseline ? 0 : ((number - baseline) / abs(baseline) * 100))
        } else if let exact = Int(metric), let other = Int(earlier) {
            change = String(exact - other)
        } else {
            change = Measure.text(number - baseline)
        }
        let description = self.description(of: candidates.count, newest: newest.moment)
        return .judged(
            value: change,
            Expectation(
                value: earlier, count: candidates.count, season: needsSameWeekday ? "weekday" : nil,
                text:
                    "\(measure.finding(metric)), \(Self.words(change, isPercent)) \(Measure.short(earlier)) (\(description))"
            ))
    }

    private func summarized(_ measurements: [PastMeasurement]) -> String {
        let sorted = measurements.compactMap { one in Double(one.metric).map { (number: $0, text: one.metric) } }
            .sorted { $0.number < $1.number }
        guard daysAgo == nil, let first = sorted.first, let last = sorted.last else { return measurements[0].metric }
        let numbers = sorted.map(\.number)
        return switch summary {
        case .previous: measurements[measurements.count - 1].metric
        case .min: first.text
        case .max: last.text
        case .average: Measure.text(numbers.reduce(0, +) / Double(numbers.count))
        case .median: Measure.text(RobustForecast.median(numbers))
        }
    }

    private func description(of count: Int, newest: Moment) -> String {
        let weekday = needsSameWeekday ? " of the same weekday" : ""
        if let daysAgo { return "\(daysAgo) \(daysAgo == 1 ? "day" : "days") ago, \(newest.time.minutesText)" }
        guard summary != .previous else { return "the previous one\(weekday), \(newest.time.minutesText)" }
        return "\(summary.rawValue) of \(count == 1 ? "the last one" : "the last \(count)")\(weekday)"
    }

    /// `20 % less than`.
    private static func words(_ change: String, _ isPercent: Bool) -> String {
        guard change != "0" else { return "the same as" }
        let amount = Measure.short(change.hasPrefix("-") ? String(change.dropFirst()) : change)
        return "\(amount)\(isPercent ? " %" : "") \(change.hasPrefix("-") ? "less" : "more") than"
    }
}

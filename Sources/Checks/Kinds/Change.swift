import Foundation

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
            guard (1...3_660).contains(daysAgo) else {
                throw ArgumentError("days_ago", "\"days_ago\" lies between 1 and 3660")
            }
            for other in ["against", "last", "same_weekday"] where arguments.values[other] != nil {
                throw ArgumentError("days_ago", "\"days_ago\" and \"\(other)\" are two ways to say it")
            }
        }
        if arguments.values["last"] != nil {
            guard summary != .previous else {
                throw ArgumentError("last", "\"last\" goes with against: average, median, min or max")
            }
            guard (1...1_000).contains(last) else { throw ArgumentError("last", "\"last\" lies between 1 and 1000") }
        }
    }

    package var ownThreshold: Threshold? { bounds.violated }

    package var idSuffix: String? {
        let against = daysAgo.map { "\($0)d" } ?? (summary == .previous ? nil : summary.rawValue)
        return [measure.name, against, needsSameWeekday ? "weekday" : nil].compactMap(\.self).joined(separator: " ")
    }

    package var part: Past.Part {
        daysAgo.map { .around(daysAgo: $0) } ?? (needsSameWeekday ? .sameWeekday : .all)
    }

    package var reach: Duration { .seconds(86_400 * ((daysAgo ?? 399) + 1)) }

    package func compare(_ metric: String, at moment: Moment, with past: [PastMeasurement]) -> Comparison {
        var candidates = past.filter {
            $0.moment.time < moment.time && $0.mark != .bad && Decimal(exactly: $0.metric) != nil
        }
        if needsSameWeekday { candidates = candidates.filter { $0.moment.weekday == moment.weekday } }
        if let daysAgo {
            let wanted = moment.time.advanced(by: .seconds(-86_400 * daysAgo)).microseconds
            func distance(_ one: PastMeasurement) -> Int { abs(one.moment.time.microseconds - wanted) }
            candidates = candidates.filter { distance($0) <= 43_200_000_000 }
            candidates = candidates.min { distance($0) < distance($1) }.map { [$0] } ?? []
        } else {
            candidates = Array(candidates.suffix(summary == .previous ? 1 : last))
        }
        guard let newest = candidates.last, let number = Decimal(exactly: metric) else {
            return .learning("nothing is recorded to compare with\(needsSameWeekday ? " on the same weekday" : "") yet")
        }
        guard let baseline = summarized(candidates) else {
            return .impossible("the earlier value is no number", hint: "Mark it as bad with assay feedback.")
        }
        let difference = number - baseline
        guard !isPercent || !baseline.isZero || number.isZero else {
            return .impossible(
                "the earlier value is 0, of which there is no percent", hint: "Write as: difference.")
        }
        let change = isPercent && !difference.isZero ? difference / abs(baseline) * 100 : difference
        guard change.isFinite else {
            return .impossible("the numbers are too far apart to be compared", hint: "Mark the wrong one as bad.")
        }
        let description = self.description(of: candidates.count, newest: newest.moment)
        return .judged(
            value: Self.text(change),
            Expectation(
                value: "\(baseline)", count: candidates.count, season: needsSameWeekday ? "weekday" : nil,
                text:
                    "\(measure.finding(metric)), \(Self.words(Self.text(change), isPercent)) \(Measure.short("\(baseline)")) (\(description))"
            ))
    }

    private func summarized(_ measurements: [PastMeasurement]) -> Decimal? {
        let numbers = measurements.compactMap { Decimal(exactly: $0.metric) }
        guard let newest = numbers.last else { return nil }
        guard daysAgo == nil else { return newest }
        let sorted = numbers.sorted()
        let middle = sorted.count / 2
        return switch summary {
        case .previous: newest
        case .min: sorted[0]
        case .max: sorted[sorted.count - 1]
        case .average: numbers.reduce(0, +) / Decimal(numbers.count)
        case .median: sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        }
    }

    private func description(of count: Int, newest: Moment) -> String {
        let weekday = needsSameWeekday ? " of the same weekday" : ""
        if let daysAgo { return "\(daysAgo) \(daysAgo == 1 ? "day" : "days") ago, \(newest.time.minutesText)" }
        guard summary != .previous else { return "the previous one\(weekday), \(newest.time.minutesText)" }
        return "\(summary.rawValue) of \(count == 1 ? "the last one" : "the last \(count)")\(weekday)"
    }

    /// A number in full, or to 17 digits where it has more.
    private static func text(_ number: Decimal) -> String {
        let text = "\(number)"
        return text.contains(".") && text.count > 18 ? Double(text).map { "\($0)" } ?? text : text
    }

    /// `20 % less than`.
    private static func words(_ change: String, _ isPercent: Bool) -> String {
        guard change != "0" else { return "the same as" }
        let amount = Measure.short(change.hasPrefix("-") ? String(change.dropFirst()) : change)
        return "\(amount)\(isPercent ? " %" : "") \(change.hasPrefix("-") ? "less" : "more") than"
    }
}

extension Decimal {
    /// The number that a text says, with up to 38 digits; `nil` where it has more, or is none.
    fileprivate init?(exactly text: String) {
        guard ExactDecimal(text) != nil, text.count(where: \.isNumber) <= 38,
            let number = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")), number.isFinite
        else { return nil }
        self = number
    }
}

import Statistics

/// `anomaly`: what is measured is what earlier runs lead one to expect.
package struct Anomaly: ComparisonKind {
    package static let definition = KindDefinition(
        "anomaly", "A number that another kind measures is within what earlier runs lead one to expect",
        scope: .measured,
        parameters: Measure.parameters + [
            Parameter(
                "sensitivity", .number,
                "the deviation from which it is an anomaly, in standard deviations of a normal distribution; 3.5 if not given"
            ),
            Parameter(
                "tolerance", .number, "a deviation up to so many percent of what was expected is none; 1 if not given"),
            Parameter(
                "season", .choice(["auto", "none", "hour", "weekday", "weekday_and_hour"]),
                "what repeats, by the clock of the suite's zone; auto, the one that forecast the past best, if not given"
            ),
            Parameter("direction", .choice(["both", "up", "down"]), "which deviations count; both if not given"),
            Parameter("last", .duration, "how far back measurements count; 90d if not given"),
        ],
        quantities: [.value],
        semantics: """
            The value is the deviation from the median of earlier measurements, trend and season taken out, in units of the \
            median error that forecasts of them had (at most 999 either way). They are those recorded on the same target by \
            this check, or by any other that measures the same; of a window, those of earlier windows of the same length. \
            With fewer than 14, or fewer than 3 in the season, it is still learning and the outcome is skip, never pass. With \
            assay feedback, values like one marked expected are no anomalies, and those marked bad are left out.
            """,
        onEmpty: .error,
        dimension: .volume,
        judgesSingleRows: false,
        allowsGroups: false,
        otherNames: [
            "anomaly_detection", "row_count_anomaly", "volume_anomalies", "column_anomalies", "all_columns_anomalies",
            "freshness_anomalies", "anomaly detection for", "expect_column_values_to_be_within_n_moving_stdevs",
            "OnlineNormalStrategy", "BatchNormalStrategy", "HoltWinters",
        ],
        example: KindExample(
            "{anomaly: {of: row_count}}",
            after: .runs(measuring: [
                "100", "103", "98", "101", "99", "102", "100", "97", "101", "100", "102", "99", "101", "100",
            ]), gives: "fail: -62.053149872"))

    package let measure: Measure
    package let reach: Duration
    private let sensitivity: Double
    private let tolerance: Double
    private let seasons: [RobustForecast.Season]
    package let ownThreshold: Threshold?

    /// The greatest deviation that is told apart from greater ones.
    private static let limit = 999.0

    package init(_ arguments: Arguments) throws(ArgumentError) {
        measure = try Measure(arguments)
        reach = arguments.duration("last") ?? .seconds(90 * 86_400)
        guard reach >= .seconds(86_400) else { throw ArgumentError("last", "\"last\" is a day or more") }
        let text = arguments.text("sensitivity") ?? "3.5"
        guard let bound = ExactDecimal(text), !text.hasPrefix("+"), let number = Double(text), number > 0,
            number < Self.limit
        else {
            throw ArgumentError("sensitivity", "\"sensitivity\" is a number above 0 and below 999, such as 3.5")
        }
        sensitivity = number
        let percent = arguments.text("tolerance") ?? "1"
        guard let share = Double(percent), (0...1000).contains(share) else {
            throw ArgumentError("tolerance", "\"tolerance\" is a percentage between 0 and 1000")
        }
        tolerance = share / 100
        let negative = ExactDecimal("-\(text)") ?? bound
        seasons =
            switch arguments.text("season") {
            case "none": [.none]
            case "hour": [.hour]
            case "weekday": [.weekday]
            case "weekday_and_hour": [.weekdayAndHour]
            default: RobustForecast.Season.allCases
            }
        ownThreshold =
            switch arguments.text("direction") {
            case "up": Threshold(.value, .greater(bound))
            case "down": Threshold(.value, .less(negative))
            default: Threshold(.value, .notBetween(negative, bound))
            }
    }

    package func compare(_ metric: String, at moment: Moment, with past: [PastMeasurement]) -> Comparison {
        guard let number = Double(metric), number.isFinite else {
            return .impossible("the value is no number that could be compared", hint: "Leave such rows out with where.")
        }
        let observations = past.compactMap { one -> RobustForecast.Observation? in
            guard one.moment.time < moment.time, one.mark != .bad, let value = Double(one.metric), value.isFinite else {
                return nil
            }
            return one.moment.observation(value)
        }
        let fewest = RobustForecast.minimumCount
        guard observations.count >= fewest else {
            return .learning("learning: \(observations.count) of \(fewest) measurements")
        }
        guard let forecast = RobustForecast(observations, at: moment.observation(number), seasons: seasons) else {
            return .learning(
                "learning: fewer than \(RobustForecast.minimumSeasonCount) measurements of the same \(seasons[0].label ?? "kind")"
            )
        }
        let scale = max(forecast.scale, abs(forecast.center) * tolerance / sensitivity)
        func deviation(from center: Double) -> Double {
            let distance = number - center
            // What never varied is not expected to.
            guard scale > 0 else { return distance == 0 ? 0 : distance > 0 ? Self.limit : -Self.limit }
            return min(max(distance / scale, -Self.limit), Self.limit)
        }
        let expected = past.filter { $0.mark == .expected }.compactMap { Double($0.metric) }
        let deviations = ([forecast.center] + expected).map { (from: $0, value: deviation(from: $0)) }
        guard let least = deviations.min(by: { abs($0.value) < abs($1.value) }) else {
            return .impossible("there is nothing to compare with", hint: "Run again.")
        }
        let margin = sensitivity * scale
        let range = (low: Measure.short(forecast.center - margin), high: Measure.short(forecast.center + margin))
        let season = forecast.season.label.map { ", by \($0)" } ?? ""
        let marked = least.from == forecast.center ? "" : "; like one marked expected"
        return .judged(
            value: Measure.text(least.value),
            Expectation(
                value: Measure.short(forecast.center), range: range, count: observations.count,
                season: forecast.season.label,
                text: """
                    \(measure.finding(metric)), where \(range.low) to \(range.high) was expected \
                    (\(observations.count) measurements\(season)\(marked))
                    """))
    }
}

extension Moment {
    /// A number measured at the moment.
    fileprivate func observation(_ value: Double) -> RobustForecast.Observation {
        .init(time: Double(time.microseconds) / 86_400_000_000, weekday: weekday, hour: hour, value: value)
    }
}

extension RobustForecast.Season {
    /// What repeats, for people; `nil` where nothing does.
    var label: String? {
        switch self {
        case .none: nil
        case .hour: "hour"
        case .weekday: "weekday"
        case .weekdayAndHour: "weekday and hour"
        }
    }
}

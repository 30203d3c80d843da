/// What a series of numbers leads one to expect at a moment: a level, a trend and a season, and how far off that usually is.
///
/// Level: the median of the season's values once the trend is taken out. Trend: the median of the slopes between values half
/// the season's history apart (Theil's incomplete method; H. Theil, "A rank-invariant method of linear and polynomial
/// regression analysis", 1950). Spread: each value is forecast from the others, and the median of the absolute errors, times
/// 1.4826 (the factor that makes it the standard deviation of a normal distribution), is the scale. Where more than half the
/// errors are 0 it is 1.2533 times their mean, as B. Iglewicz and D. Hoaglin advise ("How to Detect and Handle Outliers",
/// 1993), the greatest tenth of them left out.
package struct RobustForecast: Sendable, Hashable {
    /// What repeats.
    package enum Season: String, Sendable, Hashable, CaseIterable {
        case none, hour, weekday, weekdayAndHour
    }

    /// A number and when it was measured.
    package struct Observation: Sendable, Hashable {
        /// In days since any instant.
        package var time: Double
        /// 1 for Monday to 7 for Sunday, by the clock of the zone that matters.
        package var weekday: Int
        /// 0 to 23, by the same clock.
        package var hour: Int
        package var value: Double

        package init(time: Double, weekday: Int, hour: Int, value: Double) {
            self.time = time
            self.weekday = weekday
            self.hour = hour
            self.value = value
        }
    }

    /// The number to expect.
    package var center: Double
    /// How far off forecasts usually are, as a standard deviation; 0 where they never were.
    package var scale: Double
    package var season: Season

    /// Fewest observations from which anything follows.
    package static let minimumCount = 14
    /// Fewest observations of a season from which its level follows.
    package static let minimumSeasonCount = 3

    /// Forecasts a value, with the season whose forecasts of the past were the best.
    ///
    /// `nil` where the past is too short: fewer than ``minimumCount``, or fewer than ``minimumSeasonCount`` in the moment's
    /// season.
    ///
    /// A season is taken only where the mean of its errors, the greatest tenth left out, is less than 0.8 times that without
    /// one: what is simple wins a close race.
    ///
    /// - Parameters:
    ///   - observations: The past, in the order of time; finite numbers.
    ///   - moment: What is to be forecast; its value counts for nothing.
    ///   - seasons: The seasons that may be taken; without ``Season/none`` one of them is.
    package init?(_ observations: [Observation], at moment: Observation, seasons: [Season] = Season.allCases) {
        guard observations.count >= Self.minimumCount else { return nil }
        var best: (forecast: RobustForecast, error: Double)?
        for season in seasons {
            guard let found = Self.forecast(observations, at: moment, season) else { continue }
            let handicap = season == .none || best == nil ? 1 : 0.8
            if best == nil || found.error < handicap * (best?.error ?? 0) { best = found }
        }
        guard let best else { return nil }
        self = best.forecast
    }

    private init(center: Double, scale: Double, season: Season) {
        self.center = center
        self.scale = scale
        self.season = season
    }

    private static func forecast(
        _ observations: [Observation], at moment: Observation, _ season: Season
    ) -> (forecast: RobustForecast, error: Double)? {
        let groups = Dictionary(grouping: observations, by: season.key)
        guard let own = groups[season.key(of: moment)], own.count >= minimumSeasonCount else { return nil }
        let slope = slope(of: groups.values)
        var errors: [Double] = []
        for group in groups.values where group.count > 1 {
            let levels = group.map { $0.value - slope * $0.time }.sorted()
            errors += levels.indices.map { abs(levels[$0] - median(levels, without: $0)) }
        }
        guard errors.count >= minimumCount / 2, let first = observations.first, let last = observations.last else {
            return nil
        }
        // A trend says little about a time that is farther off than half of what it was seen in.
        let time = min(moment.time, last.time + (last.time - first.time) / 2)
        let level = median(own.map { $0.value - slope * $0.time }.sorted())
        errors.sort()
        let error = median(errors)
        let usual = errors.dropLast(errors.count / 10)
        let mean = usual.reduce(0, +) / Double(usual.count)
        let scale = error > 0 ? 1.4826 * error : 1.2533 * mean
        return (RobustForecast(center: level + slope * time, scale: scale, season: season), mean)
    }

    /// The median slope of lines through two values of one season.
    private static func slope(of groups: some Sequence<[Observation]>) -> Double {
        var slopes: [Double] = []
        for group in groups {
            let (half, rest) = (group.count / 2, group.count - group.count / 2)
            for index in 0..<half {
                let time = group[index + rest].time - group[index].time
                if time > 0 { slopes.append((group[index + rest].value - group[index].value) / time) }
            }
        }
        return slopes.isEmpty ? 0 : median(slopes.sorted())
    }

    /// The median of sorted numbers; 0 of none.
    package static func median(_ sorted: [Double]) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The median of sorted numbers but for one; there are two at least.
    private static func median(_ sorted: [Double], without index: Int) -> Double {
        let count = sorted.count - 1
        func number(_ position: Int) -> Double { sorted[position < index ? position : position + 1] }
        let middle = count / 2
        return count % 2 == 1 ? number(middle) : (number(middle - 1) + number(middle)) / 2
    }
}

extension RobustForecast.Season {
    /// What observations of one season have in common.
    fileprivate func key(of observation: RobustForecast.Observation) -> Int {
        switch self {
        case .none: 0
        case .hour: observation.hour
        case .weekday: observation.weekday
        case .weekdayAndHour: observation.weekday * 24 + observation.hour
        }
    }
}

import Statistics
import Testing

/// Against the same rule written with NumPy 2.4.6 (`numpy.median`, `numpy.mean`, errors by `numpy.delete`).
struct RobustForecastTests {
    private typealias Observation = RobustForecast.Observation

    /// Numbers between -11 and 11 without a pattern.
    private static func noise(_ index: Int) -> Double { Double((index * index * 31 + index * 17) % 23 - 11) }

    private static func daily(_ count: Int, _ value: (Int) -> Double) -> [Observation] {
        (0..<count).map { Observation(time: Double($0), weekday: $0 % 7 + 1, hour: 6, value: value($0)) }
    }

    private static func day(_ index: Int) -> Observation {
        Observation(time: Double(index), weekday: index % 7 + 1, hour: 6, value: .nan)
    }

    private func expect(
        _ forecast: RobustForecast?, _ center: Double, _ scale: Double, _ season: RobustForecast.Season,
        location: SourceLocation = #_sourceLocation
    ) {
        guard let forecast else {
            Issue.record("no forecast", sourceLocation: location)
            return
        }
        #expect(abs(forecast.center - center) <= 1e-9 * abs(center), "\(forecast)", sourceLocation: location)
        #expect(abs(forecast.scale - scale) <= 1e-9 * scale, "\(forecast)", sourceLocation: location)
        #expect(forecast.season == season, sourceLocation: location)
    }

    @Test
    func weekAndTrendAreFoundInSpiteOfOutliers() {
        let week = [0.0, 5, 8, 6, 4, -90, -110]
        var observations = Self.daily(42) { 1000 + 2.5 * Double($0) + week[$0 % 7] + Self.noise($0) }
        observations[20].value = 5000
        observations[33].value = 0
        expect(RobustForecast(observations, at: Self.day(42)), 1104.5, 10.3782, .weekday)
        expect(RobustForecast(observations, at: Self.day(42), seasons: [.none]), 1103.5, 17.0499, .none)
    }

    @Test
    func withoutASeasonThereIsNone() {
        let observations = Self.daily(14) { 500 + Self.noise($0) }
        expect(RobustForecast(observations, at: Self.day(14)), 496.07142857142856, 6.5658, .none)
    }

    @Test
    func hoursOfTheDayAreFound() {
        let observations = (0..<240).map { index -> Observation in
            let (day, hour) = (index / 24, index % 24)
            let value = 100 * Double(abs(hour - 12)) + Self.noise(index)
            return Observation(time: Double(index) / 24, weekday: day % 7 + 1, hour: hour, value: value)
        }
        let next = Observation(time: 10, weekday: 4, hour: 0, value: 0)
        expect(RobustForecast(observations, at: next), 1197.5, 8.8956, .hour)
    }

    @Test
    func whatNeverVariedHasNoSpread() {
        let constant = RobustForecast(Self.daily(20) { _ in 7 }, at: Self.day(20))
        #expect(constant?.center == 7 && constant?.scale == 0 && constant?.season == RobustForecast.Season.none)
        // One of twenty is left out; five of them are not: (30 / 18) * 1.2533.
        #expect(RobustForecast(Self.daily(20) { $0 == 3 ? 17 : 7 }, at: Self.day(20))?.scale == 0)
        expect(RobustForecast(Self.daily(20) { $0 % 4 == 3 ? 17 : 7 }, at: Self.day(20)), 7, 2.0888333333333335, .none)
    }

    @Test
    func aTrendIsNotCarriedFarBeyondWhatWasSeen() {
        let observations = Self.daily(20) { 100 + 10 * Double($0) + Self.noise($0) }
        expect(RobustForecast(observations, at: Self.day(400)), 381.575, 8.191365, .none)
    }

    @Test
    func tooLittleIsNothing() {
        #expect(RobustForecast(Self.daily(13) { Double($0) }, at: Self.day(13)) == nil)
        #expect(RobustForecast(Self.daily(14) { Double($0) }, at: Self.day(14)) != nil)
        // Two of each weekday are too few for one of them, and 23 other hours have none.
        #expect(RobustForecast(Self.daily(14) { Double($0) }, at: Self.day(14), seasons: [.weekday]) == nil)
        var noon = Self.day(14)
        noon.hour = 12
        #expect(RobustForecast(Self.daily(14) { Double($0) }, at: noon, seasons: [.hour]) == nil)
    }
}

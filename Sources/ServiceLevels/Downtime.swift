import Checks

/// How long a dataset was bad: the union of what its checks say, never their sum.
package struct Downtime: Sendable, Hashable {
    package var dataset: String
    /// When any of its checks was bad and it counted.
    package var ranges: TimeRanges
    /// Microseconds of all its checks together: incident hours, and no measure of availability.
    package var sum: Int
    /// Bounds of the failures that began or ended in the period: from the first to the last failing result, and from the last
    /// good one before to the first good one after.
    package var least: Int
    package var most: Int

    /// Microseconds.
    package var length: Int { ranges.length }

    /// - Parameters:
    ///   - dataset: Its name.
    ///   - timelines: Of its checks.
    ///   - period: What is asked about.
    ///   - eligible: Instants that count, without exclusions and out of hours.
    package init(dataset: String, _ timelines: [StateTimeline], in period: TimeRange, eligible: TimeRanges) {
        self.dataset = dataset
        let bad = timelines.map { $0.bad.intersection(eligible) }
        ranges = bad.reduce(TimeRanges()) { $0.union($1) }
        sum = bad.reduce(0) { $0 + $1.length }
        func bounds(_ range: (StateTimeline.Failure) -> TimeRange) -> Int {
            TimeRanges(timelines.flatMap { $0.failures.map(range) }).intersection(period).intersection(eligible).length
        }
        least = bounds { TimeRange($0.firstBad, $0.lastBad) }
        most = bounds { TimeRange($0.lastGood ?? $0.firstBad, $0.firstGood ?? period.to) }
    }
}

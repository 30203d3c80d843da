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

    /// When a check was bad, and the instants of it that count.
    package struct Member: Sendable, Hashable {
        package var timeline: StateTimeline
        /// Without what is excluded of the check, and out of hours.
        package var eligible: TimeRanges

        package init(_ timeline: StateTimeline, eligible: TimeRanges) {
            self.timeline = timeline
            self.eligible = eligible
        }
    }

    /// - Parameters:
    ///   - dataset: Its name.
    ///   - members: Its checks; what is excluded of one only still counts of another.
    ///   - period: What is asked about, up to now: nobody knows how long what is bad will be.
    package init(dataset: String, _ members: [Member], in period: TimeRange) {
        self.dataset = dataset
        let bad = members.map { $0.timeline.bad.intersection($0.eligible) }
        ranges = bad.reduce(TimeRanges()) { $0.union($1) }
        sum = bad.reduce(0) { $0 + $1.length }
        func bounds(_ range: (StateTimeline.Failure) -> TimeRange) -> Int {
            members.reduce(TimeRanges()) { all, member in
                all.union(TimeRanges(member.timeline.failures.map(range)).intersection(member.eligible))
            }.intersection(period).length
        }
        least = bounds { TimeRange($0.firstBad, $0.lastBad) }
        most = bounds { TimeRange($0.lastGood ?? $0.firstBad, $0.firstGood ?? period.to) }
    }
}

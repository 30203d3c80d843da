package import Checks

/// When a check was bad, by what was seen of it.
///
/// A bad result holds until the next conclusive one, however late: a failure does not go away because nobody looks. Results of
/// backfills never move it.
package struct StateTimeline: Sendable, Hashable {
    package var bad: TimeRanges
    /// Runs of failing results, oldest first.
    package var failures: [Failure]
    /// The last good result; the end of the range where the check was good before and after it, `nil` where none is known.
    package var lastGood: Timestamp?

    /// A run of failing results, and the good ones around it.
    package struct Failure: Sendable, Hashable {
        /// The last good result before it; `nil` where none is known.
        package var lastGood: Timestamp?
        package var firstBad: Timestamp
        /// The end of the range where the check failed before and after it.
        package var lastBad: Timestamp
        /// The first good result after it; `nil` where it is still going on.
        package var firstGood: Timestamp?
        /// When the first failing result was there.
        package var detectedAt: Timestamp

        /// From the first failing to the first good result: neither too short nor too long on average, and all of it is evidence.
        package func range(until end: Timestamp) -> TimeRange { TimeRange(firstBad, firstGood ?? end) }
    }

    /// - Parameters:
    ///   - results: Of one check, in any order; also from before the range.
    ///   - range: What is asked about; ends at `asOf` where that is earlier.
    ///   - asOf: What was recorded later does not exist.
    package init(_ results: [ObservationRun], in range: TimeRange, asOf: Timestamp) {
        let known = results.filter { $0.trigger != .backfill && $0.isGood != nil && $0.lastRecorded <= asOf }
            .sorted(by: ObservationRun.precedes)
        let horizon = min(range.to, asOf)
        var failures: [Failure] = []
        for one in known {
            let isGood = one.isGood == true
            let last = min(one.lastObserved, horizon)
            let open = failures.last.flatMap { $0.firstGood == nil ? failures.count - 1 : nil }
            guard one.firstObserved < horizon else {
                // What is the same behind the horizon was so up to it.
                if isGood, open == nil, lastGood != nil { lastGood = horizon }
                if !isGood, let open { failures[open].lastBad = horizon }
                break
            }
            if isGood {
                if let open { failures[open].firstGood = one.firstObserved }
                lastGood = last
            } else if let open {
                failures[open].lastBad = last
            } else {
                failures.append(
                    Failure(
                        lastGood: lastGood, firstBad: one.firstObserved, lastBad: last, firstGood: nil,
                        detectedAt: one.firstFinished))
            }
        }
        self.failures = failures
        bad = TimeRanges(failures.map { $0.range(until: horizon) }).intersection(TimeRange(range.from, horizon))
    }
}

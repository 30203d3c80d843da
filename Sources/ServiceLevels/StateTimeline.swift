package import Checks

/// When a check was good, bad or unknown, by what was seen of it.
///
/// A good result holds until the next one, at most as long as it is valid: it grows stale. A bad one holds until the next
/// conclusive result, however late: a failure does not go away because nobody looks. Results of backfills never move it.
package struct StateTimeline: Sendable, Hashable {
    package var good: TimeRanges
    package var bad: TimeRanges
    /// Runs of failing results, oldest first.
    package var failures: [Failure]
    /// The last good result; `nil` where none is known.
    package var lastGood: Timestamp?

    /// A run of failing results, and the good ones around it.
    package struct Failure: Sendable, Hashable {
        /// The last good result before it; `nil` where none is known.
        package var lastGood: Timestamp?
        package var firstBad: Timestamp
        package var lastBad: Timestamp
        /// The first good result after it; `nil` where it is still going on.
        package var firstGood: Timestamp?
        /// When the first failing result was there.
        package var detectedAt: Timestamp

        /// From the first failing to the first good result: neither too short nor too long on average, and all of it is evidence.
        package func range(until end: Timestamp) -> TimeRange { TimeRange(firstBad, firstGood ?? end) }
    }

    /// - Parameters:
    ///   - observations: Of one check, in any order; also from before the range.
    ///   - range: What is asked about; ends at `asOf` where that is earlier.
    ///   - validity: How long a good result holds at most; `nil` means until the next one.
    ///   - asOf: What was recorded later does not exist.
    package init(_ observations: [Observation], in range: TimeRange, validity: Duration?, asOf: Timestamp) {
        let known = observations.filter { $0.trigger != .backfill && $0.isGood != nil && $0.recordedAt <= asOf }
            .sorted { ($0.observedAt, $0.recordedAt) < ($1.observedAt, $1.recordedAt) }
        let horizon = min(range.to, asOf)
        var (good, bad): ([TimeRange], [TimeRange]) = ([], [])
        var failures: [Failure] = []
        var lastGood: Timestamp?
        for (index, one) in known.enumerated() {
            guard one.observedAt < horizon else { break }
            let next = index + 1 < known.count ? min(known[index + 1].observedAt, horizon) : horizon
            if one.isGood == true {
                let end = validity.map { min(next, one.observedAt.advanced(by: $0)) } ?? next
                good.append(TimeRange(one.observedAt, end))
                if let open = failures.last, open.firstGood == nil {
                    failures[failures.count - 1].firstGood = one.observedAt
                }
                lastGood = one.observedAt
            } else {
                bad.append(TimeRange(one.observedAt, next))
                if let open = failures.last, open.firstGood == nil {
                    failures[failures.count - 1].lastBad = one.observedAt
                } else {
                    failures.append(
                        Failure(
                            lastGood: lastGood, firstBad: one.observedAt, lastBad: one.observedAt, firstGood: nil,
                            detectedAt: one.finishedAt))
                }
            }
        }
        let window = TimeRange(range.from, horizon)
        self.good = TimeRanges(good).intersection(window)
        self.bad = TimeRanges(bad).intersection(window)
        self.failures = failures
        self.lastGood = lastGood
    }
}

import Checks

/// A time in which a check failed, as an incident: when it began, was noticed and was over.
package struct FailureRecord: Sendable, Hashable {
    package var check: String
    package var dataset: String
    package var failure: StateTimeline.Failure
    /// The part of it that lies in the period and counts, in microseconds; ends with what is known where it goes on.
    package var downtime: Int

    package init(check: String, dataset: String, failure: StateTimeline.Failure, downtime: Int) {
        self.check = check
        self.dataset = dataset
        self.failure = failure
        self.downtime = downtime
    }

    package var isOpen: Bool { failure.firstGood == nil }

    /// From the middle between the last good and the first failing result to its detection, in microseconds: an estimate, for
    /// nobody saw the beginning; `nil` where no good result is known before it.
    package var timeToDetect: Int? {
        failure.lastGood.map { good in
            failure.detectedAt.microseconds - (good.microseconds + failure.firstBad.microseconds) / 2
        }
    }

    /// From its detection to the first good result, in microseconds; `nil` where it goes on.
    package var timeToRepair: Int? {
        failure.firstGood.map { $0.microseconds - failure.detectedAt.microseconds }
    }
}

/// A number that sums up durations: how many there are, the middle one, and the one that nine of ten do not exceed.
package struct DurationSummary: Sendable, Hashable {
    package var count: Int
    /// In microseconds; the lower one of two in the middle.
    package var median: Int
    package var p90: Int

    /// Sums up; `nil` of none.
    package init?(_ durations: [Int]) {
        guard !durations.isEmpty else { return nil }
        let sorted = durations.sorted()
        count = sorted.count
        // The least that so many do not exceed, which is one of them: no mean of two.
        median = sorted[(sorted.count + 1) / 2 - 1]
        p90 = sorted[(sorted.count * 9 + 9) / 10 - 1]
    }
}

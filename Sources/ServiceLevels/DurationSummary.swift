/// Durations in short: how many there are, the middle one, and the one that nine of ten do not exceed.
///
/// No mean, and no trend: a handful of incidents shows neither.
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

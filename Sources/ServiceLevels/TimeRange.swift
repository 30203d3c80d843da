package import Checks

/// A half-open range of time; with a length of 0 or less it is empty.
package struct TimeRange: Sendable, Hashable {
    package var from: Timestamp
    package var to: Timestamp

    package init(_ from: Timestamp, _ to: Timestamp) {
        self.from = from
        self.to = to
    }

    package var isEmpty: Bool { to <= from }

    /// In microseconds; 0 where it is empty.
    package var length: Int { max(0, to.microseconds - from.microseconds) }

    package func contains(_ instant: Timestamp) -> Bool { from <= instant && instant < to }

    /// What both have.
    package func intersection(_ other: TimeRange) -> TimeRange {
        TimeRange(max(from, other.from), min(to, other.to))
    }
}

/// A set of instants: ranges in their order that neither overlap nor touch.
///
/// All arithmetic is of whole microseconds.
package struct TimeRanges: Sendable, Hashable {
    package private(set) var ranges: [TimeRange]

    /// The instants of any of some ranges, in any order.
    package init(_ ranges: some Sequence<TimeRange> = []) {
        var merged: [TimeRange] = []
        for range in ranges.filter({ !$0.isEmpty }).sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            if let last = merged.last, range.from <= last.to {
                merged[merged.count - 1].to = max(last.to, range.to)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    package init(_ range: TimeRange) {
        self.init([range])
    }

    package var isEmpty: Bool { ranges.isEmpty }

    /// In microseconds.
    package var length: Int { ranges.reduce(0) { $0 + $1.length } }

    package func contains(_ instant: Timestamp) -> Bool {
        // The last range that begins by then.
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].from <= instant { low = middle + 1 } else { high = middle }
        }
        return low > 0 && ranges[low - 1].contains(instant)
    }

    package func union(_ other: TimeRanges) -> TimeRanges { TimeRanges(ranges + other.ranges) }

    package func intersection(_ other: TimeRanges) -> TimeRanges {
        var common: [TimeRange] = []
        var (one, two) = (0, 0)
        while one < ranges.count, two < other.ranges.count {
            let part = ranges[one].intersection(other.ranges[two])
            if !part.isEmpty { common.append(part) }
            if ranges[one].to < other.ranges[two].to { one += 1 } else { two += 1 }
        }
        return TimeRanges(common)
    }

    package func intersection(_ range: TimeRange) -> TimeRanges { intersection(TimeRanges(range)) }

    package func subtracting(_ other: TimeRanges) -> TimeRanges {
        var rest: [TimeRange] = []
        var next = 0
        for range in ranges {
            var from = range.from
            while next < other.ranges.count, other.ranges[next].to <= from { next += 1 }
            var index = next
            while index < other.ranges.count, other.ranges[index].from < range.to {
                rest.append(TimeRange(from, other.ranges[index].from))
                from = max(from, other.ranges[index].to)
                index += 1
            }
            rest.append(TimeRange(from, range.to))
        }
        return TimeRanges(rest)
    }
}

package import Checks

/// How far the clocks of a zone are from UTC, as far as it matters: its name, and its changes.
///
/// The rules come from the server that has the measurements, so that days are the same here and in SQL.
package struct ZoneRules: Sendable, Hashable {
    /// From an instant on the clocks are so many seconds ahead of UTC.
    package struct Change: Sendable, Hashable {
        package var at: Timestamp
        package var offset: Int

        package init(at: Timestamp, offset: Int) {
            self.at = at
            self.offset = offset
        }
    }

    package let name: String
    /// In their order; the first one holds before it, too.
    private let changes: [Change]

    /// - Parameters:
    ///   - name: As the IANA database has it.
    ///   - changes: At least one.
    package init(name: String, changes: [Change]) {
        self.name = name
        self.changes = changes.sorted { $0.at < $1.at }
    }

    package static let utc = ZoneRules(name: "UTC", changes: [Change(at: Timestamp(microseconds: 0), offset: 0)])

    /// Seconds that the clocks are ahead of UTC.
    package func offset(at instant: Timestamp) -> Int {
        (changes.last { $0.at <= instant } ?? changes.first)?.offset ?? 0
    }

    /// What the clocks show.
    package func local(_ instant: Timestamp) -> LocalTime {
        LocalTime(microseconds: instant.microseconds + offset(at: instant) * 1_000_000)
    }

    /// The local days of a range, the first and the last one cut to it.
    ///
    /// - Parameter range: Half open.
    /// - Returns: In their order; where the clocks are changed a day is as long as it is.
    package func days(in range: TimeRange) -> [(date: CivilDate, range: TimeRange)] {
        guard !range.isEmpty else { return [] }
        let first = local(range.from).date
        let last = local(Timestamp(microseconds: range.to.microseconds - 1)).date
        return (first.days...max(first.days, last.days)).map { number in
            let date = CivilDate(days: number)
            let day = TimeRange(instant(LocalTime(date)), instant(LocalTime(date.advanced(byDays: 1))))
            return (date, day.intersection(range))
        }
    }

    /// The instant at which the clocks show a time: the first one where they show it twice, and where they never do the instant
    /// at which they skip it.
    package func instant(_ local: LocalTime) -> Timestamp {
        let offsets = Set(changes.map(\.offset))
        let candidates = offsets.map { Timestamp(microseconds: local.microseconds - $0 * 1_000_000) }
            .filter { self.local($0) == local }
        if let first = candidates.min() { return first }
        // The change whose jump passes over it.
        for (before, after) in zip(changes, changes.dropFirst()) where after.offset > before.offset {
            let edge = after.at.microseconds + before.offset * 1_000_000
            if (edge..<edge + (after.offset - before.offset) * 1_000_000).contains(local.microseconds) {
                return after.at
            }
        }
        return Timestamp(
            microseconds: local.microseconds - offset(at: Timestamp(microseconds: local.microseconds)) * 1_000_000)
    }
}

/// What a clock shows, without saying where it hangs.
package struct LocalTime: Sendable, Hashable, Comparable {
    /// Microseconds since the clock showed 1970-01-01 00:00:00.
    package var microseconds: Int

    package init(microseconds: Int) {
        self.microseconds = microseconds
    }

    /// The beginning of a day, so many minutes later.
    package init(_ date: CivilDate, minutes: Int = 0) {
        microseconds = (date.days * 1440 + minutes) * 60_000_000
    }

    package var date: CivilDate {
        let day = 86_400_000_000
        return CivilDate(days: microseconds / day - (microseconds % day < 0 ? 1 : 0))
    }

    /// Minutes since midnight, cut.
    package var minutes: Int { (microseconds - date.days * 86_400_000_000) / 60_000_000 }

    package static func < (one: LocalTime, two: LocalTime) -> Bool { one.microseconds < two.microseconds }
}

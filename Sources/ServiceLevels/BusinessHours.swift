package import Checks

/// The hours of a week that count, on the clocks of a zone, without holidays.
package struct BusinessHours: Sendable, Hashable {
    /// Some hours of some weekdays.
    package struct Shift: Sendable, Hashable {
        /// 1 is Monday, 7 is Sunday.
        package var weekdays: Set<Int>
        /// Minutes since midnight; the end may be 1440.
        package var from: Int
        package var to: Int
    }

    /// As it was written.
    package let text: String
    package let shifts: [Shift]
    package var holidays: Set<CivilDate>

    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Reads `Mon-Fri 08:00-18:00, Sat 09:00-13:00`; `nil` where it says something else.
    package init?(_ text: String, holidays: Set<CivilDate> = []) {
        var shifts: [Shift] = []
        for part in text.split(separator: ",") {
            let words = part.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, let days = Self.weekdays(words[0]) else { return nil }
            let times = words[1].split(separator: "-", omittingEmptySubsequences: false).map(Self.minutes)
            guard times.count == 2, let from = times[0], let to = times[1], from < to else { return nil }
            shifts.append(Shift(weekdays: days, from: from, to: to))
        }
        guard !shifts.isEmpty else { return nil }
        self.text = text
        self.shifts = shifts
        self.holidays = holidays
    }

    /// The instants of a range that count.
    ///
    /// - Parameters:
    ///   - range: Half open.
    ///   - zone: The clocks it goes by; where they are changed an hour is as long as it is.
    /// - Returns: Instants within the range.
    package func instants(in range: TimeRange, zone: ZoneRules) -> TimeRanges {
        var found: [TimeRange] = []
        var date = zone.local(range.from).date.advanced(byDays: -1)
        let last = zone.local(range.to).date.advanced(byDays: 1)
        while date <= last {
            if !holidays.contains(date) {
                for shift in shifts where shift.weekdays.contains(date.weekday) {
                    found.append(
                        TimeRange(
                            zone.instant(LocalTime(date, minutes: shift.from)),
                            zone.instant(LocalTime(date, minutes: shift.to))))
                }
            }
            date = date.advanced(byDays: 1)
        }
        return TimeRanges(found).intersection(range)
    }

    private static func weekdays(_ text: Substring) -> Set<Int>? {
        let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false).map { name in
            names.firstIndex(of: String(name.prefix(3))).map { $0 + 1 }
        }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends.last ?? nil else { return nil }
        // Sat-Mon goes over the end of the week.
        return first <= last ? Set(first...last) : Set(first...7).union(1...last)
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            (0...24).contains(hours), (0...59).contains(minutes), hours * 60 + minutes <= 1440
        else { return nil }
        return hours * 60 + minutes
    }
}

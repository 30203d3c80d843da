package import Checks

/// A cron expression of five fields: minute, hour, day of the month, month, day of the week.
///
/// Lists, ranges, steps, names of months and days, and `@hourly`, `@daily`, `@weekly`, `@monthly`. Where both kinds of days are
/// restricted either will do, as in Vixie cron. A fixed time of day that the clocks skip comes when they skip it, one that
/// they show twice comes the first time; with `*` hours time goes on as it does.
package struct CronExpression: Sendable, Hashable {
    private let minutes: Set<Int>
    private let hours: Set<Int>
    private let days: Set<Int>
    private let months: Set<Int>
    private let weekdays: Set<Int>
    private let hasAnyHour: Bool
    private let hasAnyDay: Bool
    private let hasAnyWeekday: Bool

    private static let macros = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]
    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// Reads an expression; `nil` where it is none, or can never come true.
    package init?(_ text: String) {
        let expression = Self.macros[text.lowercased()] ?? text
        let fields = expression.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        guard fields.count == 5, let minutes = Self.values(fields[0], 0...59),
            let hours = Self.values(fields[1], 0...23), let days = Self.values(fields[2], 1...31),
            let months = Self.values(fields[3], 1...12, names: Self.monthNames, first: 1),
            let weekdays = Self.values(fields[4], 0...7, names: Self.weekdayNames, first: 0)
        else { return nil }
        (self.minutes, self.hours, self.days, self.months) = (minutes, hours, days, months)
        // Sunday is 0 and 7; here it is 7.
        self.weekdays = Set(weekdays.map { $0 == 0 ? 7 : $0 })
        hasAnyHour = fields[1].hasPrefix("*")
        hasAnyDay = fields[2].hasPrefix("*")
        hasAnyWeekday = fields[4].hasPrefix("*")
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let least = days.min() ?? 1
        guard !hasAnyWeekday || months.contains(where: { lengths[$0 - 1] >= least }) else { return nil }
    }

    /// The instants of a range at which it is due, in their order.
    ///
    /// - Parameters:
    ///   - range: Half open.
    ///   - zone: The clocks it goes by.
    /// - Returns: Instants on whole minutes.
    package func instants(in range: TimeRange, zone: ZoneRules) -> [Timestamp] {
        guard !range.isEmpty else { return [] }
        var found: Set<Timestamp> = []
        // A day more on either side: a skipped time may come on the next one.
        var date = zone.local(range.from).date.advanced(byDays: -1)
        let last = zone.local(range.to).date.advanced(byDays: 1)
        while date <= last {
            if matches(date) { found.formUnion(instants(on: date, zone: zone).filter(range.contains)) }
            date = date.advanced(byDays: 1)
        }
        return found.sorted()
    }

    private func matches(_ date: CivilDate) -> Bool {
        guard months.contains(date.month) else { return false }
        let (isDay, isWeekday) = (days.contains(date.day), weekdays.contains(date.weekday))
        if hasAnyDay { return isDay && isWeekday || (days.count == 31 && isWeekday) }
        return hasAnyWeekday ? isDay && isWeekday : isDay || isWeekday
    }

    private func instants(on date: CivilDate, zone: ZoneRules) -> [Timestamp] {
        guard hasAnyHour else {
            return hours.flatMap { hour in minutes.map { zone.instant(LocalTime(date, minutes: hour * 60 + $0)) } }
        }
        var instants: [Timestamp] = []
        var instant = zone.instant(LocalTime(date))
        let end = zone.instant(LocalTime(date.advanced(byDays: 1)))
        let midnight = instant.microseconds
        if end.microseconds - midnight == 86_400_000_000, zone.offset(at: instant) == zone.offset(at: end) {
            // Clocks go as time does.
            return hours.flatMap { hour in
                minutes.map { Timestamp(microseconds: midnight + (hour * 60 + $0) * 60_000_000) }
            }
        }
        while instant < end {
            let minute = zone.local(instant).minutes
            if minutes.contains(minute % 60), hours.contains(minute / 60) { instants.append(instant) }
            instant = Timestamp(microseconds: instant.microseconds + 60_000_000)
        }
        return instants
    }

    // MARK: Fields

    private static func values(
        _ field: String, _ range: ClosedRange<Int>, names: [String] = [], first: Int = 0
    ) -> Set<Int>? {
        var values: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(pieces.count) else { return nil }
            guard let step = pieces.count == 1 ? 1 : Int(pieces[1]), step > 0 else { return nil }
            let ends: ClosedRange<Int>
            if pieces[0] == "*" {
                ends = range
            } else {
                let bounds = pieces[0].split(separator: "-", omittingEmptySubsequences: false).map { text in
                    names.firstIndex(of: String(text)).map { $0 + first } ?? Int(text)
                }
                guard (1...2).contains(bounds.count), let low = bounds[0], let high = bounds.last ?? nil, low <= high,
                    range.contains(low), range.contains(high)
                else { return nil }
                // "5/15" goes on to the end.
                ends = bounds.count == 1 && pieces.count == 2 ? low...range.upperBound : low...high
            }
            values.formUnion(stride(from: ends.lowerBound, through: ends.upperBound, by: step))
        }
        return values.isEmpty ? nil : values
    }
}

package import Checks

extension Agreement {
    /// A period by its name: `2026-10`, `2026-Q4`, or a day of it; `nil` where it is none.
    ///
    /// - Parameters:
    ///   - text: The name.
    ///   - zone: The agreement's.
    /// - Returns: Half open.
    package static func period(named text: String, zone: ZoneRules) -> TimeRange? {
        func range(_ from: CivilDate?, months: Int) -> TimeRange? {
            from.map { from in
                TimeRange(
                    zone.instant(LocalTime(from)), zone.instant(LocalTime(from.firstOfMonth(advancedBy: months))))
            }
        }
        if text.count == 7, text.contains("Q"), let quarter = text.last?.wholeNumberValue, (1...4).contains(quarter) {
            return range(CivilDate("\(text.prefix(4))-01-01")?.firstOfMonth(advancedBy: (quarter - 1) * 3), months: 3)
        }
        return range(CivilDate(text + "-01"), months: 1)
    }

    /// The period that an instant lies in; a rolling one ends at it.
    ///
    /// - Parameters:
    ///   - instant: Any instant.
    ///   - zone: The agreement's.
    /// - Returns: Half open.
    package func period(containing instant: Timestamp, zone: ZoneRules) -> TimeRange {
        let date = zone.local(instant).date
        func range(_ from: CivilDate, _ to: CivilDate) -> TimeRange {
            TimeRange(zone.instant(LocalTime(from)), zone.instant(LocalTime(to)))
        }
        switch period {
        case .month: return range(date.firstOfMonth(), date.firstOfMonth(advancedBy: 1))
        case .quarter:
            let first = date.firstOfMonth(advancedBy: -((date.month - 1) % 3))
            return range(first, first.firstOfMonth(advancedBy: 3))
        case .week:
            let monday = date.advanced(byDays: 1 - date.weekday)
            return range(monday, monday.advanced(byDays: 7))
        case .rolling(let days):
            return TimeRange(Timestamp(microseconds: instant.microseconds - days * 86_400_000_000), instant)
        }
    }

    /// The periods before one, as far as a year back, oldest first; none before a rolling one.
    ///
    /// - Parameters:
    ///   - period: One of the agreement, or a month or quarter.
    ///   - zone: The agreement's.
    /// - Returns: 11 months, 3 quarters or 11 weeks.
    package func periods(before period: TimeRange, zone: ZoneRules) -> [TimeRange] {
        let first = zone.local(period.from).date
        let days = zone.local(period.to).date.days - first.days
        func ranges(_ count: Int, _ start: (Int) -> CivilDate) -> [TimeRange] {
            (1...count).reversed().map { back in
                TimeRange(zone.instant(LocalTime(start(back))), zone.instant(LocalTime(start(back - 1))))
            }
        }
        switch days {
        case 7: return ranges(11) { first.advanced(byDays: -7 * $0) }
        case 28...31 where first.day == 1: return ranges(11) { first.firstOfMonth(advancedBy: -$0) }
        case 90...92 where first.day == 1: return ranges(3) { first.firstOfMonth(advancedBy: -3 * $0) }
        default: return []
        }
    }
}

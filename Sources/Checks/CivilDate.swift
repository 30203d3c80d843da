/// A day of the Gregorian calendar.
package struct CivilDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01.
    package var days: Int

    package init(days: Int) {
        self.days = days
    }

    /// A day by its numbers; months beyond 1...12 are those of other years.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    package init(year: Int, month: Int, day: Int) {
        let months = year * 12 + month - 1
        let (wholeYear, monthIndex) = (Self.floor(months, 12), months - Self.floor(months, 12) * 12)
        let shifted = monthIndex < 2 ? wholeYear - 1 : wholeYear
        let era = Self.floor(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (monthIndex > 1 ? monthIndex - 2 : monthIndex + 10) + 2) / 5 + day - 1
        days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Reads `2026-10-31`; `nil` where there is no such day.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
        guard self.year == year, self.month == month, self.day == day else { return nil }
    }

    package var year: Int { parts.year }
    package var month: Int { parts.month }
    package var day: Int { parts.day }

    /// 1 is Monday, 7 is Sunday.
    package var weekday: Int { (days + 3) - Self.floor(days + 3, 7) * 7 + 1 }

    /// `2026-10-31`.
    package var text: String {
        let (year, month, day) = parts
        return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
    }

    package func advanced(byDays count: Int) -> CivilDate { CivilDate(days: days + count) }

    /// The first day of the month, so many months later.
    package func firstOfMonth(advancedBy months: Int = 0) -> CivilDate {
        CivilDate(year: year, month: month + months, day: 1)
    }

    package static func < (one: CivilDate, two: CivilDate) -> Bool { one.days < two.days }

    /// Source: as above, `civil_from_days`.
    private var parts: (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = Self.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

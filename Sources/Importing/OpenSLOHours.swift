/// The business hours and holidays of an agreement, as annotations have them.
struct OpenSLOHours: Sendable, Hashable {
    /// Such as `Mon-Fri 08:00-18:00, Sat 09:00-13:00`.
    let business: String
    /// Days such as `2026-12-25`.
    let holidays: [String]

    /// Reads both; `nil` where an agreement would not take them.
    ///
    /// - Parameters:
    ///   - business: Weekdays and times.
    ///   - holidays: Days, separated by commas.
    init?(_ business: String, holidays: String) {
        let day = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
        let time = "([01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9]|24:00)"
        guard let shift = try? Regex("\(day)(?:-\(day))? \(time)-\(time)", as: (Substring, Substring, Substring).self)
        else { return nil }
        let shifts = business.split(separator: ", ", omittingEmptySubsequences: false)
        let isBusiness = shifts.allSatisfy { text in
            text.wholeMatch(of: shift).map { $0.output.1 < $0.output.2 } ?? false
        }
        let days = holidays.split { $0 == "," || $0.isWhitespace }.map(String.init)
        guard isBusiness, days.allSatisfy(Self.isDay) else { return nil }
        (self.business, self.holidays) = (business, days)
    }

    private static func isDay(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: #/([0-9]{4})-([0-9]{2})-([0-9]{2})/#), let year = Int(match.output.1),
            let month = Int(match.output.2), let day = Int(match.output.3), (1...12).contains(month)
        else { return false }
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...lengths[month - 1]).contains(day)
    }
}

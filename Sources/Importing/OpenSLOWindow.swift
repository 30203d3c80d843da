import ExactJSON

/// Over which time an objective is kept or missed: the period and the zone of an agreement.
struct OpenSLOWindow: Sendable, Hashable {
    /// As an agreement says it.
    let period: String
    /// `nil` for UTC.
    let zone: String?
    /// What is not quite the same.
    let difference: String?

    /// Reads the window of an objective.
    ///
    /// - Parameters:
    ///   - slo: The objective.
    ///   - zone: The zone of a rolling window, of which OpenSLO has none.
    /// - Throws: ``PromiseRefusal`` for a window that is no period here.
    init(of slo: OpenSLOObject, zone: String?) throws(PromiseRefusal) {
        // A window that stands alone, without a list around it, is the only one.
        let given = slo.spec.given("timeWindow")
        let windows = given.map { $0.members.isEmpty ? $0.elements : [$0] } ?? []
        guard let window = windows.first else {
            (period, self.zone) = ("calendar month", nil)
            difference = "it has no time window: the calendar month by UTC's clock is taken"
            return
        }
        guard windows.count == 1 else { throw PromiseRefusal("it has \(windows.count) time windows instead of one") }
        let text = window["duration"]?.scalarText ?? ""
        guard let duration = OpenSLODuration(text) else {
            throw PromiseRefusal("its window \"\(text)\" is no length of time such as 30d or 1M")
        }
        let calendar = window.given("calendar")
        guard window["isRolling"] == true || calendar == nil && window["isRolling"] == nil else {
            let (period, periodDifference) = try Self.calendarPeriod(duration)
            let start = Self.startDifference(calendar?["startTime"]?.scalarText, of: period)
            self.period = period
            let name = calendar?["timeZone"]?.scalarText
            self.zone = name == "UTC" ? nil : name
            let clock = name == nil ? "no time zone is given: it is UTC's clock" : nil
            difference = Self.joined([periodDifference, clock, start])
            return
        }
        let (days, daysDifference) = try Self.rollingDays(duration)
        period = "rolling \(days)d"
        self.zone = zone == "UTC" ? nil : zone
        difference = Self.joined([
            daysDifference,
            window["isRolling"] == nil ? "it has no calendar: its window is taken to be rolling" : nil,
            calendar == nil ? nil : "it is rolling, so that its calendar says nothing",
        ])
    }

    /// What objectives of one agreement share.
    struct Key: Sendable, Hashable {
        var period: String
        var zone: String?
    }

    var key: Key { Key(period: period, zone: zone) }

    private static func joined(_ differences: [String?]) -> String? {
        let texts = differences.compactMap(\.self)
        return texts.isEmpty ? nil : texts.joined(separator: "; ")
    }

    // MARK: Rolling

    private static func rollingDays(_ duration: OpenSLODuration) throws(PromiseRefusal) -> (Int, String?) {
        let text = "\(duration.count)\(duration.unit)"
        let lengths: [Character: (days: Int, difference: String)] = [
            "M": (30, "a month has 30 days"), "Q": (90, "a quarter has 90 days"), "Y": (365, "a year has 365 days"),
        ]
        let length = lengths[duration.unit]
        let days = length.map { $0.days * duration.count } ?? (duration.seconds ?? 0) / 86_400
        guard length != nil || duration.seconds == days * 86_400, (1...366).contains(days) else {
            let other = duration.unit == "m" ? ": m is minutes, months are \(duration.count)M" : ""
            throw PromiseRefusal("a rolling window of \(text) is no whole number of 1 to 366 days\(other)")
        }
        return (days, length?.difference)
    }

    // MARK: By the calendar

    private static func calendarPeriod(_ duration: OpenSLODuration) throws(PromiseRefusal) -> (String, String?) {
        switch (duration.count, duration.unit) {
        case (1, "M"): return ("calendar month", nil)
        case (1, "Q"), (3, "M"): return ("quarter", nil)
        case (1, "w"), (7, "d"): return ("week", nil)
        case (1, "m"):
            let note = "1m is a minute by the letter; as a window of the calendar it is read as 1M, a month"
            return ("calendar month", note)
        case (_, "m"):
            throw PromiseRefusal(
                "a calendar window of \(duration.count)m is minutes by the letter: months are \(duration.count)M")
        default:
            throw PromiseRefusal(
                "a calendar window of \(duration.count)\(duration.unit) is no period here: 1M, 1Q and 1w are")
        }
    }

    /// What differs where a period begins at another time than the calendar's.
    private static func startDifference(_ text: String?, of period: String) -> String? {
        guard let text else { return nil }
        let pattern = #/(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?.*)?/#
        guard let match = text.wholeMatch(of: pattern), let year = Int(match.output.1), let month = Int(match.output.2),
            let day = Int(match.output.3), (1...12).contains(month)
        else { return "its start time \(text) cannot be read and is left out" }
        let isMidnight = [match.output.4, match.output.5, match.output.6].allSatisfy { ($0 ?? "00") == "00" }
        let isFirst: Bool
        let wanted: String
        switch period {
        case "week": (isFirst, wanted) = (weekday(year, month, day) == 1, "on Monday")
        case "quarter":
            (isFirst, wanted) = (day == 1 && month % 3 == 1, "on the first of January, April, July, October")
        default: (isFirst, wanted) = (day == 1, "on the first of the month")
        }
        guard !(isFirst && isMidnight) else { return nil }
        return "its windows begin as \(text) says; here a period begins \(wanted) at midnight"
    }

    /// 0 is Sunday, 1 is Monday.
    ///
    /// Source: Sakamoto, "day of the week", posted to comp.lang.c in 1992.
    private static func weekday(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let year = month < 3 ? year - 1 : year
        return (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7
    }
}

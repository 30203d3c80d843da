import ExactJSON

/// The length of time in a service level: `value` and `unit`, or an ISO 8601 duration such as `PT4H`.
struct OdcsDuration: Hashable {
    /// As a check takes it, such as `4d`.
    let text: String
    /// What had to be decided that the contract leaves open.
    let difference: String?

    /// Why a service level is not there.
    static let missing = "its value and unit are no length of time of at most a hundred years"

    /// Reads a service level.
    ///
    /// - Parameters:
    ///   - level: The service level.
    ///   - minutes: The unit that stands for minutes, where others take it for months.
    init?(_ level: JSONValue, minutes: String?) {
        guard let value = level["value"]?.scalarText else { return nil }
        let unit = level["unit"]?.scalarText?.lowercased()
        let parts: [(number: Double, unit: String)]
        if let number = Double(value) {
            parts = [(number, unit == nil ? "d" : unit == minutes ? "min" : unit == "m" ? "month" : unit ?? "d")]
        } else if let components = Self.components(value) {
            parts = components
        } else {
            return nil
        }
        var seconds = 0.0
        for part in parts {
            guard let size = Self.sizes[part.unit] else { return nil }
            seconds += part.number * size
        }
        guard seconds >= 1, seconds <= 36_525 * 86_400, seconds.rounded() == seconds else { return nil }
        text = Self.text(Int(seconds))
        let units = Set(parts.map(\.unit))
        difference =
            !units.isDisjoint(with: Self.years)
            ? "a year has 365 days"
            : !units.isDisjoint(with: Self.months)
                ? "a month has 30 days" : unit == nil && Double(value) != nil ? "without a unit days are meant" : nil
    }

    private static let years: Set<String> = ["y", "yr", "yrs", "year", "years"]
    private static let months: Set<String> = ["mo", "mon", "month", "months"]

    private static let sizes: [String: Double] = [
        "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
        "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "d": 86_400, "day": 86_400, "days": 86_400,
        "w": 604_800, "wk": 604_800, "week": 604_800, "weeks": 604_800, "mo": 2_592_000, "mon": 2_592_000,
        "month": 2_592_000, "months": 2_592_000, "y": 31_536_000, "yr": 31_536_000, "yrs": 31_536_000,
        "year": 31_536_000, "years": 31_536_000,
    ]

    /// The parts of an ISO 8601 duration; `nil` for any other text.
    private static func components(_ text: String) -> [(number: Double, unit: String)]? {
        let iso = #/P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?/#
        guard let match = text.uppercased().wholeMatch(of: iso) else { return nil }
        let (_, years, months, weeks, days, hours, minutes, seconds) = match.output
        let named = [
            (years, "y"), (months, "month"), (weeks, "w"), (days, "d"), (hours, "h"), (minutes, "min"), (seconds, "s"),
        ]
        let parts = named.compactMap { digits, unit in
            digits.flatMap { Double(String($0)) }.map { (number: $0, unit: unit) }
        }
        return parts.isEmpty ? nil : parts
    }

    private static func text(_ seconds: Int) -> String {
        for (size, unit) in [(86_400, "d"), (3600, "h"), (60, "min")] where seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}

/// A time of day with an offset or a zone, such as `09:00-08:00`.
struct OdcsTimeOfDay: Hashable {
    /// Hours and minutes.
    let time: String
    /// A zone's name that PostgreSQL knows.
    let zone: String
    /// What had to be decided that the contract leaves open.
    let difference: String?

    /// Reads a time; `nil` for any other text.
    init?(_ text: String) {
        let pattern = #/T?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(.*?)\s*/#
        guard let match = text.wholeMatch(of: pattern), let hour = Int(match.output.1), hour < 24,
            let minute = Int(match.output.2), minute < 60, let zone = Self.zone(match.output.4)
        else { return nil }
        time = "\(hour < 10 ? "0" : "")\(hour):\(match.output.2)"
        self.zone = zone
        let hasSeconds = (match.output.3 ?? "00") != "00"
        difference =
            match.output.4.isEmpty
            ? "no zone is given: it is UTC's clock" : hasSeconds ? "its seconds are left out" : nil
    }

    /// A zone with the sign of an offset as people write it: PostgreSQL's `Etc/GMT+8` is eight hours behind.
    private static func zone(_ text: Substring) -> String? {
        if text.isEmpty || ["Z", "UTC", "GMT"].contains(text.uppercased()) { return "UTC" }
        guard let match = text.wholeMatch(of: #/([+-])(\d{1,2})(?::?(\d{2}))?/#) else {
            return text.wholeMatch(of: #/[A-Za-z]+(\/[A-Za-z0-9_+-]+)+/#) != nil ? String(text) : nil
        }
        let (sign, digits, minutes) = (match.output.1, match.output.2, match.output.3 ?? "00")
        guard let hours = Int(digits), hours <= 14, minutes < "60" else { return nil }
        let other = sign == "+" ? "-" : "+"
        if minutes == "00" { return hours == 0 ? "UTC" : "Etc/GMT\(other)\(hours)" }
        let padded = "\(hours < 10 ? "0" : "")\(hours)"
        return "<\(sign)\(padded)\(minutes)>\(other)\(padded):\(minutes)"
    }
}

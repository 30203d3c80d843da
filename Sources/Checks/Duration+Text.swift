/// Lengths of time as people write them.
extension Duration {
    private static let units: [(names: [String], seconds: Int)] = [
        (["w", "week", "weeks"], 604_800), (["d", "day", "days"], 86_400), (["h", "hour", "hours"], 3600),
        (["min", "m", "minute", "minutes"], 60), (["s", "sec", "second", "seconds"], 1),
    ]

    /// Reads `6h`, `1h 30min`, `90s`, `250ms` or `2 days`.
    ///
    /// - Returns: `nil` if the text is not a length of time, or has no unit.
    package init?(parsing text: String) {
        var rest = Substring(text.lowercased())
        var total = Duration.zero
        var isEmpty = true
        while true {
            rest = rest.drop(while: \.isWhitespace)
            if rest.isEmpty { break }
            let digits = rest.prefix(while: \.isNumber)
            guard let number = Int(digits), number <= 10_000_000_000 else { return nil }
            rest = rest.dropFirst(digits.count).drop(while: \.isWhitespace)
            let unit = rest.prefix(while: \.isLetter)
            rest = rest.dropFirst(unit.count)
            if unit == "ms" || unit == "milliseconds" {
                total += .milliseconds(number)
            } else if let seconds = Self.units.first(where: { $0.names.contains(String(unit)) })?.seconds {
                total += .seconds(number * seconds)
            } else {
                return nil
            }
            isEmpty = false
        }
        // Longer than a century is a slip of the finger, and would not fit the server's settings.
        guard !isEmpty, total <= .seconds(36_525 * 86_400) else { return nil }
        self = total
    }

    /// The length in seconds, exactly: `0.25`, `21600`.
    package var secondsText: String {
        let milliseconds = self.milliseconds
        let fraction = milliseconds % 1000
        guard fraction != 0 else { return String(milliseconds / 1000) }
        let digits = String(fraction)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }

    /// The length in whole milliseconds, cut.
    package var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }

    /// The length in whole microseconds, cut.
    package var microseconds: Int {
        Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
    }

    /// The length as people write it: `10min`, `1h 30min`, `1.5s`, `250ms`.
    package var text: String {
        let milliseconds = milliseconds
        if milliseconds < 1000 { return "\(milliseconds)ms" }
        if milliseconds % 1000 != 0 { return "\(secondsText)s" }
        let seconds = milliseconds / 1000
        let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}

/// An instant to the microsecond, as PostgreSQL's `timestamptz` has it.
package struct Timestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    package var microseconds: Int

    package init(microseconds: Int) {
        self.microseconds = microseconds
    }

    /// RFC 3339 in UTC: `2026-11-21T03:15:00.250Z`, with as many of six decimals as needed in threes.
    package var text: String {
        let (days, time) = microseconds.floorDivided(by: 86_400_000_000)
        let (seconds, fraction) = time.floorDivided(by: 1_000_000)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        var text = CivilDate(days: days).text
        text += "T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
        if fraction % 1000 != 0 {
            text += "." + padded(fraction, 6)
        } else if fraction != 0 {
            text += "." + padded(fraction / 1000, 3)
        }
        return text + "Z"
    }

    /// `2026-11-21 03:15Z`.
    package var minutesText: String { text.prefix(16).replacing("T", with: " ") + "Z" }

    package func advanced(by duration: Duration) -> Timestamp {
        Timestamp(microseconds: microseconds + duration.microseconds)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }
}

extension Int {
    fileprivate func floorDivided(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = ((self % divisor) + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }
}

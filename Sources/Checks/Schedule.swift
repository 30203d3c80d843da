/// When a check is due.
package struct Schedule: Sendable, Hashable {
    /// The two ways to say when.
    package enum Rhythm: Sendable, Hashable {
        case every(Duration)
        /// A five-field cron expression on the wall clock of a zone.
        case cron(String, zone: String?)
    }

    package var rhythm: Rhythm
    /// How late a result may come and still count as in time.
    package var grace: Duration

    package init(rhythm: Rhythm, grace: Duration = .zero) {
        self.rhythm = rhythm
        self.grace = grace
    }

    /// Reads what ``text`` says; `nil` where it is something else.
    package init?(recorded text: String) {
        var text = Substring(text)
        var grace = Duration.zero
        if let comma = text.firstRange(of: ", grace ") {
            guard let length = Self.seconds(text[comma.upperBound...]) else { return nil }
            grace = length
            text = text[..<comma.lowerBound]
        }
        if text.hasPrefix("every "), let period = Self.seconds(text.dropFirst(6)) {
            self.init(rhythm: .every(period), grace: grace)
        } else if text.hasPrefix("cron ") {
            let rest = text.dropFirst(5)
            let zone = rest.firstRange(of: " in ")
            self.init(
                rhythm: .cron(
                    String(zone.map { rest[..<$0.lowerBound] } ?? rest),
                    zone: zone.map { String(rest[$0.upperBound...]) }), grace: grace)
        } else {
            return nil
        }
    }

    /// Reads `900 s` or `0.250 s`.
    private static func seconds(_ text: Substring) -> Duration? {
        guard text.hasSuffix(" s") else { return nil }
        let parts = text.dropLast(2).split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = Int(parts[0]) else { return nil }
        guard parts.count == 2 else { return parts.count == 1 ? .seconds(whole) : nil }
        guard parts[1].count == 3, let rest = Int(parts[1]) else { return nil }
        return .milliseconds(whole * 1000 + rest)
    }

    /// The schedule on one line, as it is recorded.
    package var text: String {
        let rhythmText =
            switch rhythm {
            case .every(let period): "every \(period.secondsText) s"
            case .cron(let expression, let zone): "cron \(expression)" + (zone.map { " in \($0)" } ?? "")
            }
        return grace > .zero ? "\(rhythmText), grace \(grace.secondsText) s" : rhythmText
    }
}

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

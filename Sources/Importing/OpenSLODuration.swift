/// A length of time in OpenSLO's shorthand, such as `30d`: a small `m` is minutes, a capital `M` is months.
struct OpenSLODuration: Sendable, Hashable {
    let count: Int
    /// One of `m h d w M Q Y`.
    let unit: Character

    /// Reads `12h`; `nil` for any other text, also for none of a unit.
    init?(_ text: String) {
        guard let match = text.wholeMatch(of: #/([1-9][0-9]{0,6})([mhdwMQY])/#), let count = Int(match.output.1),
            let unit = match.output.2.first
        else { return nil }
        self.count = count
        self.unit = unit
    }

    /// Its seconds; `nil` for months, quarters and years, which are not always as long.
    var seconds: Int? {
        let sizes: [Character: Int] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        return sizes[unit].map { $0 * count }
    }

    /// As suites and agreements write so many seconds: `90min`, `6h`, `2d`.
    static func text(ofSeconds seconds: Int) -> String {
        for (size, unit) in [(86_400, "d"), (3600, "h"), (60, "min")] where seconds % size == 0 {
            return "\(seconds / size)\(unit)"
        }
        return "\(seconds)s"
    }
}

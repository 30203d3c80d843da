/// A cron expression that a schedule takes: five fields, or a word such as `@daily`.
struct CronText: Sendable, Hashable {
    /// The expression with one space between fields.
    let text: String

    private static let words: Set<String> = [
        "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually",
    ]
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// Reads an expression; `nil` where it is none, such as `0 30 * * *`, or can never come true.
    init?(_ text: String) {
        let fields = text.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        self.text = fields.joined(separator: " ")
        guard !Self.words.contains(self.text) else { return }
        guard fields.count == 5, Self.least(fields[0], 0...59) != nil, Self.least(fields[1], 0...23) != nil,
            let day = Self.least(fields[2], 1...31), let months = Self.values(fields[3], 1...12, names: Self.months),
            Self.values(fields[4], 0...7, names: Self.weekdays) != nil
        else { return nil }
        // The 30th of February: where weekdays are restricted, too, either will do.
        let lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard !fields[4].hasPrefix("*") || months.contains(where: { lengths[$0 - 1] >= day }) else { return nil }
    }

    private static func least(_ field: String, _ range: ClosedRange<Int>) -> Int? { values(field, range)?.min() }

    /// The values that a field stands for; `nil` if it has none, or others than there are.
    ///
    /// - Parameters:
    ///   - field: Lists, ranges and steps, such as `1,10-20/5`.
    ///   - range: What is allowed.
    ///   - names: Names of the values, from the first that a name has: January is 1, Sunday is 0.
    /// - Returns: At least one value.
    private static func values(_ field: String, _ range: ClosedRange<Int>, names: [String] = []) -> Set<Int>? {
        var values: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            guard (1...2).contains(pieces.count), let step = pieces.count == 1 ? 1 : Int(pieces[1]), step > 0 else {
                return nil
            }
            var ends = [range.lowerBound, range.upperBound]
            if pieces[0] != "*" {
                let bounds = pieces[0].split(separator: "-", omittingEmptySubsequences: false).map { text in
                    names.firstIndex(of: String(text)).map { $0 + range.lowerBound } ?? Int(text)
                }
                guard (1...2).contains(bounds.count), let low = bounds[0], let high = bounds.last ?? nil, low <= high,
                    range.contains(low), range.contains(high)
                else { return nil }
                // "5/15" goes on to the end.
                ends = [low, bounds.count == 1 && pieces.count == 2 ? range.upperBound : high]
            }
            values.formUnion(stride(from: ends[0], through: ends[1], by: step))
        }
        return values.isEmpty ? nil : values
    }
}

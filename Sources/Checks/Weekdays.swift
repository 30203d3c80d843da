/// Days of the week as people write them.
enum Weekdays {
    private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// ISO numbers, Monday being 1, of `mon`, `Tuesday` or `mon-fri`.
    static func numbers(_ texts: [String]) throws(ArgumentError) -> [Int] {
        var days: Set<Int> = []
        for text in texts {
            let ends = try text.split(separator: "-").map { part throws(ArgumentError) in
                let word = part.lowercased().prefix(3)
                guard let index = names.firstIndex(of: String(word)) else {
                    throw ArgumentError("days", "\"\(text)\" is not a day of the week", hint: "Write mon or mon-fri.")
                }
                return index + 1
            }
            guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last else {
                throw ArgumentError("days", "\"\(text)\" is no range of days of the week")
            }
            days.formUnion(first...last)
        }
        return days.sorted()
    }
}

/// What a check of SodaCL says in its one line.
enum SodaCheckText: Sendable, Hashable {
    /// A metric with its columns, and the threshold as it is written behind it.
    case metric(String, arguments: [String], threshold: String)
    /// A change since former scans.
    case change(SodaCheckReader.Former, of: String)
    /// An unusual value among those of former scans.
    case anomaly(of: String)
    case sameRowCount(table: String, partition: String?, source: String?)
    case reference(columns: [String], mustExist: Bool, table: String, targets: [String])
    /// The former way to write freshness.
    case freshness(column: String, variable: String?, threshold: String)
    case schema, failedRows, groupBy, groupEvolution

    /// Reads a check; `nil` for what is none.
    init?(parsing text: String) {
        let text = SodaText.trimmed(text)
        let words: [String: SodaCheckText] = [
            "schema": .schema, "failed rows": .failedRows, "group by": .groupBy, "group evolution": .groupEvolution,
        ]
        if let check = words[text] {
            self = check
        } else if let rest = SodaText.rest(of: text, after: "change "),
            let (former, metric) = SodaText.halves(of: " " + rest, around: " for ")
        {
            guard let former = SodaCheckReader.Former(parsing: former) else { return nil }
            self = .change(former, of: metric)
        } else if let rest = SodaText.rest(of: text, after: "anomaly score for ")
            ?? SodaText.rest(of: text, after: "anomaly detection for ")
        {
            self = .anomaly(of: rest)
        } else if let rest = SodaText.rest(of: text, after: "row_count same as ") {
            self = Self.readSameRowCount(rest)
        } else if let rest = SodaText.rest(of: text, after: "values in ") {
            guard let check = Self.readReference(rest) else { return nil }
            self = check
        } else if let rest = SodaText.rest(of: text, after: "freshness using ") {
            self = Self.readFreshness(rest)
        } else {
            guard let check = Self.readMetric(text) else { return nil }
            self = check
        }
    }

    /// `t`, `t [partition]` or `t in source`.
    private static func readSameRowCount(_ text: String) -> SodaCheckText {
        var words = SodaText.split(text, at: " ").filter { !$0.isEmpty }
        let table = words.isEmpty ? "" : words.removeFirst()
        var partition: String?
        if let word = words.first, word.hasPrefix("[") {
            partition = String(words.removeFirst().drop { $0 == "[" }.prefix { $0 != "]" })
        }
        let source = words.count == 2 && words[0] == "in" ? words[1] : nil
        return .sameRowCount(table: table, partition: partition, source: source)
    }

    /// `(a, b) must exist in t (c, d)`, for one column also without brackets.
    private static func readReference(_ text: String) -> SodaCheckText? {
        for (phrase, mustExist) in [(" must exist in ", true), (" must not exist in ", false)] {
            guard let (left, right) = SodaText.halves(of: text, around: phrase) else { continue }
            let columns = names(left)
            let table: String
            let targets: [String]
            if let bracket = right.firstIndex(of: "(") {
                table = SodaText.trimmed(right[..<bracket])
                targets = names(String(right[bracket...]))
            } else {
                let words = SodaText.split(right, at: " ").filter { !$0.isEmpty }
                guard words.count == 2 else { return nil }
                table = words[0]
                targets = [words[1]]
            }
            guard !table.isEmpty, !columns.isEmpty, columns.count == targets.count else { return nil }
            return .reference(columns: columns, mustExist: mustExist, table: table, targets: targets)
        }
        return nil
    }

    /// `c with NOW < 1d`.
    private static func readFreshness(_ text: String) -> SodaCheckText {
        var words = SodaText.split(text, at: " ").filter { !$0.isEmpty }
        let column = words.isEmpty ? "" : words.removeFirst()
        var variable: String?
        if words.count > 1, words[0] == "with" {
            variable = words[1]
            words.removeFirst(2)
        }
        return .freshness(column: column, variable: variable, threshold: words.joined(separator: " "))
    }

    /// `avg(x) > 5`.
    private static func readMetric(_ text: String) -> SodaCheckText? {
        let name = text.prefix { !$0.isWhitespace && !"(<>=!".contains($0) }
        guard !name.isEmpty else { return nil }
        var rest = SodaText.trimmed(text.dropFirst(name.count))
        var arguments: [String] = []
        if rest.hasPrefix("(") {
            guard let end = closingBracket(of: rest) else { return nil }
            arguments = names(String(rest[...end]))
            rest = SodaText.trimmed(rest[rest.index(after: end)...])
        }
        return .metric(String(name), arguments: arguments, threshold: rest)
    }

    /// Where the bracket closes that the text begins with; brackets in double quotes do not count.
    private static func closingBracket(of text: String) -> String.Index? {
        var isQuoted = false
        return text.indices.first { index in
            if text[index] == "\"" { isQuoted.toggle() }
            return text[index] == ")" && !isQuoted
        }
    }

    /// The names between brackets, or one without.
    private static func names(_ text: String) -> [String] {
        var text = text
        if text.hasPrefix("("), text.hasSuffix(")") { text = String(text.dropFirst().dropLast()) }
        return SodaText.split(text, at: ",").filter { !$0.isEmpty }
    }
}

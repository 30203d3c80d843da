import StructuredSQL

/// A way to write dates and times, read from a strftime or to_char format, as a condition on a text.
struct DatePattern: Sendable, Hashable {
    private let regex: String
    /// The groups of the regular expression that hold year, month and day.
    private let (year, month, day): (Int?, Int?, Int?)

    init(_ format: String) throws(ArgumentError) {
        var regex = "^"
        var places: [Character: Int] = [:]
        var rest = Substring(format)
        let isStrftime = format.contains("%")
        while let first = rest.first {
            let field: Character?
            if isStrftime, first == "%" {
                guard let code = rest.dropFirst().first else { throw ArgumentError("format", "the format ends in %") }
                rest = rest.dropFirst(2)
                field = code
            } else if !isStrftime, let known = Self.words.first(where: { rest.hasPrefix($0.0) }) {
                rest = rest.dropFirst(known.0.count)
                field = known.1
            } else {
                rest = rest.dropFirst()
                regex += first.isLetter || first.isNumber ? String(first) : "[\(first == "^" ? "\\^" : String(first))]"
                field = nil
            }
            guard let field else { continue }
            guard let pattern = Self.fields[field] else {
                throw ArgumentError("format", "the format's %\(field) is not known")
            }
            guard places[field] == nil else { throw ArgumentError("format", "the format has %\(field) twice") }
            places[field] = places.count + 1
            regex += "(\(pattern))"
        }
        guard !places.isEmpty else {
            throw ArgumentError("format", "\"\(format)\" has no part of a date or a time", hint: "Write %Y-%m-%d.")
        }
        self.regex = regex + "$"
        year = places["Y"] ?? places["y"]
        month = places["m"]
        day = places["d"]
    }

    private static let fields: [Character: String] = [
        "Y": "[0-9]{4}", "y": "[0-9]{2}", "m": "0[1-9]|1[0-2]", "d": "0[1-9]|[12][0-9]|3[01]", "H": "[01][0-9]|2[0-3]",
        "I": "0[1-9]|1[0-2]", "M": "[0-5][0-9]", "S": "[0-5][0-9]|60", "f": "[0-9]{1,6}", "p": "AM|PM|am|pm",
        "j": "00[1-9]|0[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6]", "z": "Z|[+-][0-9]{2}:?[0-9]{2}",
        "b": "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
        "B": "January|February|March|April|May|June|July|August|September|October|November|December",
        "a": "Mon|Tue|Wed|Thu|Fri|Sat|Sun", "A": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday", "%": "%",
    ]

    /// Words of to_char and the strftime field each is, longer ones first.
    private static let words: [(String, Character)] = [
        ("YYYY", "Y"), ("HH24", "H"), ("HH12", "I"), ("Month", "B"), ("Mon", "b"), ("Day", "A"), ("DDD", "j"),
        ("YY", "y"),
        ("MM", "m"), ("DD", "d"), ("Dy", "a"), ("HH", "I"), ("MI", "M"), ("SS", "S"), ("MS", "f"), ("US", "f"),
        ("AM", "p"),
        ("PM", "p"), ("TZH:TZM", "z"),
    ]

    /// A condition that is true for a text written so, and NULL for NULL.
    func rule(on text: SQL) -> SQL {
        let matching: SQL = "\(text) ~ \(bind: regex)"
        guard let month, let day else { return matching }
        func part(_ group: Int) -> SQL {
            "(pg_catalog.regexp_match(\(text), \(bind: regex)))[\(SQL(quotedByServer: String(group)))]::pg_catalog.int4"
        }
        // Without a year the 29th of February may be right.
        let leap: SQL =
            if let year {
                "(\(part(year)) % 4 = 0 AND (\(part(year)) % 100 <> 0 OR \(part(year)) % 400 = 0))"
            } else {
                "true"
            }
        return """
            CASE WHEN \(matching) THEN \(part(day)) <= CASE \(part(month)) WHEN 2 THEN CASE WHEN \(leap) THEN 29 ELSE 28 END \
            WHEN 4 THEN 30 WHEN 6 THEN 30 WHEN 9 THEN 30 WHEN 11 THEN 30 ELSE 31 END \
            WHEN \(text) IS NULL THEN NULL ELSE false END
            """
    }
}

/// How texts of Soda's files are taken apart, without a locale.
enum SodaText {
    /// The text without white space at its ends.
    static func trimmed(_ text: some StringProtocol) -> String {
        var rest = Substring(String(text))
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }

    /// SQL that can be put into other SQL: no white space and no semicolon at its end.
    static func sql(_ text: String) -> String {
        var rest = trimmed(text)
        while rest.hasSuffix(";") { rest = trimmed(rest.dropLast()) }
        return rest
    }

    /// The parts between separators, trimmed; separators in double quotes do not count.
    static func split(_ text: String, at separator: Character) -> [String] {
        var parts = [""]
        var isQuoted = false
        for character in text {
            if character == "\"" { isQuoted.toggle() }
            if character == separator, !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map { trimmed($0) }
    }

    /// What stands behind a prefix, trimmed; `nil` where the text does not begin with it.
    static func rest(of text: String, after prefix: String) -> String? {
        text.hasPrefix(prefix) ? trimmed(text.dropFirst(prefix.count)) : nil
    }

    /// The texts before and after the first place where a separator stands; `nil` where it stands nowhere.
    static func halves(of text: String, around separator: String) -> (before: String, after: String)? {
        guard let range = text.firstRange(of: separator) else { return nil }
        return (trimmed(text[..<range.lowerBound]), trimmed(text[range.upperBound...]))
    }

    /// Whether a name fits a pattern, in which `%` and `*` stand for any text.
    static func matches(_ name: String, pattern: String) -> Bool {
        let parts = pattern.split(omittingEmptySubsequences: false) { $0 == "%" || $0 == "*" }.map(String.init)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
        guard name.hasPrefix(first), name.hasSuffix(last), name.count >= first.count + last.count else { return false }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }

    /// At most 40 characters of a text, with `_` for whatever is no letter or digit.
    static func slug(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var slug = String(words.joined(separator: "_").prefix(40))
        while slug.hasSuffix("_") { slug.removeLast() }
        return slug
    }

    /// The first variable that has no value, such as `${DATE}`; templates in double braces are none of ours either.
    static func firstPlaceholder(in text: String) -> String? {
        for (open, close) in [("${", "}"), ("{{", "}}")] {
            guard let start = text.firstRange(of: open) else { continue }
            let rest = text[start.lowerBound...]
            guard let end = rest.firstRange(of: close) else { return String(rest) }
            return String(rest[..<end.upperBound])
        }
        return nil
    }

    /// A decimal number as JSON writes it: `+5` is 5, `.50` is 0.5; `nil` for what is none.
    static func number(_ text: String) -> String? {
        let text = trimmed(text)
        if text.contains("e") || text.contains("E") { return Double(text) == nil ? nil : text }
        var rest = Substring(text)
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let whole = parts.first ?? ""
        var fraction = parts.count == 2 ? parts[1] : ""
        guard !(whole + fraction).isEmpty, (whole + fraction).utf8.allSatisfy({ (48...57).contains($0) }) else {
            return nil
        }
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let digits = String(whole.drop { $0 == "0" })
        let number = (digits.isEmpty ? "0" : digits) + (fraction.isEmpty ? "" : "." + fraction)
        return isNegative && number != "0" ? "-" + number : number
    }

    /// A number of a threshold, which may have a percent sign behind it.
    static func measure(_ text: String) -> String? {
        let text = trimmed(text)
        return number(text.hasSuffix("%") ? String(text.dropLast()) : text)
    }

    /// Whether the first number is no greater than the second.
    static func areOrdered(_ low: String, _ high: String) -> Bool {
        guard let low = Double(low), let high = Double(high) else { return false }
        return low <= high
    }

    /// The seconds of a length of time such as `1d6h` or `30m`, as a number; `nil` for what is none.
    static func seconds(_ text: String) -> String? {
        let units: [Character: Int] = ["d": 86_400, "h": 3600, "m": 60, "s": 1]
        var total = 0
        var digits = ""
        for character in trimmed(text) {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            guard let number = Int(digits), number < 100_000_000, let unit = units[character] else { return nil }
            total += number * unit
            digits = ""
        }
        return digits.isEmpty && total > 0 ? String(total) : nil
    }

    /// A length of time as our files write it, such as `1d 6h`.
    static func duration(seconds: Int) -> String {
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: " ")
    }
}

/// Splits SQL text into the elements PostgreSQL's own scanner sees, with `standard_conforming_strings` on.
///
/// Needed for two things only: to find `:name` where it is a parameter and nowhere else, and to see that a text is one
/// expression or one query. It does not parse; the server does.
///
/// A colon starts a parameter when a name follows at once, unless it
/// - is part of `::` or `:=`,
/// - stands directly inside the brackets of a subscript, where it is a slice (`a[1:n]`; write `a[(:n)]` for a
///   parameter), or
/// - follows a value without a space (`'key':value`, as in the JSON constructors).
///
/// Source: PostgreSQL's scanner, `src/backend/parser/scan.l`, and the manual's "Lexical Structure".
package struct SQLTokenizer {
    private let text: String
    private let bytes: String.UTF8View
    private var position: String.Index
    private var tokens: [SQLToken] = []
    /// Open brackets, innermost last; `true` for a subscript.
    private var subscripts: [Bool] = []

    private init(_ text: String) {
        self.text = text
        bytes = text.utf8
        position = text.startIndex
    }

    /// Splits `text`; the tokens joined give `text` back.
    ///
    /// - Throws: If a literal, a quoted name or a comment is not closed.
    package static func tokens(of text: String) throws(SQLSyntaxError) -> [SQLToken] {
        var tokenizer = SQLTokenizer(text)
        while let byte = tokenizer.peek() {
            try tokenizer.scan(byte)
        }
        return tokenizer.tokens
    }
}

extension SQLTokenizer {
    private mutating func scan(_ byte: UInt8) throws(SQLSyntaxError) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0B, 0x0C:
            take(.whitespace, while: \.isSQLSpace)
        case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
            take(.comment) { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
            try takeBlockComment()
        case UInt8(ascii: "'"):
            try takeQuoted(.string, prefix: 0, quote: byte, backslashEscapes: false)
        case UInt8(ascii: "\""):
            try takeQuoted(.quotedIdentifier, prefix: 0, quote: byte, backslashEscapes: false)
        case UInt8(ascii: "$"):
            try takeDollar()
        case UInt8(ascii: ":"):
            takeColon()
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            takeNumber()
        case UInt8(ascii: ".") where peek(1)?.isSQLDigit == true:
            takeNumber()
        case _ where byte.startsSQLName:
            try takeWord()
        case _ where byte.isSQLOperator:
            takeOperator()
        default:
            takePunctuation(byte)
        }
    }

    private mutating func takePunctuation(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["):
            subscripts.append(opensSubscript)
        case UInt8(ascii: "("):
            subscripts.append(false)
        case UInt8(ascii: "]"), UInt8(ascii: ")"):
            _ = subscripts.popLast()
        default:
            break
        }
        take(.punctuation, count: 1)
    }

    /// Whether a `[` here follows a value, which makes it a subscript and not an array constructor.
    private var opensSubscript: Bool {
        guard let last = tokens.last(where: { !$0.isBlank }) else { return false }
        switch last.kind {
        case .word: return !last.isWord("array")
        case .quotedIdentifier, .string, .positional, .parameter: return true
        case .punctuation: return last.text == ")" || last.text == "]"
        default: return false
        }
    }

    private mutating func takeColon() {
        if peek(1) == UInt8(ascii: ":") { return take(.cast, count: 2) }
        if peek(1) == UInt8(ascii: "=") { return take(.operator, count: 2) }
        guard let next = peek(1), next.startsSQLName, subscripts.last != true, !followsValue else {
            return take(.punctuation, count: 1)
        }
        let start = position
        bytes.formIndex(after: &position)
        advance(while: \.continuesSQLName)
        append(.parameter, from: start)
    }

    /// Whether the element just before, without a space between, is a value or the end of one.
    private var followsValue: Bool {
        guard let last = tokens.last else { return false }
        switch last.kind {
        case .word, .quotedIdentifier, .string, .number, .positional, .parameter: return true
        case .punctuation: return last.text == ")" || last.text == "]"
        default: return false
        }
    }

    private mutating func takeWord() throws(SQLSyntaxError) {
        let quote = UInt8(ascii: "'")
        switch peek()?.sqlLowercased {
        case UInt8(ascii: "e") where peek(1) == quote:
            return try takeQuoted(.string, prefix: 1, quote: quote, backslashEscapes: true)
        case UInt8(ascii: "b") where peek(1) == quote,
            UInt8(ascii: "x") where peek(1) == quote,
            UInt8(ascii: "n") where peek(1) == quote:
            return try takeQuoted(.string, prefix: 1, quote: quote, backslashEscapes: false)
        case UInt8(ascii: "u") where peek(1) == UInt8(ascii: "&") && peek(2) == quote:
            return try takeQuoted(.string, prefix: 2, quote: quote, backslashEscapes: false)
        case UInt8(ascii: "u") where peek(1) == UInt8(ascii: "&") && peek(2) == UInt8(ascii: "\""):
            return try takeQuoted(.quotedIdentifier, prefix: 2, quote: UInt8(ascii: "\""), backslashEscapes: false)
        default:
            take(.word, while: \.continuesSQLName)
        }
    }

    private mutating func takeNumber() {
        let start = position
        var previous: UInt8 = 0
        while let byte = peek() {
            let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
            let isRangeDots = byte == UInt8(ascii: ".") && peek(1) == UInt8(ascii: ".")
            let continues =
                byte.isSQLDigit || (byte == UInt8(ascii: ".") && !isRangeDots) || byte.startsSQLName
                || (isSign && previous == UInt8(ascii: "e") && peek(1)?.isSQLDigit == true)
            guard continues else { break }
            previous = byte.sqlLowercased
            bytes.formIndex(after: &position)
        }
        append(.number, from: start)
    }

    /// PostgreSQL ends an operator where a comment starts inside it.
    private mutating func takeOperator() {
        let start = position
        while let byte = peek(), byte.isSQLOperator {
            let next = peek(1)
            let startsComment =
                (byte == UInt8(ascii: "-") && next == UInt8(ascii: "-"))
                || (byte == UInt8(ascii: "/") && next == UInt8(ascii: "*"))
            if startsComment { break }
            bytes.formIndex(after: &position)
        }
        append(.operator, from: start)
    }

    private mutating func takeDollar() throws(SQLSyntaxError) {
        if peek(1)?.isSQLDigit == true {
            let start = position
            bytes.formIndex(after: &position)
            advance(while: \.isSQLDigit)
            return append(.positional, from: start)
        }
        let start = position
        bytes.formIndex(after: &position)
        if peek()?.startsSQLName == true {
            advance { $0.continuesSQLName && $0 != UInt8(ascii: "$") }
        }
        guard peek() == UInt8(ascii: "$") else {
            return append(.punctuation, from: start)
        }
        bytes.formIndex(after: &position)
        let tag = text[start..<position]
        // By bytes, as the server does: characters would join what follows the tag to its last "$".
        guard let close = bytes[position...].firstRange(of: tag.utf8) else {
            throw SQLSyntaxError("unterminated dollar-quoted string", before: text[..<start])
        }
        position = close.upperBound
        append(.string, from: start)
    }

    private mutating func takeBlockComment() throws(SQLSyntaxError) {
        let start = position
        var depth = 0
        repeat {
            guard let byte = peek() else {
                throw SQLSyntaxError("unterminated /* comment", before: text[..<start])
            }
            if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                bytes.formIndex(after: &position)
            } else if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                bytes.formIndex(after: &position)
            }
            bytes.formIndex(after: &position)
        } while depth > 0
        append(.comment, from: start)
    }

    private mutating func takeQuoted(
        _ kind: SQLToken.Kind,
        prefix: Int,
        quote: UInt8,
        backslashEscapes: Bool
    ) throws(SQLSyntaxError) {
        let start = position
        bytes.formIndex(&position, offsetBy: prefix + 1)
        while let byte = peek() {
            bytes.formIndex(after: &position)
            if backslashEscapes, byte == UInt8(ascii: "\\"), peek() != nil {
                bytes.formIndex(after: &position)
            } else if byte == quote {
                if peek() == quote {
                    bytes.formIndex(after: &position)
                } else if kind == .string, let next = continuation() {
                    position = next
                } else {
                    return append(kind, from: start)
                }
            }
        }
        let what = kind == .string ? "quoted string" : "quoted identifier"
        throw SQLSyntaxError("unterminated \(what)", before: text[..<start])
    }
}

extension SQLTokenizer {
    /// The place behind the quote that continues a literal: one more literal after white space with a line break in it, or
    /// after comments that end lines, is the same literal in the same mode.
    private func continuation() -> String.Index? {
        var index = position
        var hasLineBreak = false
        while index < bytes.endIndex {
            let byte = bytes[index]
            let next = bytes.index(after: index)
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { hasLineBreak = true }
            if byte == UInt8(ascii: "'") { return hasLineBreak ? next : nil }
            if byte == UInt8(ascii: "-"), next < bytes.endIndex, bytes[next] == UInt8(ascii: "-") {
                index =
                    bytes[index...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
                    ?? bytes.endIndex
                continue
            }
            guard byte.isSQLSpace else { return nil }
            index = next
        }
        return nil
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        guard let index = bytes.index(position, offsetBy: distance, limitedBy: bytes.endIndex), index < bytes.endIndex
        else { return nil }
        return bytes[index]
    }

    private mutating func advance(while condition: (UInt8) -> Bool) {
        while let byte = peek(), condition(byte) {
            bytes.formIndex(after: &position)
        }
    }

    private mutating func take(_ kind: SQLToken.Kind, while condition: (UInt8) -> Bool) {
        let start = position
        advance(while: condition)
        append(kind, from: start)
    }

    private mutating func take(_ kind: SQLToken.Kind, count: Int) {
        let start = position
        bytes.formIndex(&position, offsetBy: count)
        append(kind, from: start)
    }

    private mutating func append(_ kind: SQLToken.Kind, from start: String.Index) {
        tokens.append(SQLToken(kind: kind, text: text[start..<position]))
    }
}

extension UInt8 {
    fileprivate var isSQLSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
    fileprivate var isSQLDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var sqlLowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 0x20 : self }
    /// Letters, underscore and every byte of a character beyond ASCII.
    fileprivate var startsSQLName: Bool {
        (0x61...0x7A).contains(sqlLowercased) || self == UInt8(ascii: "_") || self >= 0x80
    }
    fileprivate var continuesSQLName: Bool { startsSQLName || isSQLDigit || self == UInt8(ascii: "$") }
    fileprivate var isSQLOperator: Bool {
        switch self {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "@"),
            UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "^"), UInt8(ascii: "&"), UInt8(ascii: "|"),
            UInt8(ascii: "`"), UInt8(ascii: "?"):
            true
        default:
            false
        }
    }
}

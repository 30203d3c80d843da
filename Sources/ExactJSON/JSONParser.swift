/// A text that is not JSON, and where.
package struct JSONSyntaxError: Error, Sendable, Hashable {
    /// Offset in bytes, from 0.
    package var offset: Int
}

extension JSONValue {
    /// Reads one JSON document (RFC 8259).
    package init(parsing text: String) throws(JSONSyntaxError) {
        var parser = JSONParser(text)
        self = try parser.parseDocument()
    }
}

struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0

    /// Deeper documents are refused: a stack is finite.
    private static let maximumDepth = 512

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func parseDocument() throws(JSONSyntaxError) -> JSONValue {
        let value = try parseValue(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure }
        return value
    }

    private var failure: JSONSyntaxError { JSONSyntaxError(offset: position) }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard current == byte else { return false }
        position += 1
        return true
    }

    private mutating func parseValue(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw failure }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try parseObject(depth: depth)
        case UInt8(ascii: "["): return try parseArray(depth: depth)
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parse(word: "true", as: true)
        case UInt8(ascii: "f"): return try parse(word: "false", as: false)
        case UInt8(ascii: "n"): return try parse(word: "null", as: nil)
        default: return try parseNumber()
        }
    }

    private mutating func parse(word: StaticString, as value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let expected = Array(word.description.utf8)
        guard bytes[position...].starts(with: expected) else { throw failure }
        position += expected.count
        return value
    }

    private mutating func parseObject(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure }
            let name = try parseString()
            guard take(UInt8(ascii: ":")) else { throw failure }
            members.append(.init(name, try parseValue(depth: depth + 1)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw failure }
        return .object(members)
    }

    private mutating func parseArray(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try parseValue(depth: depth + 1))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw failure }
        return .array(elements)
    }

    private mutating func parseNumber() throws(JSONSyntaxError) -> JSONValue {
        let start = position
        func digits() -> Int { bytes[position...].prefix { (48...57).contains($0) }.count }
        if current == UInt8(ascii: "-") { position += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || current != UInt8(ascii: "0") else { throw failure }
        position += whole
        if current == UInt8(ascii: ".") {
            position += 1
            let fraction = digits()
            guard fraction > 0 else { throw failure }
            position += fraction
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            let exponent = digits()
            guard exponent > 0 else { throw failure }
            position += exponent
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func parseString() throws(JSONSyntaxError) -> String {
        position += 1
        var result: [UInt8] = []
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
            case UInt8(ascii: "\\"): result += try parseEscape()
            case 0..<0x20: throw failure
            default: result.append(byte)
            }
        }
        throw failure
    }

    private mutating func parseEscape() throws(JSONSyntaxError) -> [UInt8] {
        guard let byte = current else { throw failure }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): break
        default: throw failure
        }
        let high = try parseHex()
        guard (0xD800...0xDBFF).contains(high) else { return utf8(of: high) }
        guard bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else { return utf8(of: high) }
        position += 2
        let low = try parseHex()
        guard (0xDC00...0xDFFF).contains(low) else { return utf8(of: high) + utf8(of: low) }
        return utf8(of: 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    }

    private mutating func parseHex() throws(JSONSyntaxError) -> UInt32 {
        guard position + 4 <= bytes.count,
            let value = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw failure }
        position += 4
        return value
    }

    /// A lone surrogate becomes the replacement character.
    private func utf8(of value: UInt32) -> [UInt8] {
        Array(String(UnicodeScalar(value) ?? "\u{FFFD}").utf8)
    }
}

/// A decimal number of any length, compared exactly.
///
/// Thresholds are decided with it, so that 0.1 in a file and 0.1 from a `numeric` column are the same number, and one bad
/// row among a billion is not rounded away.
package struct ExactDecimal: Sendable, Hashable, CustomStringConvertible {
    private var isNegative: Bool
    /// Significant digits without leading or trailing zeros; empty for zero.
    private var digits: [UInt8]
    /// Position of the decimal point: the value is `0.digits × 10^exponent`.
    private var exponent: Int
    package let description: String

    /// Reads `12`, `-0.5`, `.5`, `1_000` or `1e-3`; no infinity, no NaN.
    package init?(_ text: String) {
        var rest = Substring(text)
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest.removeFirst() }
        var exponent = 0
        if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            guard let power = Int(rest[rest.index(after: mark)...]), (-999_999...999_999).contains(power) else {
                return nil
            }
            exponent = power
            rest = rest[..<mark]
        }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts[0].filter { $0 != "_" }
        let fraction = parts.count == 2 ? String(parts[1]) : ""
        guard !(whole.isEmpty && fraction.isEmpty), (whole + fraction).utf8.allSatisfy({ (48...57).contains($0) }),
            parts[0].first != "_", parts[0].last != "_"
        else { return nil }
        var digits = (whole + fraction).utf8.map { $0 - 48 }
        exponent += whole.count
        let leadingZeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leadingZeros)
        exponent -= leadingZeros
        while digits.last == 0 { digits.removeLast() }
        self.isNegative = isNegative && !digits.isEmpty
        self.digits = digits
        self.exponent = digits.isEmpty ? 0 : exponent
        description = text
    }

    package init(_ value: Int) {
        // An integer's text is always a number, so the fallback is never used.
        self = ExactDecimal(String(value)) ?? ExactDecimal.zero
    }

    private init(isNegative: Bool, digits: [UInt8], exponent: Int, description: String) {
        self.isNegative = isNegative
        self.digits = digits
        self.exponent = exponent
        self.description = description
    }

    package static let zero = ExactDecimal(isNegative: false, digits: [], exponent: 0, description: "0")

    /// This number divided by 100, exactly.
    package var hundredth: ExactDecimal {
        guard !digits.isEmpty else { return self }
        return ExactDecimal(
            isNegative: isNegative, digits: digits, exponent: exponent - 2, description: "\(description)e-2")
    }

    /// This number times a count, exactly.
    package func multiplied(by factor: Int) -> ExactDecimal {
        var carry: UInt128 = 0
        let magnitude = UInt128(factor.magnitude)
        var product: [UInt8] = []
        for digit in digits.reversed() {
            let sum = UInt128(digit) * magnitude + carry
            product.append(UInt8(sum % 10))
            carry = sum / 10
        }
        while carry > 0 {
            product.append(UInt8(carry % 10))
            carry /= 10
        }
        let scale = exponent - digits.count
        let text = String(product.reversed().map { Character(UnicodeScalar($0 + 48)) })
        let sign = isNegative != (factor < 0) ? "-" : ""
        return ExactDecimal("\(sign)\(text.isEmpty ? "0" : text)e\(scale)") ?? .zero
    }

    package static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        left.isNegative == right.isNegative && left.exponent == right.exponent && left.digits == right.digits
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(isNegative)
        hasher.combine(exponent)
        hasher.combine(digits)
    }
}

extension ExactDecimal: Comparable {
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.hasSmallerMagnitude(than: left) : left.hasSmallerMagnitude(than: right)
    }

    private func hasSmallerMagnitude(than other: ExactDecimal) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        if exponent != other.exponent { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

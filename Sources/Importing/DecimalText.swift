/// A decimal number that is computed with exactly and written as people do: shares become percentages without rounding.
struct DecimalText: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The value is `digits / 10^scale`.
    private let digits: Int128
    private let scale: Int

    /// With so many, neither a hundred times a number nor a hundred less a share leaves the range of `Int128`.
    private static let mostDigits = 30

    private init(digits: Int128, scale: Int) {
        var (digits, scale) = (digits, scale)
        while scale > 0, digits % 10 == 0 {
            digits /= 10
            scale -= 1
        }
        self.digits = digits
        self.scale = scale
    }

    /// A whole number.
    init(_ number: Int) {
        self.init(digits: Int128(number), scale: 0)
    }

    /// Reads `12`, `-0.5` or `1e-05`.
    ///
    /// - Returns: `nil` if the text is no number, or has more digits than are computed with here.
    init?(_ text: String) {
        let parts = text.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        let magnitudes = -Self.mostDigits...Self.mostDigits
        guard let exponent = parts.count == 2 ? Int(parts[1]) : 0, magnitudes.contains(exponent) else { return nil }
        let halves = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = halves.count == 2 ? String(halves[1]) : ""
        let all = String(halves[0]) + fraction
        var scale = fraction.count - exponent
        guard fraction.utf8.allSatisfy({ (48...57).contains($0) }), magnitudes.contains(scale),
            all.count + max(0, -scale) <= Self.mostDigits, var digits = Int128(all)
        else { return nil }
        while scale < 0 { (digits, scale) = (digits * 10, scale + 1) }
        self.init(digits: digits, scale: scale)
    }

    /// The number as a whole one; `nil` if it has a fraction.
    var whole: Int? { scale == 0 ? Int(exactly: digits) : nil }

    /// A share of 1 as a percentage.
    var percentage: DecimalText {
        scale >= 2 ? DecimalText(digits: digits, scale: scale - 2) : DecimalText(digits: digits * 100, scale: scale)
    }

    /// A percentage as a share of 1.
    var hundredth: DecimalText { DecimalText(digits: digits, scale: scale + 2) }

    /// What is left of a hundred.
    var complementOfHundred: DecimalText {
        var hundred: Int128 = 100
        for _ in 0..<scale { hundred *= 10 }
        return DecimalText(digits: hundred - digits, scale: scale)
    }

    var description: String {
        guard scale > 0 else { return String(digits) }
        let text = String(digits.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - text.count)) + text
        return "\(digits < 0 ? "-" : "")\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }

    static func < (left: DecimalText, right: DecimalText) -> Bool {
        left.approximation < right.approximation
    }

    private var approximation: Double {
        var value = Double(digits)
        for _ in 0..<scale { value /= 10 }
        return value
    }
}

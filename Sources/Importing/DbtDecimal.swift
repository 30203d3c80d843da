/// A decimal number with few digits, for shares that become percentages.
struct DbtDecimal: Sendable, Hashable {
    /// The digits as a whole number, and how many of them stand behind the point.
    private var digits: Int
    private var scale: Int

    /// Reads `0.95`, `.5` or `-3`; `nil` for what has an exponent or more than 15 digits.
    init?(_ text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" || $0 == "+" }
            .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        let all = String(whole) + String(fraction)
        guard all.count <= 15, all.allSatisfy({ $0.isASCII && $0.isNumber }), let digits = Int(all) else { return nil }
        self.digits = isNegative ? -digits : digits
        scale = fraction.count
    }

    private init(digits: Int, scale: Int) {
        self.digits = digits
        self.scale = scale
    }

    /// The number times 100: a share as a percentage.
    var percent: DbtDecimal {
        guard scale < 2 else { return DbtDecimal(digits: digits, scale: scale - 2) }
        return DbtDecimal(digits: digits * (scale == 1 ? 10 : 100), scale: 0)
    }

    /// One less the number: what is missing of a whole.
    var complement: DbtDecimal {
        DbtDecimal(digits: (0..<scale).reduce(1) { power, _ in power * 10 } - digits, scale: scale)
    }

    var isZero: Bool { digits == 0 }
    var isNegative: Bool { digits < 0 }

    /// The number without zeros at its end: `97.5`, `5`.
    var text: String {
        var (digits, scale) = (digits.magnitude, scale)
        while scale > 0, digits % 10 == 0 { (digits, scale) = (digits / 10, scale - 1) }
        let all = String(digits)
        let padded = String(repeating: "0", count: max(0, scale + 1 - all.count)) + all
        let sign = isNegative ? "-" : ""
        guard scale > 0 else { return sign + padded }
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }
}

/// So many of so many, exactly: whole numbers of slots, microseconds or rows.
package struct Ratio: Sendable, Hashable {
    /// 0 or more, and no more than ``total``.
    package var good: Int
    package var total: Int

    package init(_ good: Int, of total: Int) {
        self.good = good
        self.total = total
    }

    package static let none = Ratio(0, of: 0)

    package var bad: Int { total - good }

    package static func + (one: Ratio, two: Ratio) -> Ratio {
        Ratio(one.good + two.good, of: one.total + two.total)
    }

    /// Whether it is at least the target; without any there is no saying.
    package func reaches(_ target: TargetShare) -> Bool? {
        guard total > 0 else { return nil }
        // good / total >= numerator / denominator, without a division.
        let (left, right) = (
            good.multipliedFullWidth(by: target.denominator), total.multipliedFullWidth(by: target.numerator)
        )
        return (left.high, left.low) >= (right.high, right.low)
    }

    /// In per cent, cut: what does not reach 99 never reads 99; `nil` where there is nothing.
    ///
    /// - Parameter digits: Behind the point.
    /// - Returns: Such as `99.583`.
    package func percent(digits: Int = 3) -> String? {
        guard total > 0 else { return nil }
        let scale = (0..<digits).reduce(100) { scale, _ in scale * 10 }
        let product = good.multipliedFullWidth(by: scale)
        let scaled = total.dividingFullWidth(product).quotient
        let unit = scale / 100
        let fraction = String(scaled % unit)
        let padded = String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
        return digits == 0 ? "\(scaled)" : "\(scaled / unit).\(padded)"
    }
}

/// A share that is promised, exactly: 99.5 % is 995 of 1000.
package struct TargetShare: Sendable, Hashable {
    /// In 0...denominator.
    package var numerator: Int
    /// A power of ten, up to 10^9.
    package var denominator: Int

    package init(numerator: Int, denominator: Int) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Reads `99.5%` or `0.995`; `nil` where it is no share of at most 9 digits.
    package init?(_ text: String) {
        let isPercent = text.hasSuffix("%")
        let number = isPercent ? String(text.dropLast()).trimmed : text.trimmed
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), !parts[0].isEmpty, parts.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            parts.count == 1 || !parts[1].isEmpty, parts[0].count <= 3,
            (parts.count == 1 ? 0 : parts[1].count) <= (isPercent ? 7 : 9)
        else { return nil }
        let digits = (parts.count == 1 ? 0 : parts[1].count) + (isPercent ? 2 : 0)
        guard let value = Int(parts.joined()) else { return nil }
        denominator = (0..<digits).reduce(1) { power, _ in power * 10 }
        numerator = value
        guard numerator <= denominator else { return nil }
    }

    /// `99.5`, in per cent without needless digits.
    package var percent: String {
        var text = Ratio(numerator, of: denominator).percent(digits: 7) ?? "0"
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// `0.995`.
    package var decimal: String {
        guard denominator > 1 else { return String(numerator) }
        let digits = String(denominator).count - 1
        let fraction = String(numerator % denominator)
        return "\(numerator / denominator)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    /// Whether nothing may go wrong.
    package var allowsNothing: Bool { numerator == denominator }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}

extension String {
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

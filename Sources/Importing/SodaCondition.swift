/// What a threshold of ours compares.
enum SodaQuantity: String, Sendable, Hashable {
    case count, percent, value
}

/// A bound of a range, and whether it is met itself.
struct SodaBound: Sendable, Hashable {
    var number: String
    var isIncluded: Bool

    var flipped: SodaBound { SodaBound(number: number, isIncluded: !isIncluded) }
}

/// A condition on a number, such as `> 5` or `not between (1 and 2]`.
///
/// As a threshold it says what Soda accepts; negated, what is to warn or fail.
enum SodaCondition: Sendable, Hashable {
    case greater(String)
    case greaterOrEqual(String)
    case less(String)
    case lessOrEqual(String)
    case equal(String)
    case notEqual(String)
    case inside(SodaBound, SodaBound)
    /// Below the first bound or above the second.
    case outside(SodaBound, SodaBound)

    /// The condition that holds where this one does not.
    var negated: SodaCondition {
        switch self {
        case .greater(let number): .lessOrEqual(number)
        case .greaterOrEqual(let number): .less(number)
        case .less(let number): .greaterOrEqual(number)
        case .lessOrEqual(let number): .greater(number)
        case .equal(let number): .notEqual(number)
        case .notEqual(let number): .equal(number)
        case .inside(let low, let high): .outside(low.flipped, high.flipped)
        case .outside(let low, let high): .inside(low.flipped, high.flipped)
        }
    }

    /// The condition on a multiple of the number.
    func scaled(by factor: Int) -> SodaCondition {
        func scaled(_ text: String) -> String {
            let product = (Double(text) ?? 0) * Double(factor)
            return product == product.rounded() && abs(product) < 1e15 ? String(Int(product)) : String(product)
        }
        func scaledBound(_ bound: SodaBound) -> SodaBound {
            SodaBound(number: scaled(bound.number), isIncluded: bound.isIncluded)
        }
        return switch self {
        case .greater(let number): .greater(scaled(number))
        case .greaterOrEqual(let number): .greaterOrEqual(scaled(number))
        case .less(let number): .less(scaled(number))
        case .lessOrEqual(let number): .lessOrEqual(scaled(number))
        case .equal(let number): .equal(scaled(number))
        case .notEqual(let number): .notEqual(scaled(number))
        case .inside(let low, let high): .inside(scaledBound(low), scaledBound(high))
        case .outside(let low, let high): .outside(scaledBound(low), scaledBound(high))
        }
    }

    /// The condition in SQL.
    func sql(on value: String) -> String {
        switch self {
        case .greater(let number): "\(value) > \(number)"
        case .greaterOrEqual(let number): "\(value) >= \(number)"
        case .less(let number): "\(value) < \(number)"
        case .lessOrEqual(let number): "\(value) <= \(number)"
        case .equal(let number): "\(value) = \(number)"
        case .notEqual(let number): "\(value) <> \(number)"
        case .inside(let low, let high):
            "\(value) \(low.isIncluded ? ">=" : ">") \(low.number) AND "
                + "\(value) \(high.isIncluded ? "<=" : "<") \(high.number)"
        case .outside(let low, let high):
            "\(value) \(low.isIncluded ? "<=" : "<") \(low.number) OR "
                + "\(value) \(high.isIncluded ? ">=" : ">") \(high.number)"
        }
    }
}

extension SodaCondition {
    /// Reads `> 5`, `between 1 and 2` or `not between (1 and 2]`.
    ///
    /// - Parameters:
    ///   - text: What stands behind a metric, or behind `when`.
    ///   - reading: Makes a number of what is compared with; `nil` for what is none.
    init?(parsing text: String, reading: (String) -> String?) {
        let text = SodaText.trimmed(text)
        if let range = SodaText.rest(of: text, after: "not between") {
            guard let inside = Self.readRange(range, reading) else { return nil }
            self = inside.negated
            return
        }
        if let range = SodaText.rest(of: text, after: "between") {
            guard let inside = Self.readRange(range, reading) else { return nil }
            self = inside
            return
        }
        let comparators = ["<=", ">=", "!=", "<>", "==", "<", ">", "="]
        guard let comparator = comparators.first(where: { text.hasPrefix($0) }),
            let number = reading(SodaText.trimmed(text.dropFirst(comparator.count)))
        else { return nil }
        switch comparator {
        case "<=": self = .lessOrEqual(number)
        case ">=": self = .greaterOrEqual(number)
        case "!=", "<>": self = .notEqual(number)
        case "<": self = .less(number)
        case ">": self = .greater(number)
        default: self = .equal(number)
        }
    }

    /// `1 and 2`, where a round bracket leaves its bound out.
    private static func readRange(_ text: String, _ reading: (String) -> String?) -> SodaCondition? {
        guard var (low, high) = SodaText.halves(of: text, around: " and ") else { return nil }
        let isOpenBelow = low.hasPrefix("(")
        let isOpenAbove = high.hasSuffix(")")
        if isOpenBelow || low.hasPrefix("[") { low.removeFirst() }
        if isOpenAbove || high.hasSuffix("]") { high.removeLast() }
        guard let lowNumber = reading(SodaText.trimmed(low)), let highNumber = reading(SodaText.trimmed(high)),
            SodaText.areOrdered(lowNumber, highNumber)
        else { return nil }
        return .inside(
            SodaBound(number: lowNumber, isIncluded: !isOpenBelow),
            SodaBound(number: highNumber, isIncluded: !isOpenAbove))
    }
}

import ExactJSON

/// What a metric or the value of a query must be: `mustBe`, `mustBeLessThan` and the other operators.
struct OdcsComparison: Hashable {
    /// A bound, and whether it belongs to what is allowed.
    struct Bound: Hashable {
        var number: DecimalText
        var isIncluded: Bool
    }

    /// What is asked.
    private enum Demand: Hashable {
        case equal(JSONValue)
        case notEqual(JSONValue)
        case within(low: Bound?, high: Bound?)
        case outside(DecimalText, DecimalText)
    }

    private let demand: Demand
    /// What had to be decided that the standard leaves open.
    let difference: String?

    /// The operators, in the order in which they are looked for.
    static let operators = [
        "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo",
        "mustBeBetween", "mustNotBeBetween",
    ]

    /// Reads the operators of a quality item; two of them may bound both ends.
    ///
    /// - Returns: `nil` without any, with some that do not go together, and where no number lies between the bounds.
    init?(_ quality: JSONValue) {
        let given = Self.operators.filter { quality[$0] != nil && quality[$0] != .null }
        guard let first = given.first, let value = quality[first] else { return nil }
        func number(_ name: String) -> DecimalText? { quality[name]?.scalarText.flatMap(DecimalText.init) }
        func pair(_ value: JSONValue) -> (DecimalText, DecimalText)? {
            let numbers = value.elements.compactMap { $0.scalarText.flatMap(DecimalText.init) }
            guard value.elements.count == 2, numbers.count == 2, numbers[0] <= numbers[1] else { return nil }
            return (numbers[0], numbers[1])
        }
        var difference: String?
        switch first {
        case "mustBe" where given.count == 1 && value.scalarText != nil: demand = .equal(value)
        case "mustNotBe" where given.count == 1 && value.scalarText != nil: demand = .notEqual(value)
        case "mustBeBetween" where given.count == 1:
            guard let (low, high) = pair(value) else { return nil }
            demand = .within(low: Bound(number: low, isIncluded: true), high: Bound(number: high, isIncluded: true))
            difference = "mustBeBetween allows its bounds here, which the standard both says and denies"
        case "mustNotBeBetween" where given.count == 1:
            guard let (low, high) = pair(value) else { return nil }
            demand = .outside(low, high)
            difference = "mustNotBeBetween forbids its bounds here; the standard leaves it open"
        case "mustBe", "mustNotBe", "mustBeBetween", "mustNotBeBetween": return nil
        default:
            let lows = given.filter { $0.hasPrefix("mustBeGreater") }
            let highs = given.filter { $0.hasPrefix("mustBeLess") }
            guard lows.count + highs.count == given.count, lows.count < 2, highs.count < 2,
                given.allSatisfy({ number($0) != nil })
            else { return nil }
            func bound(_ name: String?) -> Bound? {
                name.flatMap { name in
                    number(name).map { Bound(number: $0, isIncluded: name.hasSuffix("OrEqualTo")) }
                }
            }
            let (low, high) = (bound(lows.first), bound(highs.first))
            if let low, let high, high.number < low.number { return nil }
            demand = .within(low: low, high: high)
        }
        self.difference = difference
    }

    // MARK: As a threshold

    /// The thresholds that fail; two where both ends are bounded and one bound is not allowed itself.
    ///
    /// - Parameter quantity: What is compared: `count`, `percent` or `value`.
    /// - Returns: `nil` if what is asked can never fail, can never pass, or is no number.
    func thresholds(of quantity: String) -> [String]? {
        let isShare = quantity == "percent"
        let isCount = quantity == "count"
        switch demand {
        case .equal(let value):
            guard let number = Self.number(value, in: quantity) else { return nil }
            return ["\(quantity) \(quantity != "value" && number == DecimalText(0) ? ">" : "!=") \(number)"]
        case .notEqual(let value):
            guard let number = Self.number(value, in: quantity) else { return nil }
            return ["\(quantity) = \(number)"]
        case .outside(let low, let high):
            guard quantity == "value" || (low >= DecimalText(0) && (!isShare || high <= DecimalText(100))) else {
                return nil
            }
            return ["\(quantity) between \(low) and \(high)"]
        case .within(var low, var high):
            if isCount { (low, high) = (low.map(Self.whole(atLeast:)), high.map(Self.whole(atMost:))) }
            if quantity != "value" {
                let (least, most) = (DecimalText(0), DecimalText(100))
                // Bounds that nothing is beyond are none.
                if let bound = low, bound.number < least || (bound.number == least && bound.isIncluded) { low = nil }
                if isShare, let bound = high, bound.number > most || (bound.number == most && bound.isIncluded) {
                    high = nil
                }
                if isShare, let low, low.number > most { return nil }
                if let high, high.number < least { return nil }
            }
            if let low, let high, low.isIncluded, high.isIncluded {
                return low.number <= high.number ? ["\(quantity) not between \(low.number) and \(high.number)"] : nil
            }
            let below = low.map { "\(quantity) \($0.isIncluded ? "<" : "<=") \($0.number)" }
            let above = high.map { "\(quantity) \($0.isIncluded ? ">" : ">=") \($0.number)" }
            let thresholds = [above, below].compactMap(\.self)
            return thresholds.isEmpty ? nil : thresholds
        }
    }

    /// Whether it fails where nothing is counted, as in an empty table.
    var failsAtZero: Bool {
        let zero = DecimalText(0)
        return switch demand {
        case .equal(let value): value.scalarText.flatMap(DecimalText.init) != zero
        case .notEqual(let value): value.scalarText.flatMap(DecimalText.init) == zero
        case .outside(let low, let high): low <= zero && zero <= high
        case .within(let low, let high):
            (low.map { zero < $0.number || (zero == $0.number && !$0.isIncluded) } ?? false)
                || (high.map { $0.number < zero || (zero == $0.number && !$0.isIncluded) } ?? false)
        }
    }

    // MARK: As bounds and as SQL

    /// The bounds of a whole number, as `row_count` takes them; `nil` if these cannot say it.
    var wholes: JSONValue? {
        switch demand {
        case .equal(let value):
            guard let number = value.scalarText.flatMap(DecimalText.init)?.whole, number >= 0 else { return nil }
            return ["equals": .number(String(number))]
        case .within(let low, let high):
            let (least, most) = (low.map(Self.whole(atLeast:)), high.map(Self.whole(atMost:)))
            var members: [JSONValue.Member] = []
            if let least {
                guard let number = least.number.whole else { return nil }
                members.append(.init("min", .number(String(max(0, number)))))
            }
            if let most {
                guard let number = most.number.whole, number >= 0 else { return nil }
                members.append(.init("max", .number(String(number))))
            }
            if let least, let most, most.number < least.number { return nil }
            return .object(members)
        case .notEqual, .outside: return nil
        }
    }

    /// The condition that holds for an allowed value; `nil` if what it is compared with is no plain value.
    func condition(on value: String) -> String? {
        switch demand {
        case .equal(let wanted): return QuotedSQL.literal(wanted).map { "\(value) = \($0)" }
        case .notEqual(let wanted): return QuotedSQL.literal(wanted).map { "\(value) <> \($0)" }
        case .outside(let low, let high): return "\(value) NOT BETWEEN \(low) AND \(high)"
        case .within(let low, let high):
            if let low, let high, low.isIncluded, high.isIncluded {
                return "\(value) BETWEEN \(low.number) AND \(high.number)"
            }
            let above = low.map { "\(value) \($0.isIncluded ? ">=" : ">") \($0.number)" }
            let below = high.map { "\(value) \($0.isIncluded ? "<=" : "<") \($0.number)" }
            return [above, below].compactMap(\.self).joined(separator: " AND ")
        }
    }

    private static func number(_ value: JSONValue, in quantity: String) -> DecimalText? {
        guard let number = value.scalarText.flatMap(DecimalText.init) else { return nil }
        guard quantity != "value" else { return number }
        let isPossible = DecimalText(0) <= number && (quantity != "percent" || number <= DecimalText(100))
        return isPossible ? number : nil
    }

    private static func whole(atLeast bound: Bound) -> Bound {
        guard let number = bound.number.whole, !bound.isIncluded, number < .max else { return bound }
        return Bound(number: DecimalText(number + 1), isIncluded: true)
    }

    private static func whole(atMost bound: Bound) -> Bound {
        guard let number = bound.number.whole, !bound.isIncluded, number > .min else { return bound }
        return Bound(number: DecimalText(number - 1), isIncluded: true)
    }
}

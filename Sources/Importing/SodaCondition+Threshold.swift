import ExactJSON

extension SodaCondition {
    /// The condition without what no count and no percentage can be; `nil` where it never holds.
    func limited(to quantity: SodaQuantity) -> SodaCondition? {
        let most: Double
        switch quantity {
        case .value: return self
        case .count: most = .infinity
        case .percent: most = 100
        }
        let always = SodaCondition.greaterOrEqual("0")
        switch self {
        case .greater(let number):
            let bound = Self.double(number)
            return bound < 0 ? always : bound >= most ? nil : self
        case .greaterOrEqual(let number):
            let bound = Self.double(number)
            return bound <= 0 ? always : bound > most ? nil : self
        case .less(let number):
            let bound = Self.double(number)
            return bound <= 0 ? nil : bound > most ? always : self
        case .lessOrEqual(let number):
            let bound = Self.double(number)
            return bound < 0 ? nil : bound >= most ? always : self
        case .equal(let number):
            return (0...most).contains(Self.double(number)) ? self : nil
        case .notEqual(let number):
            return (0...most).contains(Self.double(number)) ? self : always
        case .inside(let low, let high):
            if Self.double(low.number) < 0 {
                return Self.upTo(high).limited(to: quantity)
            }
            return Self.double(high.number) > most ? Self.from(low).limited(to: quantity) : self
        case .outside(let low, let high):
            if Self.double(low.number) < 0 || (Self.double(low.number) == 0 && !low.isIncluded) {
                return Self.from(high).limited(to: quantity)
            }
            return Self.double(high.number) > most ? Self.upTo(low).limited(to: quantity) : self
        }
    }

    /// Whether one failing row meets the condition, and none does not.
    func isAnyRow(on quantity: SodaQuantity) -> Bool {
        guard quantity != .value, let condition = limited(to: quantity) else { return false }
        return switch condition {
        case .greater(let number), .notEqual(let number): Self.double(number) == 0
        case .greaterOrEqual(let number):
            quantity == .count && Self.double(number) > 0 && Self.double(number) <= 1
        default: false
        }
    }

    /// What `min`, `max` and `equals` say where this must not hold; `nil` where they cannot say it.
    func bounds(isWhole: Bool) -> [JSONValue.Member]? {
        /// The outermost number that is allowed, where the condition begins at the bound.
        func allowed(_ bound: SodaBound, _ step: Int) -> JSONValue? {
            guard bound.isIncluded else { return .number(bound.number) }
            return isWhole ? Self.shifted(bound.number, by: step).map { JSONValue.number($0) } : nil
        }
        func members(_ pairs: [(String, JSONValue?)]) -> [JSONValue.Member]? {
            let members = pairs.compactMap { name, value in value.map { JSONValue.Member(name, $0) } }
            return members.count == pairs.count ? members : nil
        }
        return switch self {
        case .less(let number): members([("min", .number(number))])
        case .lessOrEqual(let number): members([("min", allowed(SodaBound(number: number, isIncluded: true), 1))])
        case .greater(let number): members([("max", .number(number))])
        case .greaterOrEqual(let number): members([("max", allowed(SodaBound(number: number, isIncluded: true), -1))])
        case .notEqual(let number): members([("equals", .number(number))])
        case .outside(let low, let high): members([("min", allowed(low, 1)), ("max", allowed(high, -1))])
        case .equal, .inside: nil
        }
    }

    /// The condition as `warn` and `fail` say it, and what differs: to them a range has both its bounds.
    func threshold(on quantity: SodaQuantity, isWhole: Bool) -> (text: String, difference: String?) {
        var difference: String?
        /// The number that our range begins or ends with.
        func end(_ bound: SodaBound, wantsIncluded: Bool, _ step: Int) -> String {
            guard bound.isIncluded != wantsIncluded else { return bound.number }
            if isWhole, let shifted = Self.shifted(bound.number, by: step) { return shifted }
            difference = "a value that is a bound of the range counts differently"
            return bound.number
        }
        let comparison =
            switch self {
            case .greater(let number): "> \(number)"
            case .greaterOrEqual(let number): ">= \(number)"
            case .less(let number): "< \(number)"
            case .lessOrEqual(let number): "<= \(number)"
            case .equal(let number): "= \(number)"
            case .notEqual(let number): "!= \(number)"
            case .inside(let low, let high):
                "between \(end(low, wantsIncluded: true, 1)) and \(end(high, wantsIncluded: true, -1))"
            case .outside(let low, let high):
                "not between \(end(low, wantsIncluded: false, 1)) and \(end(high, wantsIncluded: false, -1))"
            }
        return ("\(quantity.rawValue) \(comparison)", difference)
    }

    private static func from(_ bound: SodaBound) -> SodaCondition {
        bound.isIncluded ? .greaterOrEqual(bound.number) : .greater(bound.number)
    }

    private static func upTo(_ bound: SodaBound) -> SodaCondition {
        bound.isIncluded ? .lessOrEqual(bound.number) : .less(bound.number)
    }

    private static func double(_ text: String) -> Double { Double(text) ?? 0 }

    private static func shifted(_ number: String, by step: Int) -> String? {
        Int(number).map { String($0 + step) }
    }
}

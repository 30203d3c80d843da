import ExactJSON

extension SodaLevels {
    /// Reads the threshold of a contract: what must be, at which level, and perhaps more at the other level.
    init(contract threshold: JSONValue?, usual: SodaCondition?) throws(SodaRefusal) {
        self.init()
        let main = threshold ?? .object([])
        for (part, isMain) in [(main, true), (main["additional"] ?? .null, false)] {
            var condition = try Self.condition(of: part)
            if condition == nil, isMain { condition = usual }
            guard let condition else { continue }
            if part["level"]?.scalarText == "warn" {
                warn = condition.negated
            } else {
                fail = condition.negated
            }
        }
        if warn == nil, fail == nil { throw SodaRefusal("it has no threshold") }
    }

    /// What must be; `nil` where nothing is said.
    private static func condition(of threshold: JSONValue) throws(SodaRefusal) -> SodaCondition? {
        let comparisons = threshold.members.filter { $0.name.hasPrefix("must_") && $0.value != .null }
        guard comparisons.count < 2 else {
            throw SodaRefusal("its threshold has several comparisons, which Soda does not evaluate")
        }
        guard let comparison = comparisons.first else { return nil }
        let condition: SodaCondition?
        switch comparison.name {
        case "must_be_between": condition = range(comparison.value, isOuter: false)
        case "must_be_not_between": condition = range(comparison.value, isOuter: true)
        default:
            let number = comparison.value.scalarText.flatMap { SodaText.number($0) }
            condition = number.flatMap { single(comparison.name, $0) }
        }
        guard let condition else {
            throw SodaRefusal("its threshold \(comparison.name): \(comparison.value.compactText) is not understood")
        }
        return condition
    }

    private static func single(_ name: String, _ number: String) -> SodaCondition? {
        switch name {
        case "must_be": .equal(number)
        case "must_not_be": .notEqual(number)
        case "must_be_greater_than": .greater(number)
        case "must_be_greater_than_or_equal": .greaterOrEqual(number)
        case "must_be_less_than": .less(number)
        case "must_be_less_than_or_equal": .lessOrEqual(number)
        default: nil
        }
    }

    /// A range between two bounds, or all outside them; formerly a list of two, both being in the range.
    private static func range(_ value: JSONValue, isOuter: Bool) -> SodaCondition? {
        if case .array(let elements) = value {
            let numbers = elements.compactMap { $0.scalarText.flatMap { SodaText.number($0) } }
            guard numbers.count == 2, SodaText.areOrdered(numbers[0], numbers[1]) else { return nil }
            return isOuter
                ? .outside(
                    SodaBound(number: numbers[0], isIncluded: false), SodaBound(number: numbers[1], isIncluded: false))
                : .inside(
                    SodaBound(number: numbers[0], isIncluded: true), SodaBound(number: numbers[1], isIncluded: true))
        }
        let above = bound(value, "greater_than")
        let below = bound(value, "less_than")
        switch (above, below) {
        case (let above?, let below?):
            let (low, high) = isOuter ? (below, above) : (above, below)
            guard SodaText.areOrdered(low.number, high.number) else { return nil }
            return isOuter ? .outside(low, high) : .inside(low, high)
        case (let above?, nil): return above.isIncluded ? .greaterOrEqual(above.number) : .greater(above.number)
        case (nil, let below?): return below.isIncluded ? .lessOrEqual(below.number) : .less(below.number)
        case (nil, nil): return nil
        }
    }

    private static func bound(_ range: JSONValue, _ name: String) -> SodaBound? {
        for (key, isIncluded) in [(name, false), ("\(name)_or_equal", true)] {
            guard let number = range[key]?.scalarText.flatMap({ SodaText.number($0) }) else { continue }
            return SodaBound(number: number, isIncluded: isIncluded)
        }
        return nil
    }
}

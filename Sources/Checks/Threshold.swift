/// A condition on what a check measured; where it holds, the check is at that level.
///
/// Written `count > 0`, `percent >= 0.1`, `value not between 20 and 60`.
package struct Threshold: Sendable, Hashable, CustomStringConvertible {
    /// What is compared.
    package enum Quantity: String, Sendable, Hashable, CaseIterable {
        /// Failing rows.
        case count
        /// Failing rows in a hundred rows looked at, 0…100.
        case percent
        /// The number the check computes.
        case value
    }

    /// The comparison that puts a check at this level.
    package enum Condition: Sendable, Hashable {
        case greater(ExactDecimal)
        case greaterOrEqual(ExactDecimal)
        case less(ExactDecimal)
        case lessOrEqual(ExactDecimal)
        case equal(ExactDecimal)
        case notEqual(ExactDecimal)
        /// Both bounds belong to the range.
        case between(ExactDecimal, ExactDecimal)
        case notBetween(ExactDecimal, ExactDecimal)
    }

    package var quantity: Quantity
    package var condition: Condition

    package init(_ quantity: Quantity, _ condition: Condition) {
        self.quantity = quantity
        self.condition = condition
    }

    /// Any failing row at all.
    package static let anyFailingRow = Threshold(.count, .greater(.zero))

    package var description: String {
        let text =
            switch condition {
            case .greater(let bound): "> \(bound)"
            case .greaterOrEqual(let bound): ">= \(bound)"
            case .less(let bound): "< \(bound)"
            case .lessOrEqual(let bound): "<= \(bound)"
            case .equal(let bound): "= \(bound)"
            case .notEqual(let bound): "!= \(bound)"
            case .between(let low, let high): "between \(low) and \(high)"
            case .notBetween(let low, let high): "not between \(low) and \(high)"
            }
        return "\(quantity.rawValue) \(text)"
    }

    /// Whether `measured` meets the condition.
    func isMet(by measured: ExactDecimal) -> Bool {
        isMet { bound in measured < bound ? -1 : (bound < measured ? 1 : 0) }
    }

    /// Whether `failing` of `total` rows meet the condition, decided without division.
    ///
    /// - Parameters:
    ///   - failing: Failing rows.
    ///   - total: Rows looked at; 0 makes every share 0.
    /// - Returns: True if the condition holds.
    func isMet(byShareOf failing: Int, in total: Int) -> Bool {
        isMet { bound in
            // A query may return more rows than its dataset has: that is all of them, never none.
            let whole = max(total, failing)
            guard whole > 0 else { return ExactDecimal.zero < bound ? -1 : (bound < .zero ? 1 : 0) }
            let scaledBound = bound.hundredth.multiplied(by: whole)
            let measured = ExactDecimal(failing)
            return measured < scaledBound ? -1 : (scaledBound < measured ? 1 : 0)
        }
    }

    /// Decides by the sign of (measured − bound), which `order` gives.
    private func isMet(order: (ExactDecimal) -> Int) -> Bool {
        switch condition {
        case .greater(let bound): order(bound) > 0
        case .greaterOrEqual(let bound): order(bound) >= 0
        case .less(let bound): order(bound) < 0
        case .lessOrEqual(let bound): order(bound) <= 0
        case .equal(let bound): order(bound) == 0
        case .notEqual(let bound): order(bound) != 0
        case .between(let low, let high): order(low) >= 0 && order(high) <= 0
        case .notBetween(let low, let high): order(low) < 0 || order(high) > 0
        }
    }
}

/// Why a text is not a threshold.
package struct ThresholdSyntaxError: Error, Sendable, Hashable {
    package var message: String
}

extension Threshold {
    /// Reads a threshold as it is written in a check file.
    package init(parsing text: String) throws(ThresholdSyntaxError) {
        let padded = ["<=", ">=", "!=", "<>", "==", "<", ">", "="].first { text.contains($0) }
            .map { text.replacing($0, with: " \($0) ") }
        var words = (padded ?? text).lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first, let quantity = Quantity(rawValue: first) else {
            throw ThresholdSyntaxError(
                message: "a threshold starts with count, percent or value, not \"\(words.first ?? "")\"")
        }
        words.removeFirst()
        self.quantity = quantity
        let isNegated = words.first == "not"
        if isNegated { words.removeFirst() }
        if words.first == "between" {
            guard words.count == 4, words[2] == "and" else {
                throw ThresholdSyntaxError(message: "expected \"\(quantity.rawValue) between LOW and HIGH\"")
            }
            let (low, high) = (try Self.number(words[1], quantity), try Self.number(words[3], quantity))
            guard low <= high else {
                throw ThresholdSyntaxError(message: "the range between \(low) and \(high) is empty")
            }
            condition = isNegated ? .notBetween(low, high) : .between(low, high)
            return
        }
        guard !isNegated, words.count == 2 else {
            throw ThresholdSyntaxError(
                message: "expected \"\(quantity.rawValue)\", a comparison and a number, such as \"count > 0\"")
        }
        let bound = try Self.number(words[1], quantity)
        switch words[0] {
        case ">": condition = .greater(bound)
        case ">=": condition = .greaterOrEqual(bound)
        case "<": condition = .less(bound)
        case "<=": condition = .lessOrEqual(bound)
        case "=", "==": condition = .equal(bound)
        case "!=", "<>": condition = .notEqual(bound)
        default: throw ThresholdSyntaxError(message: "\"\(words[0])\" is not one of > >= < <= = !=")
        }
        if isImpossible { throw ThresholdSyntaxError(message: "\"\(self)\" can never hold") }
    }

    private static func number(_ text: String, _ quantity: Quantity) throws(ThresholdSyntaxError) -> ExactDecimal {
        let digits = text.hasSuffix("%") && quantity == .percent ? String(text.dropLast()) : text
        guard let number = ExactDecimal(digits) else {
            throw ThresholdSyntaxError(message: "\"\(text)\" is not a number")
        }
        // Beyond these a threshold would hold always or never, and the check would say nothing.
        if quantity != .value, number < .zero {
            throw ThresholdSyntaxError(message: "\(quantity.rawValue) is never below 0")
        }
        if quantity == .percent, ExactDecimal(100) < number {
            throw ThresholdSyntaxError(message: "percent is never above 100")
        }
        return number
    }

    /// Whether no measurement could ever meet the condition.
    private var isImpossible: Bool {
        switch (quantity, condition) {
        case (.count, .less(let bound)), (.percent, .less(let bound)): bound == .zero
        case (.percent, .greater(let bound)): bound == ExactDecimal(100)
        default: false
        }
    }
}

import StructuredSQL

/// `min`, `max` and `equals` of a number, as kinds that compute one take them.
package struct ValueBounds: Sendable, Hashable {
    package var min: ExactDecimal?
    package var max: ExactDecimal?

    /// The parameters of a kind that computes what `quantity` names.
    static func parameters(of quantity: String) -> [Parameter] {
        [
            Parameter("min", .number, "the lowest \(quantity) allowed"),
            Parameter("max", .number, "the highest \(quantity) allowed"),
            Parameter("equals", .number, "the only \(quantity) allowed"),
        ]
    }

    /// Reads the bounds; none at all leaves the judgement to `warn` and `fail`.
    package init(_ arguments: Arguments) throws(ArgumentError) {
        min = try Self.number("min", arguments)
        max = try Self.number("max", arguments)
        if let equals = try Self.number("equals", arguments) {
            guard min == nil, max == nil else {
                throw ArgumentError("equals", "\"equals\" stands alone, without min and max")
            }
            (min, max) = (equals, equals)
        }
        if let min, let max, max < min { throw ArgumentError("max", "the range from \(min) to \(max) is empty") }
    }

    private static func number(_ name: String, _ arguments: Arguments) throws(ArgumentError) -> ExactDecimal? {
        guard let text = arguments.text(name) else { return nil }
        guard let number = ExactDecimal(text) else { throw ArgumentError(name, "\"\(text)\" is not a number") }
        return number
    }

    /// The threshold that a number outside the bounds meets; `nil` without bounds.
    package var violated: Threshold? {
        switch (min, max) {
        case (let min?, let max?) where min == max: Threshold(.value, .notEqual(min))
        case (let min?, let max?): Threshold(.value, .notBetween(min, max))
        case (let min?, nil): Threshold(.value, .less(min))
        case (nil, let max?): Threshold(.value, .greater(max))
        case (nil, nil): nil
        }
    }
}

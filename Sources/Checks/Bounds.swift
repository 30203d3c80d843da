package import StructuredSQL

/// `min`, `max` and `equals` of a whole number, as several kinds take them.
package struct Bounds: Sendable, Hashable {
    package var min: Int?
    package var max: Int?

    /// Reads the bounds of the kind `kind`; at least one must be there.
    package init(_ arguments: Arguments, of kind: String) throws(ArgumentError) {
        min = arguments.count("min")
        max = arguments.count("max")
        if let equals = arguments.count("equals") {
            guard min == nil, max == nil else {
                throw ArgumentError("equals", "\"equals\" stands alone, without min and max")
            }
            (min, max) = (equals, equals)
        }
        guard min != nil || max != nil else {
            throw ArgumentError(nil, "\(kind) has no bound", hint: "Give min, max or equals.")
        }
        if let min, let max, min > max {
            throw ArgumentError("max", "the range from \(min) to \(max) is empty")
        }
    }

    /// Reads the bounds where there are any, of a kind that `warn` and `fail` can judge as well.
    package static func given(_ arguments: Arguments, of kind: String) throws(ArgumentError) -> Bounds? {
        let isGiven = ["min", "max", "equals"].contains { arguments.values[$0] != nil }
        return isGiven ? try Bounds(arguments, of: kind) : nil
    }

    /// The condition that `number` is within the bounds.
    package func condition(on number: SQL) -> SQL {
        switch (min, max) {
        case (let min?, let max?) where min == max: "\(number) = \(Self.value(min))"
        case (let min?, let max?): "\(number) BETWEEN \(Self.value(min)) AND \(Self.value(max))"
        case (let min?, nil): "\(number) >= \(Self.value(min))"
        case (nil, let max?): "\(number) <= \(Self.value(max))"
        case (nil, nil): "true"
        }
    }

    /// A value takes the type of what it is compared with, unless it is beyond that type.
    private static func value(_ bound: Int) -> SQL {
        bound > Int32.max ? "\(bind: bound)::pg_catalog.int8" : "\(bind: bound)"
    }

    /// The threshold that a number outside the bounds meets.
    package var violated: Threshold {
        switch (min, max) {
        case (let min?, let max?) where min == max: Threshold(.value, .notEqual(ExactDecimal(min)))
        case (let min?, let max?): Threshold(.value, .notBetween(ExactDecimal(min), ExactDecimal(max)))
        case (let min?, nil): Threshold(.value, .less(ExactDecimal(min)))
        case (nil, let max?): Threshold(.value, .greater(ExactDecimal(max)))
        case (nil, nil): .anyFailingRow
        }
    }
}

import ExactJSON

/// `min_value` and `max_value` of a test, each a piece of SQL.
struct DbtBounds: Sendable, Hashable {
    /// One bound, by what it is.
    enum Bound: Sendable, Hashable {
        case number(String)
        /// The text of an SQL literal.
        case literal(String)
        /// Any other SQL, such as another column.
        case expression(String)

        init(_ sql: String) {
            if let number = DbtText.number(sql) {
                self = .number(number)
            } else if let text = DbtText.literalText(sql) {
                self = .literal(text)
            } else {
                self = .expression(sql)
            }
        }

        /// Ready for SQL.
        var sql: String {
            switch self {
            case .number(let number): number
            case .literal(let text): DbtText.literal(text)
            case .expression(let sql): DbtText.columnName(sql) == nil ? "(\(sql))" : sql
            }
        }

        /// As a parameter; `nil` for an expression.
        var value: JSONValue? {
            switch self {
            case .number(let number): .number(number)
            case .literal(let text): .string(text)
            case .expression: nil
            }
        }

        /// The number, if it is one.
        var number: String? { if case .number(let number) = self { number } else { nil } }
    }

    var min: Bound?
    var max: Bound?
    /// Whether the bounds themselves are outside.
    var isStrict = false

    init(min: Bound?, max: Bound?, isStrict: Bool = false) {
        self.min = min
        self.max = max
        self.isStrict = isStrict
    }

    /// The bounds of a test of dbt_expectations.
    init(_ arguments: DbtArguments) throws(DbtObstacle) {
        min = try arguments.text("min_value").map { Bound($0) }
        max = try arguments.text("max_value").map { Bound($0) }
        isStrict = try arguments.flag("strictly", usually: false)
        try requireRange()
    }

    /// Refuses what has no bound, or bounds between which nothing lies.
    func requireRange() throws(DbtObstacle) {
        guard min != nil || max != nil else { throw DbtObstacle("it has neither min_value nor max_value") }
        guard let low = min?.number, let high = max?.number, let least = Double(low), let most = Double(high),
            least > most || isStrict && least == most
        else { return }
        throw DbtObstacle("nothing lies between \(low) and \(high)")
    }

    /// The condition that a number or a value is within the bounds.
    func condition(on expression: String) -> String {
        let (above, below) = isStrict ? (">", "<") : (">=", "<=")
        let parts = [min.map { "\(expression) \(above) \($0.sql)" }, max.map { "\(expression) \(below) \($0.sql)" }]
        return parts.compactMap(\.self).joined(separator: " AND ")
    }

    /// Parameters of `in_range`; `nil` where a bound is an expression.
    var rangeArguments: [JSONValue.Member]? {
        var members: [JSONValue.Member] = []
        for (bound, name) in [(min, isStrict ? "above" : "min"), (max, isStrict ? "below" : "max")] {
            guard let bound else { continue }
            guard let value = bound.value else { return nil }
            members.append(.init(name, value))
        }
        return members
    }

    /// How a number is judged by the bounds; `nil` where no threshold says it.
    func judgement(aggregate: String? = nil) -> DbtDraft.Judgement? {
        let (low, high) = (min?.number, max?.number)
        guard (min == nil) == (low == nil), (max == nil) == (high == nil) else { return nil }
        switch (low, high, isStrict) {
        case (let low?, let high?, false):
            return DbtDraft.Judgement(
                violated: "value not between \(low) and \(high)",
                bounds: [.init("min", .number(low)), .init("max", .number(high))], aggregate: aggregate)
        case (let low?, nil, false):
            return DbtDraft.Judgement(
                violated: "value < \(low)", bounds: [.init("min", .number(low))], aggregate: aggregate)
        case (nil, let high?, false):
            return DbtDraft.Judgement(
                violated: "value > \(high)", bounds: [.init("max", .number(high))], aggregate: aggregate)
        case (let low?, nil, true): return DbtDraft.Judgement(violated: "value <= \(low)")
        case (nil, let high?, true): return DbtDraft.Judgement(violated: "value >= \(high)")
        default: return nil
        }
    }

    /// The same bounds for a count, none of them strict; `nil` where one is no whole number.
    var ofCount: DbtBounds? {
        var bounds = self
        bounds.isStrict = false
        if let min {
            guard let low = min.number.flatMap({ Int($0) }) else { return nil }
            bounds.min = .number(String(Swift.max(0, isStrict ? low + 1 : low)))
        }
        if let max {
            guard let high = max.number.flatMap({ Int($0) }), high >= (isStrict ? 1 : 0) else { return nil }
            bounds.max = .number(String(isStrict ? high - 1 : high))
        }
        if let low = bounds.min?.number.flatMap({ Int($0) }), let high = bounds.max?.number.flatMap({ Int($0) }) {
            guard low <= high else { return nil }
        }
        return bounds
    }
}

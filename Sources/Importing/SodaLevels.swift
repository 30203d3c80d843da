import ExactJSON

/// When a check of Soda warns and when it fails.
struct SodaLevels: Sendable, Hashable {
    var warn: SodaCondition?
    var fail: SodaCondition?

    init(warn: SodaCondition? = nil, fail: SodaCondition? = nil) {
        self.warn = warn
        self.fail = fail
    }

    /// Any failing row at all fails.
    static let anyRow = SodaLevels(fail: .greater("0"))

    /// Reads a threshold of SodaCL, which says when a check passes, or `warn: when …` and `fail: when …` below it.
    init(
        sodaCL threshold: String, _ configuration: JSONValue, reading: (String) -> String? = SodaText.measure
    ) throws(SodaRefusal) {
        guard threshold.isEmpty else {
            guard let passing = SodaCondition(parsing: threshold, reading: reading) else {
                throw SodaRefusal("its threshold \"\(threshold)\" is not understood")
            }
            self.init(fail: passing.negated)
            return
        }
        self.init(
            warn: try Self.level("warn", configuration, reading),
            fail: try Self.level("fail", configuration, reading))
        if warn == nil, fail == nil { throw SodaRefusal("it has no threshold") }
    }

    private static func level(
        _ name: String, _ configuration: JSONValue, _ reading: (String) -> String?
    ) throws(SodaRefusal) -> SodaCondition? {
        guard let value = configuration[name], value != .null else { return nil }
        guard let text = value.scalarText.map({ SodaText.trimmed($0) }),
            let condition = SodaText.rest(of: text, after: "when"),
            let level = SodaCondition(parsing: condition, reading: reading)
        else {
            throw SodaRefusal("its \(name) \"\(value.scalarText ?? value.compactText)\" is not understood")
        }
        return level
    }

    /// The levels without what no count and no percentage can be.
    func limited(to quantity: SodaQuantity) throws(SodaRefusal) -> SodaLevels {
        let levels = SodaLevels(warn: warn?.limited(to: quantity), fail: fail?.limited(to: quantity))
        guard levels.warn != nil || levels.fail != nil else {
            throw SodaRefusal("its threshold is one that no \(quantity.rawValue) can cross, so it never fails")
        }
        return levels
    }

    /// The levels on a multiple of the number.
    func scaled(by factor: Int) -> SodaLevels {
        SodaLevels(warn: warn?.scaled(by: factor), fail: fail?.scaled(by: factor))
    }

    /// Whether there is one level, and one failing row is enough for it: then it does not matter how rows are counted.
    func isAllOrNothing(on quantity: SodaQuantity) -> Bool {
        switch (warn, fail) {
        case (nil, let only?), (let only?, nil): only.isAnyRow(on: quantity)
        default: false
        }
    }

    /// The options `warn` and `fail`; none where one failing row fails, which is the default of what counts rows.
    func options(
        on quantity: SodaQuantity, isWhole: Bool, differences: inout [String]
    ) throws(SodaRefusal) -> [JSONValue.Member] {
        let levels = try limited(to: quantity)
        if levels.warn == nil, let fail = levels.fail, fail.isAnyRow(on: quantity) { return [] }
        var options: [JSONValue.Member] = []
        for (name, level) in [("warn", levels.warn), ("fail", levels.fail)] {
            guard var level else { continue }
            if level.isAnyRow(on: quantity) { level = .greater("0") }
            let (text, difference) = level.threshold(on: quantity, isWhole: isWhole)
            if let difference, !differences.contains(difference) { differences.append(difference) }
            options.append(JSONValue.Member(name, .string(text)))
        }
        return options
    }
}

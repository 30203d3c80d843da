import ExactJSON

/// `min_value` and `max_value` of an expectation, with `strict_min` and `strict_max`.
struct GxBounds {
    /// A bound, and whether it does not belong to the range itself.
    struct Bound {
        var value: JSONValue
        var isStrict: Bool

        var text: String { value.scalarText ?? "" }
    }

    private(set) var low: Bound?
    private(set) var high: Bound?

    /// Why an expectation is not there that has none.
    static let missing = "it has no bounds, or none that anything could keep to"

    /// Reads the bounds; `nil` without any, where one is no scalar, and where nothing lies between them.
    init?(_ expectation: GxExpectation) {
        let bounds = [("min_value", "strict_min"), ("max_value", "strict_max")].map { name, strict in
            expectation[name].map { Bound(value: $0, isStrict: expectation.flag(strict)) }
        }
        guard bounds.contains(where: { $0 != nil }), bounds.allSatisfy({ $0 == nil || $0?.value.scalarText != nil })
        else { return nil }
        (low, high) = (bounds[0], bounds[1])
        guard let low, let high, let least = DecimalText(low.text), let most = DecimalText(high.text) else { return }
        if most < least || (least == most && (low.isStrict || high.isStrict)) { return nil }
    }

    private var all: [Bound] { [low, high].compactMap(\.self) }

    /// Whether the bounds are numbers, written as such.
    var areNumbers: Bool { all.allSatisfy { DecimalText($0.text) != nil } }

    /// The bounds as `in_range` takes them.
    var range: JSONValue {
        var members: [JSONValue.Member] = []
        if let low { members.append(.init(low.isStrict ? "above" : "min", low.value)) }
        if let high { members.append(.init(high.isStrict ? "below" : "max", high.value)) }
        return .object(members)
    }

    /// The bounds of a whole number, which has a next one; `nil` if one has a fraction.
    var wholes: JSONValue? {
        var (least, most): (Int?, Int?) = (nil, nil)
        if let low {
            guard let number = DecimalText(low.text)?.whole else { return nil }
            least = max(0, low.isStrict ? number + 1 : number)
        }
        if let high {
            guard let number = DecimalText(high.text)?.whole else { return nil }
            most = high.isStrict ? number - 1 : number
        }
        if let most, most < least ?? 0 { return nil }
        let members = [("min", least), ("max", most)].compactMap { name, number in
            number.map { JSONValue.Member(name, .number(String($0))) }
        }
        return .object(members)
    }

    /// Multiplied by a hundred, where a share of 1 is asked for and percent are given; `nil` unless they are numbers.
    var percentages: GxBounds? {
        guard areNumbers else { return nil }
        func percentage(_ bound: Bound?) -> Bound? {
            guard let bound, let share = DecimalText(bound.text) else { return nil }
            return Bound(value: .number(share.percentage.description), isStrict: bound.isStrict)
        }
        var bounds = self
        (bounds.low, bounds.high) = (percentage(low), percentage(high))
        return bounds
    }

    /// Checks of a number that is computed from rows, one for each bound if one of two is strict.
    func checks(of expectation: GxExpectation, _ kind: String, column: String, id: String) -> [ImportedCheck] {
        func made(_ arguments: [JSONValue.Member], fail: String?, id: String?) -> ImportedCheck {
            expectation.value(kind, column: column, .object(arguments), fail: fail, id: id)
        }
        func check(low: Bound?, high: Bound?, id: String?) -> ImportedCheck {
            if let low, low.isStrict { return made([], fail: "value <= \(low.text)", id: id) }
            if let high, high.isStrict { return made([], fail: "value >= \(high.text)", id: id) }
            var members: [JSONValue.Member] = []
            if let low { members.append(.init("min", low.value)) }
            if let high { members.append(.init("max", high.value)) }
            return made(members, fail: nil, id: id)
        }
        guard let low, let high, low.isStrict || high.isStrict else { return [check(low: low, high: high, id: nil)] }
        return [check(low: low, high: nil, id: nil), check(low: nil, high: high, id: "\(id).max")]
    }
}

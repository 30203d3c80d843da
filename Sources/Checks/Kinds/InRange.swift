import Catalog
import StructuredSQL

/// `in_range`: every value lies between bounds.
package struct InRange: CheckKind {
    package static let definition = KindDefinition(
        "in_range", "Every value lies between bounds",
        scope: .column,
        parameters: [
            Parameter("min", .value, "the lowest value allowed"),
            Parameter("max", .value, "the highest value allowed"),
            Parameter("above", .value, "values must be greater than this"),
            Parameter("below", .value, "values must be less than this"),
        ],
        shorthand: ["min", "max"],
        semantics: "NULL passes unless nulls: fail. NaN is in no range. Infinity is compared like any number.",
        otherNames: [
            "accepted_range", "expect_column_values_to_be_between", "valid_min", "valid_max", "between", "range",
        ],
        example: KindExample(
            "{in_range: {column: amount, min: 0, max: 1000}}", gives: "fail: 2 of 8")
    )

    private let bounds: [(comparison: SQL, value: String)]
    private let hasNumberAbove: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let known: [(name: String, comparison: SQL)] = [("min", ">="), ("above", ">"), ("max", "<="), ("below", "<")]
        for (one, other) in [("min", "above"), ("max", "below")]
        where arguments.text(one) != nil && arguments.text(other) != nil {
            throw ArgumentError(other, "\"\(one)\" and \"\(other)\" are two bounds for the same end")
        }
        bounds = known.compactMap { bound in arguments.text(bound.name).map { (bound.comparison, $0) } }
        hasNumberAbove = ["max", "below"].contains { arguments.text($0).flatMap { ExactDecimal($0) } != nil }
        guard !bounds.isEmpty else {
            throw ArgumentError(nil, "in_range has no bound", hint: "Give min, max, above or below.")
        }
        for low in ["min", "above"] {
            for high in ["max", "below"] {
                guard let lowText = arguments.text(low), let highText = arguments.text(high),
                    let lowNumber = ExactDecimal(lowText), let highNumber = ExactDecimal(highText)
                else { continue }
                guard lowNumber > highNumber || (lowNumber == highNumber && (low == "above" || high == "below"))
                else { continue }
                throw ArgumentError(high, "no value is both \(low) \(lowText) and \(high) \(highText)")
            }
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        var conditions: [SQL] = bounds.map { "\(identifier: column.name) \($0.comparison) \(bind: $0.value)" }
        // NaN is greater than every number, so an upper bound that is a number keeps it out.
        if column.type.hasNaN, !hasNumberAbove {
            conditions.append("\(identifier: column.name) <> 'NaN'")
        }
        return subject.violations(
            unless: conditions.joined(separator: " AND "), on: column,
            .comparison(of: column))
    }
}

import Catalog
import StructuredSQL

/// `max_scale`: no number has more decimals than it may.
package struct MaxScale: CheckKind {
    package static let definition = KindDefinition(
        "max_scale", "No number has more digits after the point than allowed",
        scope: .column,
        parameters: [Parameter("digits", .count, isRequired: true, "the most digits after the point")],
        shorthand: ["digits"],
        semantics: "NULL passes unless nulls: fail. Zeros at the end do not count. NaN and infinity fail.",
        otherNames: ["scale_max", "decimal_places", "max_decimals"],
        example: KindExample(
            "{max_scale: {column: total, digits: 1}}", gives: "fail: 1 of 8")
    )

    private let digits: Int

    package init(_ arguments: Arguments) throws(ArgumentError) {
        digits = try arguments.required("digits", arguments.count("digits"))
        guard digits <= 16_383 else {
            throw ArgumentError("digits", "numeric has at most 16383 digits after the point")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        let number = subject.exactNumber(column)
        return subject.violations(
            unless: "\(number) = pg_catalog.trunc(\(number), \(bind: digits)) AND \(number) % 1 <> 'NaN'", on: column,
            .numericComparison)
    }
}

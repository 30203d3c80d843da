import Catalog
import StructuredSQL

/// `is_integer`: every number is whole.
package struct IsInteger: CheckKind {
    package static let definition = KindDefinition(
        "is_integer", "Every number is whole",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. 5.00 passes; NaN and infinity fail.",
        otherNames: ["integer_in_range_percent", "whole_number", "is_whole"],
        example: KindExample(
            "{is_integer: amount}", gives: "fail: 3 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.numberColumn()
        return subject.violations(unless: "\(subject.exactNumber(column)) % 1 = 0", on: column, .numericComparison)
    }
}

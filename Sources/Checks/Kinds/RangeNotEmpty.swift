import Catalog
import StructuredSQL

/// `range_not_empty`: no range is empty.
package struct RangeNotEmpty: CheckKind {
    package static let definition = KindDefinition(
        "range_not_empty", "No range, or multirange, is empty",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. [1,1) is empty, [1,1] is not.",
        dimension: .volume,
        otherNames: ["not_empty_range"],
        example: KindExample("{range_not_empty: during}", on: "shop.prices", gives: "fail: 1 of 7")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.rangeColumn()
        return subject.violations(unless: "NOT isempty(\(identifier: column.name))", on: column)
    }
}

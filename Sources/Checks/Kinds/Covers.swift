import Catalog
import StructuredSQL

/// `covers`: every range contains a given one.
package struct Covers: CheckKind {
    package static let definition = KindDefinition(
        "covers", "Every range, or multirange, contains a given one",
        scope: .column,
        parameters: [
            Parameter(
                "range", .text, isRequired: true, "the range in the column's type, such as '[2026-01-01,2026-02-01)'")
        ],
        shorthand: ["range"],
        semantics: "NULL passes unless nulls: fail. An empty range contains nothing but the empty one.",
        otherNames: ["multirange_covers", "range_contains"],
        example: KindExample(
            "{covers: {column: during, range: '[2026-01-05,2026-01-10)'}}", on: "shop.prices", gives: "fail: 4 of 7")
    )

    private let range: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        range = try arguments.required("range", arguments.text("range"))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.rangeColumn()
        let isMultirange = column.type.baseName.hasSuffix("multirange")
        let text = isMultirange && !range.hasPrefix("{") ? "{\(range)}" : range
        return subject.violations(
            unless: "\(identifier: column.name) @> \(bind: text)::\(column.type.sql)", on: column)
    }
}

import Catalog
import StructuredSQL

/// `length`: every value is as long as it should be.
package struct Length: CheckKind {
    package static let definition = KindDefinition(
        "length", "Every value has a length between bounds: characters of text, bytes of bytea, elements of an array",
        scope: .column,
        parameters: [
            Parameter("min", .count, "the shortest length allowed"),
            Parameter("max", .count, "the longest length allowed"),
            Parameter("equals", .count, "the only length allowed"),
        ],
        shorthand: ["equals"],
        semantics: "NULL passes unless nulls: fail. Empty text has length 0. char(n) counts without its padding.",
        otherNames: [
            "expect_column_value_lengths_to_be_between", "valid_length", "string_length_between", "max_length",
        ]
    )

    private let bounds: Bounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try Bounds(arguments, of: "length")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let length: SQL
        switch column.type.category {
        case .string: length = "pg_catalog.char_length(\(identifier: column.name)::pg_catalog.text)"
        case .array: length = "pg_catalog.cardinality(\(identifier: column.name))"
        case _ where column.type.baseName == "bytea": length = "pg_catalog.octet_length(\(identifier: column.name))"
        default:
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), which has no length")
        }
        return .rows(violation: subject.violation(unless: bounds.condition(on: length)), placement: .shared)
    }
}

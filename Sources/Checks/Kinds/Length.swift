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
            "expect_column_value_lengths_to_be_between", "valid_length", "string_length_between",
        ],
        example: KindExample(
            "{length: {column: note, min: 2, max: 12}}", gives: "fail: 3 of 8")
    )

    private let bounds: Bounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        bounds = try Bounds(arguments, of: "length")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let length = try subject.length(of: column)
        let isText = column.type.category == .string && column.type.baseName != "bpchar"
        let screen = isText ? Self.screen(on: column, for: bounds) : nil
        return subject.violations(
            unless: bounds.condition(on: length), on: column,
            column.type.category == .string ? .characterCount : .comparison, screen: screen)
    }

    /// The number of bytes is known without looking at them, and a character has one to four in every server encoding.
    private static func screen(on column: Column, for bounds: Bounds) -> SQL? {
        let bytes: SQL = "pg_catalog.octet_length(\(identifier: column.name)::pg_catalog.text)"
        // Beyond what any text is long, there is nothing to gain, and the server's integers end.
        guard max(bounds.min ?? 0, bounds.max ?? 0) <= 500_000_000 else { return nil }
        let (fewest, most) = (bounds.min.map { $0 * 4 }, bounds.max)
        switch (fewest, most) {
        case (let fewest?, let most?):
            return fewest <= most ? "\(bytes) BETWEEN \(bind: fewest) AND \(bind: most)" : nil
        case (let fewest?, nil): return "\(bytes) >= \(bind: fewest)"
        case (nil, let most?): return "\(bytes) <= \(bind: most)"
        case (nil, nil): return nil
        }
    }
}

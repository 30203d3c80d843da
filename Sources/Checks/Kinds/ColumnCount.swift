package import Catalog

/// `column_count`: the relation has as many columns as it should.
package struct ColumnCount: CheckKind {
    package static let definition = KindDefinition(
        "column_count", "The number of columns lies between bounds, or is another relation's",
        scope: .dataset,
        source: .catalog,
        parameters: [
            Parameter("min", .count, "the fewest columns allowed"),
            Parameter("max", .count, "the most columns allowed"),
            Parameter("equals", .count, "the only number of columns allowed"),
            Parameter("same_as", .relation, "another relation that has as many"),
        ],
        shorthand: ["equals"],
        quantities: [.count],
        semantics: "Read from the catalog; looks at no row.",
        dimension: .variety,
        noun: "relations",
        otherNames: [
            "expect_table_column_count_to_equal", "expect_table_column_count_to_be_between", "hasColumnCount",
            "expect_table_column_count_to_equal_other_table", "tableColumnCountToEqual", "column_count_match",
        ],
        example: KindExample("{column_count: {min: 12}}", gives: "pass: 0 of 1")
    )

    private let bounds: Bounds?
    private let other: OtherTable?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        other = arguments.text("same_as") == nil ? nil : try OtherTable(arguments, parameter: "same_as")
        bounds = other == nil ? try Bounds(arguments, of: "column_count") : nil
        guard other == nil || !["min", "max", "equals"].contains(where: { arguments.count($0) != nil }) else {
            throw ArgumentError("same_as", "\"same_as\" stands alone, without min, max and equals")
        }
    }

    package var otherRelations: [RelationName] { other?.candidates ?? [] }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let count = subject.relation.columns.count
        var reason = "\(subject.relation.name) has \(count) columns"
        let fits: Bool
        if let other {
            let relation = try other.relation(for: subject)
            fits = relation.columns.count == count
            reason += ", \(relation.name) \(relation.columns.count)"
        } else {
            fits = count >= bounds?.min ?? 0 && count <= bounds?.max ?? .max
        }
        return .settled(failing: fits ? 0 : 1, total: 1, reason: reason)
    }
}

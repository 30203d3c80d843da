import Catalog

/// `column_set`: the relation has the columns it should, and no other.
package struct ColumnSet: CheckKind {
    package static let definition = KindDefinition(
        "column_set", "The relation has exactly these columns, or these among others",
        scope: .dataset,
        source: .catalog,
        parameters: [
            Parameter("columns", .columns, isRequired: true, "the columns that must be there"),
            Parameter("optional", .columns, "columns that may be there"),
            Parameter("allow_extra", .boolean, "any other column may be there, too"),
            Parameter("ordered", .boolean, "those that are there stand in the order of the list"),
        ],
        shorthand: ["columns"],
        quantities: [.count],
        semantics: """
            Read from the catalog; looks at no row. Each column that is missing, that should not be there or that stands in \
            the wrong place fails. Case counts.
            """,
        dimension: .variety,
        noun: "columns",
        otherNames: [
            "expect_table_columns_to_match_set", "expect_table_columns_to_contain_set",
            "expect_table_columns_to_match_ordered_list", "tableColumnToMatchSet", "allow_extra_columns",
            "allow_other_column_order", "columns_ordered", "columns_equal_set",
        ],
        example: KindExample(
            "{column_set: {columns: [sku, price, valid_from, valid_to], optional: currency, ordered: true}}",
            on: "shop.prices", gives: "fail: 1 of 5")
    )

    private let columns: [String]
    private let optional: [String]
    private let allowsExtra: Bool
    private let isOrdered: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        columns = try arguments.required("columns", arguments.list("columns"))
        optional = arguments.list("optional") ?? []
        allowsExtra = arguments.flag("allow_extra")
        isOrdered = arguments.flag("ordered")
        if let twice = columns.first(where: { name in (columns + optional).count { $0 == name } > 1 }) {
            throw ArgumentError("columns", "\"\(twice)\" is named twice")
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let present = subject.relation.columns.map(\.name)
        let missing = columns.filter { !present.contains($0) }
        let extra = allowsExtra ? [] : present.filter { !columns.contains($0) && !optional.contains($0) }
        let kept = present.filter(columns.contains)
        let misplaced = isOrdered ? zip(kept, columns.filter(present.contains)).filter { $0 != $1 }.map(\.0) : []
        let problems = [
            missing.isEmpty ? nil : "has no column \(missing.quotedList)",
            extra.isEmpty ? nil : "also has \(extra.quotedList)",
            misplaced.isEmpty ? nil : "has \(misplaced.quotedList) in another order",
        ].compactMap(\.self)
        return .settled(
            failing: missing.count + extra.count + misplaced.count, total: max(present.count, columns.count),
            reason: problems.isEmpty
                ? "all \(columns.count) columns are as they should be"
                : "\(subject.relation.name) \(problems.joined(separator: " and "))")
    }
}

import Catalog

/// `column_exists`: the relation has these columns.
package struct ColumnExists: CheckKind {
    package static let definition = KindDefinition(
        "column_exists", "The relation has these columns",
        scope: .columnNames,
        source: .catalog,
        quantities: [.count],
        semantics: "Read from the catalog; looks at no row. Names are compared exactly, case included.",
        dimension: .variety,
        noun: "columns",
        otherNames: ["expect_column_to_exist", "required_columns", "ColumnExists", "schema"],
        example: KindExample(
            "{column_exists: [order_id, price]}", gives: "fail: 1 of 2")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let missing = subject.columnNames.filter { subject.relation.column(named: $0) == nil }
        return .settled(
            failing: missing.count,
            total: subject.columnNames.count,
            reason: missing.isEmpty
                ? "the catalog has all of them"
                : "\(subject.relation.name) has no column \(missing.quotedList)"
        )
    }
}

import Catalog

/// `column_absent`: the relation does not have these columns.
package struct ColumnAbsent: CheckKind {
    package static let definition = KindDefinition(
        "column_absent", "The relation has none of these columns",
        scope: .columnNames,
        source: .catalog,
        quantities: [.count],
        semantics: "Read from the catalog; looks at no row. Each column that is there fails. Case counts.",
        dimension: .variety,
        noun: "columns",
        otherNames: ["forbidden_column", "when_forbidden_column_present", "columns_not_contain_set"],
        example: KindExample("{column_absent: [card_number, gift]}", gives: "fail: 1 of 2")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let present = subject.columns.map(\.name)
        return .settled(
            failing: present.count, total: subject.columnNames.count,
            reason: present.isEmpty
                ? "none of \(subject.columnNames.count) columns is there"
                : "\(subject.relation.name) has column \(present.quotedList)")
    }
}

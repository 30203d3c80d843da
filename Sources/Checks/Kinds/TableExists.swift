import Catalog

/// `table_exists`: the dataset is there.
package struct TableExists: CheckKind {
    package static let definition = KindDefinition(
        "table_exists", "The relation exists",
        scope: .dataset,
        source: .catalog,
        parameters: [
            Parameter(
                "as", .choice(["table", "view", "materialized view", "foreign table"]),
                "what it must be; anything if not given")
        ],
        shorthand: ["as"],
        quantities: [.count],
        semantics: """
            Read from the catalog; looks at no row. A relation that is not there fails here, and is an error in every other \
            check. A partitioned table is a table.
            """,
        dimension: .variety,
        noun: "relations",
        otherNames: ["table_availability", "available", "has_table", "has_view", "has_materialized_view"],
        example: KindExample("{table_exists: table}", gives: "pass: 0 of 1")
    )

    private let wanted: String?

    package init(_ arguments: Arguments) {
        wanted = arguments.text("as")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let kind = subject.relation.kind.label
        let fits = wanted == nil || wanted == kind || (wanted == "table" && subject.relation.kind == .partitionedTable)
        return .settled(
            failing: fits ? 0 : 1, total: 1,
            reason: "\(subject.relation.name) is a \(kind)" + (fits ? "" : ", not a \(wanted ?? "")"))
    }
}

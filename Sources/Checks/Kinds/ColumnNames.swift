import StructuredSQL

/// `column_names`: the names of the columns follow a pattern.
package struct ColumnNames: CheckKind {
    package static let definition = KindDefinition(
        "column_names", "Every column's name matches a regular expression",
        scope: .dataset,
        source: .objects,
        parameters: [Parameter("regex", .text, isRequired: true, "the regular expression (PostgreSQL's)")],
        shorthand: ["regex"],
        semantics: "Looks at no row. Each column whose name does not match fails and is shown.",
        dimension: .variety,
        noun: "columns",
        otherNames: ["ColumnNamesMatchPattern"],
        example: KindExample("{column_names: {regex: '^[a-z]+_(id|at)$'}}", gives: "fail: 9 of 13")
    )

    private let regex: String

    package init(_ arguments: Arguments) throws(ArgumentError) {
        regex = try arguments.required("regex", arguments.text("regex"))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let columns: SQL = """
            SELECT attname AS "column" FROM pg_catalog.pg_attribute
            WHERE attrelid = \(subject.regclass) AND attnum > 0 AND NOT attisdropped
            """
        return .query(failing: "\(columns) AND attname !~ \(bind: regex) ORDER BY attnum", of: columns)
    }
}

import Catalog
import StructuredSQL

/// `not_empty`: a value is more than nothing.
package struct NotEmpty: CheckKind {
    package static let definition = KindDefinition(
        "not_empty", "No value is empty: no empty text, array, object or bytes",
        scope: .column,
        parameters: [Parameter("trim", .boolean, "text of white space only is empty too")],
        semantics: "NULL passes unless nulls: fail. JSON null, \"\", [] and {} are empty.",
        dimension: .volume,
        otherNames: ["not_empty_string", "empty_text_found"],
        example: KindExample(
            "{not_empty: {column: note, trim: true}}", gives: "fail: 1 of 8")
    )

    private let trimsWhitespace: Bool

    package init(_ arguments: Arguments) {
        trimsWhitespace = arguments.flag("trim")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let name: SQL = "\(identifier: column.name)"
        let rule: SQL
        switch column.type.category {
        case .string where trimsWhitespace: rule = "\(name)::pg_catalog.text ~ '[^[:space:]]'"
        case .string: rule = "\(name)::pg_catalog.text <> ''"
        case .array: rule = "pg_catalog.cardinality(\(name)) > 0"
        case _ where column.type.isJSON:
            // Through jsonb, which writes the same value always the same.
            rule =
                "\(name)::pg_catalog.jsonb::pg_catalog.text <> ALL (\(bind: SQLArray.text(["null", "\"\"", "[]", "{}"])))"
        case _ where column.type.baseName == "bytea": rule = "pg_catalog.octet_length(\(name)) > 0"
        default:
            throw SubjectError(
                "column \"\(column.name)\" is \(column.type.formatted), whose values are never empty",
                hint: "Use not_null."
            )
        }
        return subject.violations(unless: rule, on: column, trimsWhitespace ? .regularExpression : .comparison)
    }
}

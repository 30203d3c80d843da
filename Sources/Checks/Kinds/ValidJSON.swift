import Catalog
import StructuredSQL

/// `valid_json`: every text is JSON.
package struct ValidJSON: CheckKind {
    package static let definition = KindDefinition(
        "valid_json", "Every text is a JSON document",
        scope: .column,
        semantics: """
            NULL passes unless nulls: fail; empty text fails. By RFC 8259, without a function that could raise an error: \
            costs a few regular expressions per level of nesting.
            """,
        otherNames: ["json_valid", "expect_column_values_to_be_json_parseable", "valid_json_format"],
        example: KindExample("{valid_json: {column: payload}}", on: "shop.events", gives: "fail: 1 of 2")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let text = subject.text(of: column)
        if column.type.isJSON { return subject.violations(unless: "\(text) IS NOT NULL OR NULL", on: column) }
        guard column.type.category == .string else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not text")
        }
        return subject.violations(unless: JSONGrammar.rule(on: text), on: column, .regularExpression)
    }
}

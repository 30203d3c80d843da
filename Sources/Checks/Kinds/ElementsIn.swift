import Catalog
import StructuredSQL

/// `elements_in`: every element of an array is one of a list.
package struct ElementsIn: CheckKind {
    package static let definition = KindDefinition(
        "elements_in", "Every element of every array is one of a list",
        scope: .column,
        parameters: [Parameter("values", .values, isRequired: true, "the values, read in the elements' type")],
        shorthand: ["values"],
        semantics: "NULL passes unless nulls: fail, an empty array passes, an element that is NULL fails.",
        otherNames: ["array_elements_in_set"],
        example: KindExample("{elements_in: {column: tags, values: [new, gift]}}", gives: "fail: 1 of 8")
    )

    private let values: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = try arguments.required("values", arguments.list("values"))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        guard column.type.category == .array else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not an array")
        }
        let list: SQL = "\(bind: SQLArray.text(values))::\(subject.listed(column).type)"
        return subject.violations(unless: "\(identifier: column.name) <@ \(list)", on: column)
    }
}

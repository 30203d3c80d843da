import Catalog
import StructuredSQL

/// `all_labels_used`: every label of an enum occurs.
package struct AllLabelsUsed: CheckKind {
    package static let definition = KindDefinition(
        "all_labels_used", "Every label of the column's enum type occurs",
        scope: .column,
        semantics: "Every label that does not occur fails and is shown as a row; the total is the number of labels.",
        hasFixedNulls: true,
        onEmpty: .fail,
        dimension: .variety,
        judgesSingleRows: false,
        noun: "labels",
        otherNames: ["enum_covers_all_values"],
        example: KindExample("{all_labels_used: stage}", on: "shop.events", gives: "fail: 1 of 3")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        guard !column.type.enumLabels.isEmpty else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), not an enum")
        }
        let wanted = subject.wanted(column.type.enumLabels, in: column)
        return .query(
            failing:
                "\(wanted) EXCEPT SELECT \(subject.groupPrefix)\(subject.listed(column).value) FROM \(subject.rows)",
            of: wanted)
    }
}

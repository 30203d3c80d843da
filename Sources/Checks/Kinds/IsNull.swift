import Catalog
import StructuredSQL

/// `is_null`: the column has no value in any row.
package struct IsNull: CheckKind {
    package static let definition = KindDefinition(
        "is_null", "No row has a value in the column",
        scope: .column,
        semantics: "NULL passes. Empty text and NaN are values and fail.",
        hasFixedNulls: true,
        dimension: .volume,
        otherNames: ["expect_column_values_to_be_null", "col_vals_null"],
        example: KindExample(
            "{is_null: note, where: status = 'paid'}", gives: "fail: 3 of 4")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let name = try subject.column().name
        return .rows(Violation("\(identifier: name) IS NOT NULL", judgedBy: name, effort: .nullTest), .shareable)
    }
}

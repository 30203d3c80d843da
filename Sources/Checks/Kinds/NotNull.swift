import Catalog
import StructuredSQL

/// `not_null`: the column has a value in every row.
package struct NotNull: CheckKind {
    package static let definition = KindDefinition(
        "not_null", "Every row has a value in the column",
        scope: .column,
        nulls: .fail,
        semantics: "NULL fails. Empty text and NaN are values and pass.",
        hasFixedNulls: true,
        dimension: .volume,
        otherNames: ["expect_column_values_to_not_be_null", "missing_count", "missing", "isComplete", "required"],
        example: KindExample(
            "{not_null: customer_id}", gives: "fail: 1 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let name = try subject.column().name
        return .rows(Violation("\(identifier: name) IS NULL", judgedBy: name, effort: .nullTest), .shareable)
    }

    package func proof(on subject: Subject) -> String? {
        guard let column = subject.columns.first else { return nil }
        return subject.relation.constraint(forbiddingNullsIn: column.name)?.name
    }
}

package import Catalog
import StructuredSQL

/// `absent_from`: no key exists in another relation.
package struct AbsentFrom: CheckKind {
    package static let definition = KindDefinition(
        "absent_from", "No key exists in another relation",
        scope: .columns,
        parameters: [
            Parameter("to", .relation, isRequired: true, "the other relation, or relation.column"),
            Parameter("to_columns", .columns, "its columns in the same order; by default of the same names"),
            Parameter("to_where", .expression, "only rows of the other relation for which this holds count"),
        ],
        shorthand: ["to"],
        semantics: "A row with a NULL in its key is in no relation, and passes.",
        hasFixedNulls: true,
        otherNames: ["must_not_exist_in", "values_not_exist_in", "col_vals_not_in_table"],
        example: KindExample(
            "{absent_from: {columns: customer_id, to: shop.customers, to_where: country = 'US'}}", gives: "fail: 2 of 8"
        )
    )

    private let other: OtherTable
    private let filter: SQL?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        other = try OtherTable(arguments, columns: "to_columns")
        filter = arguments.expression("to_where")?.sql
    }

    package var otherRelations: [RelationName] { other.candidates }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let (relation, columns) = try other.columns(for: subject)
        let names: SQL = columns.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        var others: SQL = "SELECT \(names) FROM \(relation.name.sql)"
        if let filter { others += " WHERE (\(filter))" }
        return .rows(Violation("(\(subject.columnList)) IN (\(others))", judgedBy: nil), .joining)
    }
}

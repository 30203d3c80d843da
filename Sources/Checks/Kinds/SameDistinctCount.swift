package import Catalog
import StructuredSQL

/// `same_distinct_count`: a column has as many different values as one of another relation.
package struct SameDistinctCount: CheckKind {
    package static let definition = KindDefinition(
        "same_distinct_count", "The number of different values is the one of another relation's columns",
        scope: .columns,
        parameters: [
            Parameter("to", .relation, isRequired: true, "the other relation, or relation.column"),
            Parameter("to_columns", .columns, "its columns in the same order; by default of the same names"),
        ],
        shorthand: ["to"],
        quantities: [.value],
        semantics:
            "The value is the own number less the other. Rows with a NULL in the columns are left out on both sides.",
        dimension: .volume,
        allowsGroups: false,
        otherNames: [
            "cardinality_equality", "expect_column_distinct_count_to_equal_other_table", "distinct_count_equals_table",
        ],
        example: KindExample("{same_distinct_count: {columns: customer_id, to: shop.customers}}", gives: "pass: 0")
    )

    private let other: OtherTable

    package init(_ arguments: Arguments) throws(ArgumentError) {
        other = try OtherTable(arguments, columns: "to_columns")
    }

    package var otherRelations: [RelationName] { other.candidates }

    package var defaultThreshold: Threshold? { Threshold(.value, .notEqual(.zero)) }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let (relation, columns) = try other.columns(for: subject)
        let others: SQL = columns.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        return .derived(
            expression: """
                count(*) - (SELECT count(*) FROM (SELECT DISTINCT \(others) FROM \(relation.name.sql) \
                WHERE \(columns.allPresent)) AS others)
                """,
            source: """
                (SELECT DISTINCT \(subject.groupedColumnList) FROM \(subject.rows(and: subject.allPresent))) \
                AS own
                """)
    }
}

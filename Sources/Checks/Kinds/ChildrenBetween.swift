package import Catalog
import StructuredSQL

/// `children_between`: every row has as many rows in another relation as it should.
package struct ChildrenBetween: CheckKind {
    package static let definition = KindDefinition(
        "children_between", "Every row has, in another relation, a number of rows between bounds",
        scope: .columns,
        parameters: [
            Parameter("of", .relation, isRequired: true, "the other relation, or relation.column"),
            Parameter("of_columns", .columns, "its columns in the same order; by default of the same names"),
            Parameter("of_where", .expression, "only rows of the other relation for which this holds count"),
            Parameter("min", .count, "the fewest rows allowed"),
            Parameter("max", .count, "the most rows allowed"),
            Parameter("equals", .count, "the only number of rows allowed"),
        ],
        semantics: "A row with a NULL in its key has no rows there.",
        hasFixedNulls: true,
        dimension: .volume,
        judgesSingleRows: false,
        otherNames: ["children_count", "relationship_cardinality"],
        example: KindExample(
            "{children_between: {columns: customer_id, of: shop.orders, min: 1, max: 2}}", on: "shop.customers",
            gives: "fail: 1 of 5")
    )

    private let other: OtherTable
    private let filter: SQL?
    private let bounds: Bounds

    package init(_ arguments: Arguments) throws(ArgumentError) {
        other = try OtherTable(arguments, parameter: "of", columns: "of_columns")
        filter = arguments.expression("of_where")?.sql
        bounds = try Bounds(arguments, of: "children_between")
    }

    package var otherRelations: [RelationName] { other.candidates }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let (relation, columns) = try other.columns(for: subject)
        let names: [SQL] = columns.map { "\(identifier: $0.name)" }
        let keys = names.indices.map { subject.own("key\($0)") }
        let count = subject.own("children")
        let selected: [SQL] = zip(names, keys).map { "\($0) AS \($1)" }
        var children: SQL = "SELECT \(selected.joined(separator: ", ")), count(*) AS \(count) FROM \(relation.name.sql)"
        if let filter { children += " WHERE (\(filter))" }
        children += " GROUP BY \(names.joined(separator: ", "))"
        let pairs: [SQL] = zip(subject.columns, keys).map { "parents.\(identifier: $0.name) = children.\($1)" }
        return .query(
            failing: """
                SELECT \(subject.wholeRow) FROM (SELECT \(subject.wholeRow) FROM \(subject.rows)) AS parents
                LEFT JOIN (\(children)) AS children ON \(pairs.joined(separator: " AND "))
                WHERE NOT (\(bounds.condition(on: "coalesce(\(count), 0)")))
                """,
            of: nil)
    }
}

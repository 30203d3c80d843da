package import Catalog
import StructuredSQL

/// `same_rows`: another relation has the same rows.
package struct SameRows: CheckKind {
    package static let definition = KindDefinition(
        "same_rows", "Another relation has the same rows, as often",
        scope: .dataset,
        parameters: [
            Parameter("as", .relation, isRequired: true, "the other relation"),
            Parameter("as_where", .expression, "only its rows for which this holds count"),
            Parameter("columns", .columns, "the columns that are compared; by default all of the dataset's"),
            Parameter("except", .columns, "columns that are not compared, such as a load time"),
        ],
        shorthand: ["as"],
        semantics: """
            Every row that only one of them has, or has more often, fails and is shown with the side it is on; the order \
            does not count, NULLs are the same. Sorts or hashes both; assay compare tells changed rows from new ones.
            """,
        hasFixedNulls: true,
        judgesSingleRows: false,
        allowsGroups: false,
        otherNames: [
            "equality", "doesDatasetMatch", "DatasetMatch", "tbl_match", "tableDiff", "table_diff", "set_eq", "bag_eq",
            "tables_equal",
        ],
        example: KindExample(
            "{same_rows: {as: shop.events, columns: customer_id}}", on: "shop.customers", gives: "fail: 5 of 7")
    )

    private let other: OtherTable
    private let filter: SQL?
    private let columns: [String]?
    private let exceptions: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        other = try OtherTable(arguments, parameter: "as")
        filter = arguments.expression("as_where")?.sql
        columns = arguments.list("columns")
        exceptions = arguments.list("except") ?? []
        if columns != nil, !exceptions.isEmpty {
            throw ArgumentError("except", "\"columns\" says already which are compared")
        }
    }

    package var otherRelations: [RelationName] { other.candidates }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let relation = try other.relation(for: subject)
        let names = columns ?? subject.relation.columns.map(\.name).filter { !exceptions.contains($0) }
        let list = try subject.columns(named: names, of: "columns").joined(separator: ", ")
        for name in names where relation.column(named: name) == nil {
            throw SubjectError(
                "column \"\(name)\" does not exist in \(relation.name)", hint: "Name it under \"except\".")
        }
        let here: SQL = "SELECT \(list) FROM \(subject.rows)"
        let there: SQL = "SELECT \(list) FROM \(relation.name.sql)\(filter.map { " WHERE (\($0))" } ?? "")"
        let side = subject.own("side")
        return .query(
            failing: """
                SELECT 'here' AS \(side), * FROM (\(here) EXCEPT ALL \(there)) AS here
                UNION ALL SELECT 'there', * FROM (\(there) EXCEPT ALL \(here)) AS there
                """,
            of: "(\(here)) UNION ALL (\(there))")
    }
}

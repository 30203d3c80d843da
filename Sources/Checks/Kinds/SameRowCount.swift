package import Catalog
import StructuredSQL

/// `same_row_count`: the dataset has as many rows as another relation.
package struct SameRowCount: CheckKind {
    package static let definition = KindDefinition(
        "same_row_count", "The number of rows is another relation's, or a multiple of it",
        scope: .dataset,
        parameters: [
            Parameter("as", .relation, isRequired: true, "the other relation"),
            Parameter("as_where", .expression, "only its rows for which this holds count"),
            Parameter("factor", .number, "how many rows for each of the other's; 1 if not given"),
            Parameter("in", .choice(["rows", "percent"]), "what the difference is given in; rows if not given"),
        ],
        shorthand: ["as"],
        quantities: [.value],
        semantics: """
            The value is the own number less the other times the factor, or that in percent of the other; any difference \
            fails unless warn or fail says else: fail: value >= 0 asks for fewer rows. In percent of no rows it is NULL.
            """,
        onEmpty: .error,
        dimension: .volume,
        allowsGroups: false,
        otherNames: [
            "expect_table_row_count_to_equal_other_table", "equal_rowcount", "fewer_rows_than", "row_count_match",
            "RowCountMatch", "expect_table_row_count_to_equal_other_table_times_factor", "row_count_equals_table",
            "total_row_count_match_percent",
        ],
        example: KindExample("{same_row_count: {as: shop.customers, factor: 1.5}}", gives: "fail: 0.5")
    )

    private let other: OtherTable
    private let filter: SQL?
    private let factor: String
    private let isInPercent: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        other = try OtherTable(arguments, parameter: "as")
        filter = arguments.expression("as_where")?.sql
        factor = arguments.text("factor") ?? "1"
        isInPercent = arguments.text("in") == "percent"
        guard let number = ExactDecimal(factor), .zero < number else {
            throw ArgumentError("factor", "\"factor\" must be greater than 0")
        }
    }

    package var otherRelations: [RelationName] { other.candidates }

    package var defaultThreshold: Threshold? { Threshold(.value, .notEqual(.zero)) }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        var count: SQL = "SELECT count(*) FROM \(try other.relation(for: subject).name.sql)"
        if let filter { count += " WHERE (\(filter))" }
        let wanted: SQL = factor == "1" ? "(\(count))" : "(\(count)) * \(bind: factor)::pg_catalog.numeric"
        let difference: SQL = "count(*) - \(wanted)"
        return .aggregate(
            Aggregate(
                isInPercent ? "100.0 * (\(difference)) / nullif(\(wanted), 0)" : difference, .joining))
    }
}

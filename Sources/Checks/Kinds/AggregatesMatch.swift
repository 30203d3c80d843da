package import Catalog
import StructuredSQL

/// `aggregates_match`: an aggregate is the same in another relation.
package struct AggregatesMatch: CheckKind {
    package static let definition = KindDefinition(
        "aggregates_match", "An aggregate has the same value in another relation, in all or for each key",
        scope: .dataset,
        parameters: [
            Parameter("expression", .expression, isRequired: true, "the aggregate, such as sum(amount)"),
            Parameter("as", .relation, isRequired: true, "the other relation"),
            Parameter("as_expression", .expression, "its aggregate; the same if not given"),
            Parameter("as_where", .expression, "only its rows for which this holds count"),
            Parameter("by", .columns, "columns of both; each combination of their values is compared by itself"),
            Parameter("tolerance", .number, "the greatest difference allowed; 0 if not given"),
            Parameter("tolerance_percent", .number, "the same in percent of the other's value"),
        ],
        semantics: """
            Every key whose values differ fails and is shown with both; the total is the keys of both. NULL is the same as \
            NULL and differs from everything else, a key that one of them lacks differs.
            """,
        hasFixedNulls: true,
        judgesSingleRows: false,
        allowsGroups: false,
        noun: "keys",
        otherNames: [
            "expect_table_aggregation_to_equal_other_table", "AggregateMatch", "sum_match", "min_match", "max_match",
            "mean_match", "null_count_match", "not_null_count_match",
        ],
        example: KindExample(
            "{aggregates_match: {expression: count(DISTINCT customer_id), as: shop.customers, by: customer_id}}",
            gives: "fail: 3 of 7")
    )

    private let (own, others): (SQL, SQL)
    private let text: String
    private let other: OtherTable
    private let filter: SQL?
    private let keys: [String]
    private let (tolerance, percentage): (String?, String?)

    package init(_ arguments: Arguments) throws(ArgumentError) {
        (own, text) = try arguments.required("expression", arguments.expression("expression"))
        others = arguments.expression("as_expression")?.sql ?? own
        other = try OtherTable(arguments, parameter: "as")
        filter = arguments.expression("as_where")?.sql
        keys = arguments.list("by") ?? []
        tolerance = arguments.text("tolerance")
        percentage = arguments.text("tolerance_percent")
        for (name, text) in [("tolerance", tolerance), ("tolerance_percent", percentage)] {
            if let number = text.flatMap({ ExactDecimal($0) }), number < .zero {
                throw ArgumentError(name, "a difference is never below 0")
            }
        }
    }

    package var otherRelations: [RelationName] { other.candidates }

    package var idSuffix: String? { text }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let relation = try other.relation(for: subject)
        let names = try subject.columns(named: keys, of: "by")
        for name in keys where relation.column(named: name) == nil {
            throw SubjectError("column \"\(name)\" of \"by\" does not exist in \(relation.name)")
        }
        let list = names.map { "\($0), " as SQL }.joined(separator: "")
        // HAVING refuses a column outside an aggregate where nothing is grouped.
        let grouping: SQL = names.isEmpty ? "HAVING true" : "GROUP BY \(names.joined(separator: ", "))"
        let condition: SQL = filter.map { " WHERE (\($0))" } ?? ""
        // Numbered, so that a key with a NULL in it finds its like.
        let both: SQL = """
            SELECT \(list)max(here) AS here, max(there) AS there, count(*) AS sides FROM (
                SELECT \(list)(\(own))::pg_catalog.text AS here, NULL AS there FROM \(subject.rows) \(grouping)
                UNION ALL
                SELECT \(list)NULL, (\(others))::pg_catalog.text FROM \(relation.name.sql)\(condition) \(grouping)
            ) AS sides \(names.isEmpty ? "" : grouping)
            """
        var isSame: SQL = "here IS NOT DISTINCT FROM there"
        if tolerance != nil || percentage != nil {
            let difference: SQL = "abs(here::pg_catalog.numeric - there::pg_catalog.numeric)"
            var allowed: [SQL] = []
            if let tolerance { allowed.append("\(bind: tolerance)::pg_catalog.numeric") }
            if let percentage {
                allowed.append("abs(there::pg_catalog.numeric) * \(bind: percentage)::pg_catalog.numeric / 100")
            }
            isSame = "(\(isSame) OR coalesce(\(difference) <= GREATEST(\(allowed.joined(separator: ", "))), false))"
        }
        return .query(
            failing: "SELECT \(list)here, there FROM (\(both)) AS compared WHERE sides < 2 OR NOT \(isSame)",
            of: "SELECT \(list)here FROM (\(both)) AS compared")
    }
}

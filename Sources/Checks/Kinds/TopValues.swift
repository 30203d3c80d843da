import Catalog
import StructuredSQL

/// `top_values`: the most common values are the expected ones.
package struct TopValues: CheckKind {
    package static let definition = KindDefinition(
        "top_values", "The most common values are all in a list",
        scope: .column,
        parameters: [
            Parameter("values", .values, isRequired: true, "the values, read in the column's type"),
            Parameter("top", .count, "how many of the most common values are looked at; 1 if not given"),
        ],
        shorthand: ["values"],
        semantics: """
            A value that is among the most common and not in the list fails and is shown with its number of rows. Values \
            that are equally common share a place, so that there may be more of them than "top". NULL is no value.
            """,
        hasFixedNulls: true,
        dimension: .variety,
        judgesSingleRows: false,
        noun: "values",
        otherNames: [
            "expect_column_most_common_value_to_be_in_set", "expected_texts_in_top_values_count", "top_values_in_set",
        ],
        example: KindExample("{top_values: {column: status, values: [paid], top: 2}}", gives: "fail: 4 of 5")
    )

    private let values: [String]
    private let top: Int

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = try arguments.required("values", arguments.list("values"))
        top = arguments.count("top") ?? 1
        guard top > 0 else { throw ArgumentError("top", "there is no value above the most common one") }
        guard !values.isEmpty else { throw ArgumentError("values", "the list of values is empty") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let value = subject.comparable(column)
        let (value_, rows) = (subject.label("value"), subject.label("rows"))
        let ranked: SQL = """
            SELECT \(subject.groupPrefix)\(value_), \(rows) FROM (
                SELECT \(subject.groupPrefix)\(value) AS \(value_), count(*) AS \(rows),
                    pg_catalog.rank() OVER (\(subject.partition())ORDER BY count(*) DESC) AS place
                FROM \(subject.rows(and: "\(identifier: column.name) IS NOT NULL")) GROUP BY \(subject.groupPrefix)\(value)
            ) AS ranked WHERE place <= \(bind: top)
            """
        return .query(
            failing: "SELECT * FROM (\(ranked)) AS top WHERE NOT (\(value_) = ANY (\(bind: SQLArray.text(values))))",
            of: ranked)
    }
}

import Catalog
import StructuredSQL

/// `exact_values`: the values that occur are those of a list, all of them and no other.
package struct ExactValues: CheckKind {
    package static let definition = KindDefinition(
        "exact_values", "The values that occur are exactly those of a list",
        scope: .column,
        parameters: [Parameter("values", .values, isRequired: true, "the values, read in the column's type")],
        shorthand: ["values"],
        semantics: """
            Every value of the list that does not occur fails, and every value that occurs and is not in the list; each is \
            shown as a row that says which. NULL is no value.
            """,
        hasFixedNulls: true,
        onEmpty: .fail,
        dimension: .variety,
        judgesSingleRows: false,
        noun: "values",
        otherNames: ["expect_column_distinct_values_to_equal_set", "distinct_equals_set"],
        example: KindExample("{exact_values: {column: currency, values: [EUR, GBP, USD]}}", gives: "fail: 2 of 4")
    )

    private let values: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = try arguments.required("values", arguments.list("values"))
        guard !values.isEmpty else { throw ArgumentError("values", "the list of values is empty") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let wanted = subject.wanted(values, in: column)
        let occurring: SQL = """
            SELECT DISTINCT \(subject.groupPrefix)\(subject.listed(column).value) AS \(subject.label("value")) \
            FROM \(subject.rows(and: "\(identifier: column.name) IS NOT NULL"))
            """
        return .query(
            failing: """
                SELECT *, 'missing' AS \(subject.label("problem")) FROM (\(wanted) EXCEPT \(occurring)) AS missing
                UNION ALL SELECT *, 'unexpected' FROM (\(occurring) EXCEPT \(wanted)) AS unexpected
                """,
            of: "\(wanted) UNION \(occurring)")
    }
}

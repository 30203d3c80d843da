import StructuredSQL

/// `required_values`: every value of a list occurs.
package struct RequiredValues: CheckKind {
    package static let definition = KindDefinition(
        "required_values", "Every value of a list occurs in the column",
        scope: .column,
        parameters: [Parameter("values", .values, isRequired: true, "the values, read in the column's type")],
        shorthand: ["values"],
        semantics: """
            Every value that does not occur fails and is shown as a row; the total is the length of the list. NULL is no \
            value.
            """,
        hasFixedNulls: true,
        onEmpty: .fail,
        dimension: .variety,
        judgesSingleRows: false,
        noun: "values",
        otherNames: [
            "expect_column_distinct_values_to_contain_set", "expected_text_values_in_use_count",
            "expected_numbers_in_use_count", "distinct_contains_set", "required_groups",
        ],
        example: KindExample(
            "{required_values: {column: status, values: [new, paid, delivered]}}", gives: "fail: 1 of 3")
    )

    private let values: [String]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = try arguments.required("values", arguments.list("values"))
        guard !values.isEmpty else { throw ArgumentError("values", "the list of required values is empty") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let wanted = subject.wanted(values, in: column)
        let occurring: SQL = "SELECT \(subject.groupPrefix)\(subject.listed(column).value) FROM \(subject.rows)"
        return .query(failing: "\(wanted) EXCEPT \(occurring)", of: wanted)
    }
}

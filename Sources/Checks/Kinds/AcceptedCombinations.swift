import StructuredSQL

/// `accepted_combinations`: the columns' values occur together only as listed.
package struct AcceptedCombinations: CheckKind {
    package static let definition = KindDefinition(
        "accepted_combinations", "The columns have, together, one of the listed combinations of values",
        scope: .columns,
        parameters: [
            Parameter("values", .tuples, isRequired: true, "a list of lists: a value per column, in the columns' types")
        ],
        semantics: "A row with a NULL in the columns passes unless nulls: fail. Text is compared exactly.",
        otherNames: ["expect_column_pair_values_to_be_in_set", "pair_in_set"],
        example: KindExample(
            "{accepted_combinations: {columns: [status, gift], values: [[paid, false], [shipped, true], [refunded, false]]}}",
            gives: "fail: 2 of 8")
    )

    private let values: [[String]]

    package init(_ arguments: Arguments) throws(ArgumentError) {
        values = try arguments.required("values", arguments.tuples("values"))
        guard !values.isEmpty else { throw ArgumentError("values", "the list of combinations is empty") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.requireSeveralColumns(for: "accepted_combinations")
        var combinations: [SQL] = []
        for combination in values {
            guard combination.count == subject.columns.count else {
                throw SubjectError(
                    "\(subject.columns.count) columns have no combination of \(combination.count) values")
            }
            let parts: [SQL] = zip(subject.columns, combination).map { "\(subject.comparable($0)) = \(bind: $1)" }
            combinations.append("(\(parts.joined(separator: " AND ")))")
        }
        return subject.violations(unless: combinations.joined(separator: " OR "))
    }
}

package import StructuredSQL

/// `no_new_categories`: no value occurs that the baseline does not have.
package struct NoNewCategories: BaselineKind {
    package static let definition = KindDefinition(
        "no_new_categories", "Every value also occurs in a baseline",
        scope: .column,
        parameters: Baseline.relationParameters + [Baseline.runParameter],
        semantics: """
            Every new value fails and is shown with its number of rows; the total is the number of different values. NULL is \
            left out.
            """,
        hasFixedNulls: true,
        dimension: .variety,
        judgesSingleRows: false,
        noun: "values",
        otherNames: ["new_category", "groups_change", "group_evolution"],
        example: KindExample(
            "{no_new_categories: {column: status, baseline_where: currency = 'EUR'}}", gives: "fail: 2 of 5")
    )

    package let baseline: Baseline

    package init(_ arguments: Arguments) throws(ArgumentError) {
        baseline = try Baseline(arguments)
    }

    package func recordedHistogram(on subject: Subject) throws(SubjectError) -> SQL? {
        baseline.recorded == nil ? nil : try baseline.values(of: subject)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.missing(subject, from: .baseline)
    }
}

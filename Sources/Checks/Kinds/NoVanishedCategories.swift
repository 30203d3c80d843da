package import StructuredSQL

/// `no_vanished_categories`: every value that the baseline has still occurs.
package struct NoVanishedCategories: BaselineKind {
    package static let definition = KindDefinition(
        "no_vanished_categories", "Every value of a baseline still occurs",
        scope: .column,
        parameters: Baseline.relationParameters + [Baseline.runParameter],
        semantics: """
            Every vanished value fails and is shown with its number of rows in the baseline; the total is the number of \
            different values there. NULL is left out.
            """,
        hasFixedNulls: true,
        dimension: .variety,
        judgesSingleRows: false,
        noun: "values",
        otherNames: ["vanished_category", "required_group_missing"],
        example: KindExample(
            "{no_vanished_categories: {column: status, baseline_where: currency = 'EUR'}, where: currency = 'USD'}",
            gives: "fail: 2 of 3")
    )

    package let baseline: Baseline

    package init(_ arguments: Arguments) throws(ArgumentError) {
        baseline = try Baseline(arguments)
    }

    package func recordedHistogram(on subject: Subject) throws(SubjectError) -> SQL? {
        baseline.recorded == nil ? nil : try baseline.values(of: subject)
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.missing(subject, from: .current)
    }
}

package import Catalog

/// `no_new_categories`: no value occurs that the baseline does not have.
package struct NoNewCategories: CheckKind {
    package static let definition = KindDefinition(
        "no_new_categories", "Every value also occurs in a baseline",
        scope: .column,
        parameters: Array(Baseline.parameters.prefix(3)),
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

    private let baseline: Baseline

    package init(_ arguments: Arguments) throws(ArgumentError) {
        baseline = try Baseline(arguments)
    }

    package var otherRelations: [RelationName] { baseline.candidates }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try baseline.missing(subject, from: .baseline)
    }
}

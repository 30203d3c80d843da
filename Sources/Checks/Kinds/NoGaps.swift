import StructuredSQL

/// `no_gaps`: the periods of a key follow one another without a gap.
package struct NoGaps: CheckKind {
    package static let definition = KindDefinition(
        "no_gaps", "Between the first and the last period with the same key there is no gap",
        scope: .columns,
        parameters: PeriodColumns.parameters,
        semantics: "\(PeriodColumns.semantics) The row after a gap fails.",
        hasFixedNulls: true,
        dimension: .volume,
        judgesSingleRows: false,
        otherNames: ["ranges_without_gaps", "contiguous_ranges"],
        example: KindExample(
            "{no_gaps: {columns: [valid_from, valid_to], per: sku}}", on: "shop.prices", gives: "fail: 1 of 7")
    )

    private let key: [String]

    package init(_ arguments: Arguments) {
        key = arguments.list("per") ?? []
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let periods = try PeriodColumns(subject, key: key)
        return .query(failing: periods.failing(where: periods.followsGap), of: nil)
    }
}

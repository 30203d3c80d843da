import StructuredSQL

/// `no_overlaps`: no two periods of a key overlap.
package struct NoOverlaps: CheckKind {
    package static let definition = KindDefinition(
        "no_overlaps", "No two periods with the same key overlap",
        scope: .columns,
        parameters: PeriodColumns.parameters,
        semantics: PeriodColumns.semantics,
        hasFixedNulls: true,
        judgesSingleRows: false,
        otherNames: ["mutually_exclusive_ranges", "ranges_do_not_overlap"],
        example: KindExample(
            "{no_overlaps: {columns: [valid_from, valid_to], per: sku}}", on: "shop.prices", gives: "fail: 2 of 7")
    )

    private let key: [String]

    package init(_ arguments: Arguments) {
        key = arguments.list("per") ?? []
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let periods = try PeriodColumns(subject, key: key)
        return .query(failing: periods.failing(where: periods.overlaps), of: nil)
    }
}

import StructuredSQL

/// `any_complete`: every row has a value in at least so many of the columns.
package struct AnyComplete: CheckKind {
    package static let definition = KindDefinition(
        "any_complete", "Every row has a value in at least one of these columns, or in `min` of them",
        scope: .columns,
        parameters: [Parameter("min", .count, "how many of the columns must have a value; by default 1")],
        semantics: "NULL is no value. Empty text and NaN are values.",
        hasFixedNulls: true,
        dimension: .volume,
        otherNames: ["areAnyComplete", "haveAnyCompleteness"],
        example: KindExample(
            "{any_complete: [email, phone]}", on: "shop.customers", gives: "pass: 0 of 5")
    )

    private let minimum: Int

    package init(_ arguments: Arguments) throws(ArgumentError) {
        minimum = arguments.count("min") ?? 1
        guard minimum > 0 else { throw ArgumentError("min", "at least 0 values are always there") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard minimum <= subject.columns.count else {
            throw SubjectError("\(minimum) of \(subject.columns.count) columns cannot have a value")
        }
        return .rows(
            Violation("pg_catalog.num_nonnulls(\(subject.columnList)) < \(bind: minimum)", judgedBy: nil), .shareable)
    }
}

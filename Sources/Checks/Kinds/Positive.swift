import StructuredSQL

/// `positive`: every number is greater than 0.
package struct Positive: CheckKind {
    package static let definition = KindDefinition(
        "positive", "Every number is greater than 0",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. NaN fails; infinity is compared like any number.",
        otherNames: ["isPositive"],
        example: KindExample(
            "{positive: amount, where: status <> 'new'}", gives: "fail: 1 of 7")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.comparison(">", with: "0")
    }
}

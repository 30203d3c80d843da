import StructuredSQL

/// `negative`: every number is less than 0.
package struct Negative: CheckKind {
    package static let definition = KindDefinition(
        "negative", "Every number is less than 0",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. NaN fails; infinity is compared like any number.",
        otherNames: ["isNegative", "non_negative_values"],
        example: KindExample(
            "{negative: discount}", gives: "fail: 7 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.comparison("<", with: "0")
    }
}

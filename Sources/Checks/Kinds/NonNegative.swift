import StructuredSQL

/// `non_negative`: every number is 0 or more.
package struct NonNegative: CheckKind {
    package static let definition = KindDefinition(
        "non_negative", "Every number is 0 or more",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. NaN fails; infinity is compared like any number.",
        otherNames: ["isNonNegative", "negative_values"],
        example: KindExample(
            "{non_negative: amount}", gives: "fail: 1 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.comparison(">=", with: "0")
    }
}

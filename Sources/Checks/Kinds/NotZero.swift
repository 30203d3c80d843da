import StructuredSQL

/// `not_zero`: no number is 0.
package struct NotZero: CheckKind {
    package static let definition = KindDefinition(
        "not_zero", "No number is 0",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. NaN fails; infinity is compared like any number.",
        otherNames: ["hasZerosCount", "zero_count", "zero_percent", "ZerosCount"],
        example: KindExample(
            "{not_zero: discount}", gives: "fail: 6 of 8")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        try subject.comparison("<>", with: "0")
    }
}

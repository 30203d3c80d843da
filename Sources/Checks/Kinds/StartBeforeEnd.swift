import Catalog
import StructuredSQL

/// `start_before_end`: no period ends before it begins.
package struct StartBeforeEnd: CheckKind {
    package static let definition = KindDefinition(
        "start_before_end", "The first column is not after the second",
        scope: .columns,
        parameters: [Parameter("strict", .boolean, "nor the same")],
        semantics: "A row with a NULL in either passes unless nulls: fail. infinity is after everything.",
        otherNames: ["start_before_finish", "valid_period"],
        example: KindExample("{start_before_end: [created_at, shipped_at]}", gives: "fail: 1 of 8")
    )

    private let isStrict: Bool

    package init(_ arguments: Arguments) {
        isStrict = arguments.flag("strict")
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        guard subject.columns.count == 2 else { throw SubjectError("a period has two columns, its start and its end") }
        let names = try subject.comparableColumns()
        return subject.violations(unless: "\(names[0]) \(isStrict ? "<" : "<=") \(names[1])")
    }
}

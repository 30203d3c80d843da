import Catalog
import StructuredSQL

/// `finite`: every number or time is an actual one.
package struct Finite: CheckKind {
    package static let definition = KindDefinition(
        "finite", "No value is NaN or infinite",
        scope: .column,
        semantics: "NULL passes unless nulls: fail. Of dates and times, infinity and -infinity fail.",
        otherNames: ["not_nan_inf", "not_nan", "is_finite"],
        example: KindExample(
            "{finite: value}", on: "shop.readings", gives: "fail: 1 of 10")
    )

    package init(_ arguments: Arguments) {}

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.column()
        let name: SQL = "\(identifier: column.name)"
        if column.type.isInstant || column.type.isLocalTime {
            return subject.violations(unless: "pg_catalog.isfinite(\(name))", on: column)
        }
        guard column.type.hasNaN else {
            throw SubjectError("column \"\(column.name)\" is \(column.type.formatted), whose values are always finite")
        }
        return subject.violations(
            unless: "\(name) NOT IN ('NaN', 'Infinity', '-Infinity')", on: column,
            .comparison(of: column))
    }
}

import Catalog
import StructuredSQL

/// `retention`: no row is kept for too long.
package struct Retention: CheckKind {
    package static let definition = KindDefinition(
        "retention", "No row is older than it may be",
        scope: .timeColumn,
        parameters: [Parameter("max_age", .duration, isRequired: true, "the greatest age allowed, such as 730d")],
        shorthand: ["max_age"],
        semantics: "By the server's clock. NULL passes unless nulls: fail; -infinity is too old. A day is 24 hours.",
        dimension: .velocity,
        otherNames: ["servicelevel_retention", "max_age"],
        example: KindExample("{retention: {column: created_at, max_age: 6h}}", gives: "fail: 3 of 8")
    )

    private let maximumAge: Duration

    package init(_ arguments: Arguments) throws(ArgumentError) {
        maximumAge = try arguments.required("max_age", arguments.duration("max_age"))
        guard maximumAge > .zero else { throw ArgumentError("max_age", "every row is older than that") }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.timeColumn()
        let age: SQL = "pg_catalog.make_interval(secs => \(bind: maximumAge.secondsText)::pg_catalog.float8)"
        let oldest = try subject.instant("\(subject.now) - \(age)", inTypeOf: column)
        return subject.violations(unless: "\(identifier: column.name) >= \(oldest)", on: column)
    }
}

import Catalog
import StructuredSQL

/// `not_in_future`: no value is later than the server's clock.
package struct NotInFuture: CheckKind {
    package static let definition = KindDefinition(
        "not_in_future", "No value lies in the future",
        scope: .timeColumn,
        parameters: [Parameter("tolerance", .duration, "how far ahead a clock may be, such as 5min")],
        semantics: "NULL passes unless nulls: fail. infinity is in the future. A date may be today's in its zone.",
        dimension: .veracity,
        otherNames: ["date_values_in_future_percent", "expect_column_values_to_be_in_the_past"],
        example: KindExample(
            "{not_in_future: {column: shipped_at}}", gives: "pass: 0 of 8")
    )

    private let tolerance: Duration

    package init(_ arguments: Arguments) {
        tolerance = arguments.duration("tolerance") ?? .zero
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.timeColumn()
        var latest = subject.now
        if tolerance > .zero {
            latest += " + pg_catalog.make_interval(secs => \(bind: tolerance.secondsText)::pg_catalog.float8)"
        }
        let rule: SQL = "\(identifier: column.name) <= \(try subject.instant(latest, inTypeOf: column))"
        return subject.violations(unless: rule, on: column)
    }
}

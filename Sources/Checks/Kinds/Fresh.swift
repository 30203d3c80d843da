import Catalog
import StructuredSQL

/// `fresh`: the newest row is young enough.
package struct Fresh: CheckKind {
    package static let definition = KindDefinition(
        "fresh", "The newest row is no older than a given age",
        scope: .timeColumn,
        parameters: [Parameter("within", .duration, "the greatest age allowed, such as 6h; else warn and fail say it")],
        shorthand: ["within"],
        quantities: [.value],
        semantics: """
            The value is the age of the newest row in seconds, by the server's clock; more than five minutes in the future \
            fails, too. Rows without a time are left out; a dataset without any time fails. A date counts from the \
            beginning of its day.
            """,
        onEmpty: .fail,
        dimension: .velocity,
        otherNames: [
            "freshness", "recency", "data_freshness", "fresh_within", "expect_row_values_to_have_recent_data",
        ],
        example: KindExample(
            "{fresh: {within: 2h, column: created_at}}", gives: "pass")
    )

    private let maximumAge: Duration?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        maximumAge = arguments.duration("within")
        if let maximumAge, maximumAge <= .zero { throw ArgumentError("within", "no row is younger than \(maximumAge)") }
    }

    /// How far ahead of the server another clock may be, in seconds; more than that, and one row from the future would
    /// make stale data look fresh.
    private static let clockSkew = ExactDecimal(-300)

    package var ownThreshold: Threshold? {
        maximumAge.map { Threshold(.value, .notBetween(Self.clockSkew, ExactDecimal($0.secondsText) ?? .zero)) }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let column = try subject.timeColumn()
        let instant: SQL
        if column.type.isInstant {
            instant = Self.newest
        } else if column.type.isLocalTime {
            let zone = try subject.zone(for: column)
            instant = "(\(Self.newest)::pg_catalog.timestamp AT TIME ZONE \(bind: zone)::pg_catalog.text)"
        } else {
            throw subject.notATime(column)
        }
        // Alone, max() over an indexed column reads one entry of the index.
        let isIndexed = subject.condition == nil && subject.relation.indexedLeadingColumns.contains(column.name)
        let age: SQL = "extract(epoch FROM (\(subject.now) - \(instant)))"
        return .aggregate(
            Aggregate(
                age.resolving(["aggregate": "max(\(identifier: column.name))"]),
                isIndexed ? .indexAnswerable : .shareable, parts: .init(.maximum, of: column.name, in: age)))
    }

    private static let newest = SQL(fragments: [.parameter("aggregate")])
}

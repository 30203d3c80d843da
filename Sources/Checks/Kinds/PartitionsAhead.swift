import Catalog
import StructuredSQL

/// `partitions_ahead`: the rows to come have a partition.
package struct PartitionsAhead: CheckKind {
    package static let definition = objectDefinition(
        "partitions_ahead", "The current period and the next ones have a partition, other than the default",
        parameters: [
            Parameter("every", .choice(Period.allCases.map(\.rawValue)), isRequired: true, "the period"),
            Parameter("next", .count, "how many periods after the current one; 1 if not given"),
        ],
        shorthand: ["every"],
        semantics: """
            Takes a table that is partitioned by range of one time column. Each period without a partition for its beginning \
            fails. Periods are in the suite's zone, else in UTC, by the server's clock.
            """,
        noun: "periods", otherNames: ["partition_exists_for"],
        example: KindExample("{partitions_ahead: {every: month, next: 2}}", on: "shop.visits", gives: "fail: 3 of 3"))

    private let period: Period
    private let count: Int

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let word = try arguments.required("every", arguments.text("every"))
        guard let period = Period(rawValue: word) else { throw ArgumentError("every", "unknown period \"\(word)\"") }
        self.period = period
        count = arguments.count("next") ?? 1
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let zone: SQL = "\(bind: subject.time?.zone ?? "UTC")::pg_catalog.text"
        let current: SQL = "pg_catalog.date_trunc(\(bind: period.rawValue), (\(subject.now)) AT TIME ZONE \(zone))"
        // Bounds of a timestamptz are printed as instants, others as what the clock shows.
        let periods: SQL = """
            SELECT beginning AS period FROM pg_catalog.generate_series(\(current),
                \(current) + \(period.step) * \(bind: count)::pg_catalog.int4, \(period.step)) AS periods (beginning)
            """
        let bounds = try PartitionBounds(subject)
        let isInstant: SQL = "low LIKE '%+__' OR high LIKE '%+__'"
        return .query(
            failing: """
                SELECT period FROM (\(periods)) AS periods WHERE NOT EXISTS (SELECT FROM (\(bounds.sql)) AS bounds
                    WHERE CASE WHEN \(isInstant)
                        THEN (low IS NULL OR low::pg_catalog.timestamptz <= period AT TIME ZONE \(zone))
                            AND (high IS NULL OR period AT TIME ZONE \(zone) < high::pg_catalog.timestamptz)
                        ELSE (low IS NULL OR low::pg_catalog.timestamp <= period)
                            AND (high IS NULL OR period < high::pg_catalog.timestamp) END)
                """,
            of: periods)
    }
}

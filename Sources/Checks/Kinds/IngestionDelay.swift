import Catalog
import StructuredSQL

/// `ingestion_delay`: events are loaded soon after they happen.
package struct IngestionDelay: CheckKind {
    package static let definition = KindDefinition(
        "ingestion_delay", "Every row was loaded soon after what it tells of happened",
        scope: .timeColumn,
        parameters: [
            Parameter("loaded", .column, isRequired: true, "the column with the time of loading"),
            Parameter("max", .duration, isRequired: true, "the longest delay allowed, such as 2h"),
        ],
        semantics: """
            A row with a NULL in either column passes unless nulls: fail. A row that was loaded before it happened passes: \
            see start_before_end. A column without a zone is read by the suite's clock, which it must then declare.
            """,
        dimension: .velocity,
        otherNames: ["data_ingestion_delay", "reload_lag", "event_freshness"],
        example: KindExample(
            "{ingestion_delay: {column: created_at, loaded: shipped_at, max: 2h}}", gives: "fail: 1 of 8")
    )

    private let loaded: String
    private let longest: Duration

    package init(_ arguments: Arguments) throws(ArgumentError) {
        loaded = try arguments.required("loaded", arguments.text("loaded"))
        longest = try arguments.required("max", arguments.duration("max"))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let event = try subject.timeColumn()
        guard let other = subject.relation.column(named: loaded) else {
            throw SubjectError("column \"\(loaded)\" of \"loaded\" does not exist in \(subject.relation.name)")
        }
        let delay: SQL = "pg_catalog.make_interval(secs => \(bind: longest.secondsText)::pg_catalog.float8)"
        return subject.violations(
            unless: "\(try subject.instant(in: other)) <= \(try subject.instant(in: event)) + \(delay)")
    }
}

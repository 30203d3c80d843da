import StructuredSQL

/// `statistics_fresh`: the planner knows the data as they are.
package struct StatisticsFresh: CheckKind {
    package static let definition = objectDefinition(
        "statistics_fresh", "The relation was analyzed recently",
        parameters: [Parameter("within", .duration, isRequired: true, "the longest time since ANALYZE, such as 7d")],
        shorthand: ["within"],
        semantics: """
            By hand or by autovacuum, as the server's statistics know; they forget in a crash. Each table fails that was \
            analyzed too long ago or never, partitions and children included; so does a partitioned table that has no rows \
            of its own.
            """,
        noun: "tables", otherNames: ["stats_fresh", "analyze_age"],
        example: KindExample("{statistics_fresh: {within: 7d}}", on: "shop.customers", gives: "fail: 1 of 1"))

    private let maximumAge: Duration

    package init(_ arguments: Arguments) throws(ArgumentError) {
        maximumAge = try arguments.required("within", arguments.duration("within"))
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let tables: SQL = """
            SELECT relid::pg_catalog.regclass AS relation, GREATEST(last_analyze, last_autoanalyze) AS analyzed_at
            FROM pg_catalog.pg_stat_all_tables WHERE relid IN (\(subject.treeOids))
            """
        let age: SQL = "pg_catalog.make_interval(secs => \(bind: maximumAge.secondsText)::pg_catalog.float8)"
        return .query(
            failing: """
                SELECT * FROM (\(tables)) AS tables WHERE analyzed_at IS NULL OR analyzed_at < \(subject.now) - \(age)
                """,
            of: tables)
    }
}

import StructuredSQL

/// `not_bloated`: vacuum keeps up.
package struct NotBloated: CheckKind {
    package static let definition = objectDefinition(
        "not_bloated", "Dead rows are a small part of the relation",
        parameters: [
            Parameter("max_percent", .number, "the greatest part of dead rows, in percent; 20 if not given"),
            Parameter("min_rows", .count, "tables with fewer dead rows pass; 1000 if not given"),
        ],
        shorthand: ["max_percent"],
        semantics: "As the server's statistics estimate. Each table with more fails, partitions and children included.",
        noun: "tables", otherNames: ["table_not_bloated", "dead_tuples"],
        example: KindExample("{not_bloated: {max_percent: 20}}", on: "shop.customers", gives: "pass: 0 of 1"))

    private let percent: String
    private let fewest: Int

    package init(_ arguments: Arguments) {
        percent = arguments.text("max_percent") ?? "20"
        fewest = arguments.count("min_rows") ?? 1000
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let tables: SQL = """
            SELECT relid::pg_catalog.regclass AS relation, n_live_tup AS live_rows, n_dead_tup AS dead_rows
            FROM pg_catalog.pg_stat_all_tables WHERE relid IN (\(subject.treeOids))
            """
        return .query(
            failing: """
                SELECT * FROM (\(tables)) AS tables WHERE dead_rows >= \(bind: fewest)::pg_catalog.int8
                    AND 100.0 * dead_rows > \(bind: percent)::pg_catalog.numeric * (live_rows + dead_rows)
                """,
            of: tables)
    }
}

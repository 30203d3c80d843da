import Catalog
import Checks
package import StructuredSQL

/// The steps of a backfill in one scan: rows are sorted into them by their time, and aggregated once for all.
package struct StepGrouping: Sendable, Hashable {
    /// The number of a row's step, from 1.
    package var bucket: SQL
    package var count: Int
    /// The rows of all steps.
    package var scope: SQL

    /// - Returns: `nil` where the rows cannot be sorted so.
    init?(_ steps: [PlanningContext.Window], on subject: Subject) {
        guard let first = steps.first, let last = steps.last, subject.sample == nil, !subject.relation.isSharded,
            let name = subject.time?.column, let column = subject.relation.column(named: name),
            let from = try? subject.instant(first.start, inTypeOf: column),
            let to = try? subject.instant(last.end, inTypeOf: column)
        else { return nil }
        var bounds: [SQL] = []
        for step in steps {
            guard let bound = try? subject.instant(step.start, inTypeOf: column) else { return nil }
            bounds.append(bound)
        }
        bucket = "pg_catalog.width_bucket(\(identifier: name), ARRAY[\(bounds.joined(separator: ", "))])"
        count = steps.count
        scope = "\(identifier: name) >= \(from) AND \(identifier: name) < \(to)"
    }

    /// A statement of one row: for each expression a column per step, in the order of the steps.
    ///
    /// - Parameters:
    ///   - expressions: Aggregates over the rows of a step.
    ///   - relation: What the rows are of, ready to stand after FROM.
    ///   - condition: The rows of all steps.
    ///   - isFenced: Whether the expressions name columns and nothing else, so that they may be of a subquery. Then the
    ///     planner does not take the steps for as many as there are times, and hashes instead of sorting all rows.
    /// - Returns: The statement.
    func statement(for expressions: [SQL], from relation: SQL, where condition: SQL, isFenced: Bool) -> SQL {
        func name(_ prefix: String, _ index: Int) -> SQL { SQL(quotedByServer: "\(prefix)\(index)") }
        let values: [SQL] = expressions.enumerated().map { "\($1) AS \(name("v", $0))" }
        // A step without rows is no group; its values are those of no rows at all.
        let gathered: [SQL] = expressions.indices.map { index in
            let value = name("v", index)
            return """
                array_agg(CASE WHEN counted.step IS NULL THEN nothing.\(value) ELSE counted.\(value) END ORDER BY steps.step) \
                AS \(name("a", index))
                """
        }
        let columns: [SQL] = expressions.indices.flatMap { index in
            (1...count).map { "\(name("a", index))[\(SQL(quotedByServer: String($0)))]" }
        }
        let step: SQL = isFenced ? "\"assay:step\"" : bucket
        let rows: SQL =
            isFenced
            ? "(SELECT *, \(bucket) AS \"assay:step\" FROM \(relation) WHERE (\(condition)) OFFSET 0) AS fenced"
            : "\(relation) WHERE (\(condition))"
        return """
            WITH counted AS MATERIALIZED (
                SELECT \(step) AS step, \(values.joined(separator: ",\n        "))
                FROM \(rows)
                GROUP BY 1
            ), nothing AS MATERIALIZED (
                SELECT \(values.joined(separator: ", ")) FROM \(relation) WHERE false HAVING true
            )
            SELECT \(columns.joined(separator: ", "))
            FROM (
                SELECT \(gathered.joined(separator: ",\n        "))
                FROM pg_catalog.generate_series(1, \(SQL(quotedByServer: String(count)))) AS steps (step)
                LEFT JOIN counted ON counted.step = steps.step CROSS JOIN nothing
            ) AS gathered
            """
    }

    /// Most expressions to a statement: a row has at most 1,664 columns.
    static func maximumProbes(steps: Int) -> Int { max(1, 1_600 / max(1, steps)) }
}

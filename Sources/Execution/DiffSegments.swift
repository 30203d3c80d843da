import Catalog
import Comparison
import Postgres
import StructuredSQL

/// How the join of two sides is cut into ranges of the key, by what the server's statistics know.
struct DiffSegments {
    /// Ranges of the first key column that together hold every key once; one without bounds where it is not cut.
    var ranges: [DiffQuery.KeyRange]
    /// Whether rows lie in the order of the key, so that merging two indexes reads each page once.
    var isOrdered: Bool

    /// One statement over everything.
    static let whole = DiffSegments(ranges: [DiffQuery.KeyRange()], isOrdered: false)

    /// Rows of a segment, about.
    private static let rowsPerSegment = 500_000.0
    /// Correlation of a column's order with that of the heap from which on index order is heap order.
    private static let leastCorrelation = 0.9
    /// Types whose ranges an index finds whatever the collation.
    private static let types: Set = ["int2", "int4", "int8", "numeric", "date", "timestamp", "timestamptz", "uuid"]

    /// Reads the statistics of the first key column.
    ///
    /// - Parameters:
    ///   - schema: The paired columns.
    ///   - left: The relation on the left; `nil` for a query.
    ///   - right: The relation on the right.
    ///   - connection: A connection in the snapshot.
    /// - Returns: ``whole`` where the sides are small, are no tables with an index on the key, or nothing is known.
    /// - Throws: A ``PostgresError`` if the statistics cannot be read.
    static func plan(
        _ schema: DiffSchema, left: Relation?, right: Relation?, on connection: Connection
    ) async throws(PostgresError) -> DiffSegments {
        guard let key = schema.key.first, let left, let right, key.form == .plain,
            types.contains(key.left.type.baseName), types.contains(key.right.type.baseName),
            left.indexedLeadingColumns.contains(key.left.name), right.indexedLeadingColumns.contains(key.right.name),
            let rows = left.estimatedRowCount, rows >= rowsPerSegment
        else { return whole }
        let statistics: (Relation, String) -> SQL = { relation, column in
            """
            SELECT abs(correlation)::pg_catalog.float8, histogram_bounds::pg_catalog.text::pg_catalog.text[]::pg_catalog.text,
                coalesce(pg_catalog.array_length(histogram_bounds::pg_catalog.text::pg_catalog.text[], 1), 0)
            FROM pg_catalog.pg_stats
            WHERE schemaname = \(bind: relation.name.schema) AND tablename = \(bind: relation.name.name)
                AND attname = \(bind: column) AND NOT inherited
            """
        }
        guard let own = try await connection.rows(statistics(left, key.left.name)).first,
            let other = try await connection.rows(statistics(right, key.right.name)).first,
            let correlation = own[0].flatMap(Double.init), let second = other[0].flatMap(Double.init),
            min(correlation, second) >= leastCorrelation, let bounds = own[1], try own.integer(2) > 2
        else { return whole }
        let count = min(try own.integer(2) - 1, max(2, Int(rows / rowsPerSegment)))
        // The server picks: elements of its array are texts that it reads itself.
        let cuts = try await connection.rows(
            """
            SELECT DISTINCT (\(bind: bounds)::pg_catalog.text[])[1 + (\(bind: try own.integer(2) - 1) * i) / \(bind: count)], i
            FROM pg_catalog.generate_series(1, \(bind: count - 1)) AS i ORDER BY i
            """)
        var edges: [SQL] = []
        for row in cuts {
            guard let text = row[0] else { continue }
            let edge: SQL = "\(bind: text)::\(key.left.type.sql)"
            if edges.last != edge { edges.append(edge) }
        }
        let all: [SQL?] = [nil] + edges.map { $0 } + [nil]
        return DiffSegments(
            ranges: zip(all, all.dropFirst()).map { DiffQuery.KeyRange(from: $0, to: $1) }, isOrdered: true)
    }
}

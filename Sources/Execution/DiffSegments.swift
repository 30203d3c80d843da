import Catalog
import Comparison
import Postgres
import StructuredSQL

/// How the join of two sides is cut into ranges of the key, by what the server's statistics know.
struct DiffSegments {
    /// Where one range ends and the next one begins, as texts of the first key column; empty where it is not cut.
    var edges: [String] = []

    /// Ranges of the first key column that together hold every key once.
    func ranges(of schema: DiffSchema) -> [DiffQuery.KeyRange] {
        let edges = edges.map { "\(bind: $0)::\(schema.key[0].left.type.sql)" as SQL }
        let all: [SQL?] = [nil] + edges + [nil]
        return zip(all, all.dropFirst()).map { DiffQuery.KeyRange(from: $0, to: $1) }
    }

    /// One statement over everything.
    static let whole = DiffSegments()

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
    ///   - connections: One to each side's server, in the snapshot; may be the same.
    /// - Returns: ``whole`` where the sides are small, are no tables with an index on the key, or nothing is known, or where
    ///   rows do not lie in the order of the key, so that reading by an index would read each page many times.
    /// - Throws: A ``PostgresError`` if the statistics cannot be read.
    static func plan(
        _ schema: DiffSchema, left: Relation?, right: Relation?,
        on connections: (left: Connection, right: Connection)
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
        guard let own = try await connections.left.rows(statistics(left, key.left.name)).first,
            let other = try await connections.right.rows(statistics(right, key.right.name)).first,
            let correlation = own[0].flatMap(Double.init), let second = other[0].flatMap(Double.init),
            min(correlation, second) >= leastCorrelation, let bounds = own[1], try own.integer(2) > 2
        else { return whole }
        let count = min(try own.integer(2) - 1, max(2, Int(rows / rowsPerSegment)))
        // The server picks: elements of its array are texts that it reads itself.
        let cuts = try await connections.left.rows(
            """
            SELECT DISTINCT (\(bind: bounds)::pg_catalog.text[])[1 + (\(bind: try own.integer(2) - 1) * i) / \(bind: count)], i
            FROM pg_catalog.generate_series(1, \(bind: count - 1)) AS i ORDER BY i
            """)
        var edges: [String] = []
        for case let edge? in cuts.map({ $0[0] }) where edges.last != edge { edges.append(edge) }
        return DiffSegments(edges: edges)
    }
}

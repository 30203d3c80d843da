import Comparison
import Postgres

/// Looks again at rows that differed: what is on its way from one server to the other differs for a moment only.
struct Recheck: Sendable {
    let schema: DiffSchema
    let queries: (left: StreamQuery, right: StreamQuery)
    let sides: (left: ServerSide, right: ServerSide)

    /// Rows that are looked at at once.
    private static let batchSize = 200

    /// Which rows still differ now.
    ///
    /// - Parameter rows: Rows as they differed before.
    /// - Returns: Those that still do, as they were before.
    /// - Throws: What a server says.
    func persisting(_ rows: [DiffRow]) async throws -> [DiffRow] {
        try await sides.left.withPresent { left in
            try await sides.right.withPresent { right in
                var persisting: [DiffRow] = []
                for start in stride(from: 0, to: rows.count, by: Self.batchSize) {
                    let batch = Array(rows[start..<min(rows.count, start + Self.batchSize)])
                    let keys = batch.map(\.identity)
                    let (one, two) = (
                        try await left.rowsByPosition(queries.left.rows(of: keys)),
                        try await right.rowsByPosition(queries.right.rows(of: keys))
                    )
                    let changes = try await ServerDiffTally.changes(
                        schema, left: one, right: two, judge: left.judge)
                    persisting += batch.enumerated().filter { position, _ in
                        let (own, other) = (one[String(position)], two[String(position)])
                        return (own == nil) != (other == nil) || changes.differing[position] != nil
                    }.map(\.element)
                }
                return persisting
            }
        }
    }
}

import Comparison
import Postgres
import StructuredSQL

extension Connection {
    /// The rows of a statement of ``StreamQuery/rows(of:)``, by the position of their key.
    nonisolated func rowsByPosition(_ statement: SQL) async throws -> [String: Row] {
        Dictionary(
            try await rows(statement).map { ($0[0] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Says of a column's values on both sides whether they differ by more than their tolerance.
    nonisolated func judge(_ pair: ColumnPair, _ left: [String?], _ right: [String?]) async throws -> [Bool] {
        try await rows(pair.judging(left, right)).map { $0[0] == "t" }
    }
}

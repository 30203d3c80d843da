import Comparison

/// Differing rows that wait until they were looked at again; too many of them go out as they are.
actor HeldRows {
    static let limit = 10_000

    private let sink: @Sendable (DiffRow) async throws -> Void
    private(set) var rows: [DiffRow] = []
    private(set) var isReleased = false

    init(_ sink: @escaping @Sendable (DiffRow) async throws -> Void) {
        self.sink = sink
    }

    func take(_ row: DiffRow) async throws {
        guard !isReleased else { return try await sink(row) }
        rows.append(row)
        if rows.count > Self.limit { try await release(rows) }
    }

    func release(_ rows: [DiffRow]) async throws {
        isReleased = true
        for row in rows { try await sink(row) }
    }
}

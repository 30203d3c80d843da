import Catalog
import Checks
package import Comparison
import ExactJSON
package import Postgres
import StructuredSQL

/// Compares two relations of two servers: keys and hashes of both stream by in the order of the key, and rows are fetched
/// only where they differ.
///
/// Memory is bounded whatever the size: a piece of each stream, a batch of keys, and the rows that are shown.
package struct ServerDiffRunner: Sendable {
    private let left: ConnectionSettings
    private let right: ConnectionSettings
    private let context: TableDiffRunner.Context

    /// - Parameters:
    ///   - left: The server on the left.
    ///   - right: The server on the right; may be the same.
    ///   - context: What else is known.
    package init(left: ConnectionSettings, right: ConnectionSettings, context: TableDiffRunner.Context) {
        self.left = left
        self.right = right
        self.context = context
    }

    /// Keys whose rows are fetched at once.
    private static let batchSize = 200

    /// Compares; `sink` takes each differing row that is kept, as it comes.
    ///
    /// - Throws: A ``PostgresError`` if a server cannot be reached, `CancellationError`, or what the sink throws. What
    ///   cannot be compared is a result that is incomplete.
    package func run(
        _ diff: TableDiff, sink: @escaping @Sendable (DiffRow) async throws -> Void = { _ in }
    ) async throws -> DiffResult {
        async let one = ServerSide.open(left, context, searchPath: context.settings.searchPath)
        async let two = ServerSide.open(right, context, searchPath: context.rightSearchPath)
        let sides: (left: ServerSide, right: ServerSide)
        do {
            sides = (try await one, try await two)
        } catch {
            await (try? one)?.close()
            await (try? two)?.close()
            throw error
        }
        do {
            let result = try await compare(diff, sides, sink)
            await sides.left.close()
            await sides.right.close()
            return result
        } catch {
            await sides.left.close()
            await sides.right.close()
            if let error = error as? PostgresError, error.kind == .cancelled { throw CancellationError() }
            throw error
        }
    }

    private func compare(
        _ diff: TableDiff, _ servers: (left: ServerSide, right: ServerSide),
        _ sink: @escaping @Sendable (DiffRow) async throws -> Void
    ) async throws -> DiffResult {
        try await DiffSides.comparing(diff, by: (servers.left.reader, servers.right.reader), in: context) {
            sides, result in
            result.isAcrossServers = true
            let (inputs, masking) = (sides.inputs, TableDiffRunner.Context.masking(by: sides.rules))
            let queries = (
                left: StreamQuery(sides.schema, .left, inputs.left, masking: masking),
                right: StreamQuery(sides.schema, .right, inputs.right, masking: masking)
            )
            try await requireEqualHashes(servers)
            try await merge(queries, servers, into: &result, sink)
        }
    }

    /// Sees that both servers hash alike.
    private func requireEqualHashes(_ sides: (left: ServerSide, right: ServerSide)) async throws {
        let one = try await sides.left.stream.row(RowHash.handshake).text(0)
        let two = try await sides.right.stream.row(RowHash.handshake).text(0)
        guard one == two else {
            throw PostgresError(.client, "the servers have other hash functions: their rows cannot be compared by hash")
        }
    }

    // MARK: Merging

    private func merge(
        _ queries: (left: StreamQuery, right: StreamQuery), _ sides: (left: ServerSide, right: ServerSide),
        into result: inout DiffResult, _ sink: @escaping @Sendable (DiffRow) async throws -> Void
    ) async throws {
        var tally = ServerDiffTally(schema: result.schema, keep: result.diff.keep, sink: sink)
        let (one, two) = (CopyBinary.sending(queries.left.stream), CopyBinary.sending(queries.right.stream))
        let (forms, limit) = (queries.left.keyForms, context.settings.clientLimit)
        tally = try await sides.left.stream.withCopyOut(one, limit: limit) { one in
            try await sides.right.stream.withCopyOut(two, limit: limit) { two in
                var merged = tally
                var (left, right) = (KeyedRows(one, keyForms: forms), KeyedRows(two, keyForms: forms))
                var (a, b) = (try await left.next(), try await right.next())
                while a != nil || b != nil {
                    if let own = a, b.map({ left.precedes(own, $0) }) ?? true {
                        merged.take(own, nil)
                        a = try await left.next()
                    } else if let other = b, a.map({ left.precedes(other, $0) }) ?? true {
                        merged.take(nil, other)
                        b = try await right.next()
                    } else if let own = a, let other = b {
                        merged.take(own, other)
                        a = try await left.next()
                        b = try await right.next()
                    }
                    if merged.pending.count >= Self.batchSize {
                        try await fetch(&merged, queries, sides)
                    }
                }
                (merged.counts.left, merged.counts.right) = (left.rowCount, right.rowCount)
                try await fetch(&merged, queries, sides)
                return merged
            }
        }
        if !result.schema.key.isEmpty { try await countNullKeys(&tally, queries, sides) }
        result.counts = tally.finished
        result.method =
            (result.schema.key.isEmpty
                ? "hashes of every row" : "keys and hashes by \(result.schema.key.map(\.name).joined(separator: ", "))")
            + ", two servers seen \(sides.left.gap(to: sides.right)) apart"
        guard tally.finished.addUp else {
            result.counts = nil
            result.problems.append("the totals do not add up: a side gave other rows when it was asked again")
            return
        }
        result.sample = tally.sample.sorted { $0.precedes($1) }
    }

    private func countNullKeys(
        _ tally: inout ServerDiffTally, _ queries: (left: StreamQuery, right: StreamQuery),
        _ sides: (left: ServerSide, right: ServerSide)
    ) async throws {
        func hashes(_ query: StreamQuery, _ side: ServerSide) async throws -> [Int: Int] {
            guard !query.hasProvenKey else { return [:] }
            return try await side.stream.rows(query.nullKeys).reduce(into: [:]) { counts, row in
                counts[try row.integer(0), default: 0] += try row.integer(1)
            }
        }
        let (left, right) = (try await hashes(queries.left, sides.left), try await hashes(queries.right, sides.right))
        tally.counts.nullKeysLeft = left.values.reduce(0, +)
        tally.counts.nullKeysRight = right.values.reduce(0, +)
        tally.counts.left += tally.counts.nullKeysLeft
        tally.counts.right += tally.counts.nullKeysRight
        tally.counts.unmatchedLeft += left.reduce(0) { $0 + max(0, $1.value - right[$1.key, default: 0]) }
        tally.counts.unmatchedRight += right.reduce(0) { $0 + max(0, $1.value - left[$1.key, default: 0]) }
    }

    /// Fetches the rows of the keys that wait, and says what differs in them.
    private func fetch(
        _ tally: inout ServerDiffTally, _ queries: (left: StreamQuery, right: StreamQuery),
        _ sides: (left: ServerSide, right: ServerSide)
    ) async throws {
        let pending = tally.pending
        guard !pending.isEmpty else { return }
        let statements = (queries.left.rows(of: pending.map(\.key)), queries.right.rows(of: pending.map(\.key)))
        async let one = sides.left.fetching.rows(statements.0)
        async let two = sides.right.fetching.rows(statements.1)
        let (left, right) = (try await one, try await two)
        try await tally.settle(
            left: Dictionary(left.map { ($0[0] ?? "", $0) }, uniquingKeysWith: { first, _ in first }),
            right: Dictionary(right.map { ($0[0] ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        ) { pair, own, other in
            try await sides.left.fetching.rows(pair.judging(own, other)).map { $0[0] == "t" }
        }
    }
}

/// A server of one side: a connection for the stream, and one for rows, in one snapshot.
struct ServerSide: Sendable {
    let stream: Connection
    let fetching: Connection
    let takenAt: Timestamp
    let reader: SideReader

    static func open(
        _ server: ConnectionSettings, _ context: TableDiffRunner.Context, searchPath: [String]
    ) async throws -> ServerSide {
        var settings = context.settings
        settings.searchPath = searchPath
        let stream = try await Connection.open(server)
        do {
            let (snapshot, _) = try await SnapshotSession.begin(on: stream, settings: settings, exports: true)
            try await WindowError.requireInstants(context.window, slot: nil, on: stream)
            let fetching = try await Connection.open(server)
            do {
                try await SnapshotSession.join(snapshot, on: fetching, settings: settings)
            } catch {
                await fetching.close()
                throw error
            }
            return ServerSide(
                stream: stream, fetching: fetching, takenAt: snapshot.takenAt,
                reader: SideReader(connection: stream, searchPath: searchPath))
        } catch {
            await stream.close()
            throw error
        }
    }

    func close() async {
        await stream.close()
        await fetching.close()
    }

    /// How far the instants of two snapshots are apart, by the servers' clocks.
    func gap(to other: ServerSide) -> String {
        "\(abs(takenAt.microseconds - other.takenAt.microseconds) / 1000) ms"
    }
}

import Catalog
import Checks
package import Comparison
package import Postgres
import StructuredSQL

/// Compares two relations of two servers: what a ``TransferMethod`` sends streams by in the order of the key, range by range,
/// and rows are fetched only where they differ.
///
/// Memory is bounded whatever the size: per range under way a piece of each stream and a batch of keys, and the rows that are
/// shown.
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

    /// Compares; `sink` takes each differing row that is kept, as it comes.
    ///
    /// - Throws: A ``PostgresError`` if a server cannot be reached, `CancellationError`, or what the sink throws. What
    ///   cannot be compared is a result that is incomplete.
    package func run(
        _ diff: TableDiff, sink: @escaping @Sendable (DiffRow) async throws -> Void = { _ in }
    ) async throws -> DiffResult {
        let sides = try await ServerSide.open(left, right, context)
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
            result.takenAt = servers.left.takenAt.text
            let masking = TableDiffRunner.Context.masking(by: sides.rules)
            let queries = (
                left: StreamQuery(sides.schema, .left, sides.inputs.left, masking: masking),
                right: StreamQuery(sides.schema, .right, sides.inputs.right, masking: masking)
            )
            try await requireEqualHashes(servers)
            let begun = try await begin(sides, queries, servers, &result)
            let held = diff.recheck == nil ? nil : HeldRows(sink)
            let all = try await compareRanges(begun, sides, queries, servers, &result) { row in
                if let held { try await held.take(row) } else { try await sink(row) }
            }
            try await finish(all, queries, servers, &result)
            if result.counts != nil, let delay = diff.recheck, let held {
                try await recheck(held, after: delay, queries, servers, &result)
            }
        }
    }

    /// Sees that both servers hash alike.
    private func requireEqualHashes(_ sides: (left: ServerSide, right: ServerSide)) async throws {
        let one = try await sides.left.connection.row(RowHash.handshake).text(0)
        let two = try await sides.right.connection.row(RowHash.handshake).text(0)
        guard one == two else {
            throw PostgresError(.client, "the servers have other hash functions: their rows cannot be compared by hash")
        }
    }

    // MARK: Beginning

    /// What is to be done: anew, or what an earlier try left to do.
    private func begin(
        _ sides: DiffSides, _ queries: (left: StreamQuery, right: StreamQuery),
        _ servers: (left: ServerSide, right: ServerSide), _ result: inout DiffResult
    ) async throws -> Checkpoint.Begun {
        let fingerprint = sides.fingerprint(
            of: result.diff, window: context.window,
            places: [try await servers.left.place, try await servers.right.place])
        let name = result.diff.name
        if let earlier = await context.checkpoint?.begun(name, fingerprint: fingerprint) {
            if !earlier.records.isEmpty {
                result.notes.append(
                    "\(earlier.records.count) of \(earlier.edges.count + 1) ranges are from an earlier try, as of \(earlier.takenAt)"
                )
            }
            return earlier
        }
        let choice = try await TransferProbe(queries: queries, sides: servers).choose(sides, wanted: result.diff.method)
        if let reason = choice.reason { result.notes.append(reason) }
        if let wanted = result.diff.method, wanted != choice.method {
            result.notes.append("\(wanted.rawValue) take a key that a constraint proves on both sides")
        }
        let segments = try await DiffSegments.plan(
            sides.schema, left: sides.left.relation, right: sides.right.relation,
            on: (servers.left.connection, servers.right.connection))
        let begun = Checkpoint.Begun(
            method: choice.method, edges: segments.edges, takenAt: servers.left.takenAt.text, records: [])
        try await context.checkpoint?.begin(name, fingerprint: fingerprint, begun)
        return begun
    }

    // MARK: Ranges

    private func compareRanges(
        _ begun: Checkpoint.Begun, _ sides: DiffSides, _ queries: (left: StreamQuery, right: StreamQuery),
        _ servers: (left: ServerSide, right: ServerSide), _ result: inout DiffResult,
        _ sink: @escaping @Sendable (DiffRow) async throws -> Void
    ) async throws -> [RangeRecord] {
        let (schema, diff, context) = (result.schema, result.diff, context)
        let gate = KeepGate(diff.keep ?? .max)
        let keeping: @Sendable (DiffRow) async throws -> Void = { if gate.takesOne() { try await sink($0) } }
        let work = RangeDiff(
            queries: queries, sides: servers, method: begun.method, limit: context.settings.clientLimit,
            progress: { context.observe(.read($0)) })
        if begun.method == .rows, context.checkpoint == nil,
            let record = try await compareHeaps(sides, work, &result, keeping)
        {
            return [record]
        }
        let ranges =
            schema.key.isEmpty ? [DiffQuery.KeyRange()] : DiffSegments(edges: begun.edges).ranges(of: schema)
        // Rows that an earlier try found are among what comes out.
        for row in begun.records.flatMap(\.rows) { try await keeping(row) }
        let compared = Set(begun.records.map(\.range))
        context.observe(.ranges(ranges.count, rows: sides.estimatedRowCount))
        for record in begun.records {
            context.observe(.read(record.counts.left + record.counts.right))
            context.observe(.rangeEnded)
        }
        let waiting = ranges.enumerated().filter { !compared.contains($0.offset) }.map { (number: $0, range: $1) }
        let records = try await concurrently(waiting, atMost: context.settings.jobs) { number, range in
            try await context.waitForLoad(on: servers)
            // What a record keeps is what a later try shows.
            let tally = ServerDiffTally(
                schema: schema, keep: diff.keep,
                sampleSize: context.checkpoint == nil ? TableDiffRunner.sampleSize : .max, sink: keeping)
            let found = try await work.run(range, into: tally)
            let record = RangeRecord(range: number, counts: found.finished, rows: found.sample)
            try await context.checkpoint?.record(record, of: diff.name)
            context.observe(.rangeEnded)
            return record
        }
        result.method =
            Self.describe(begun.method, schema.key.map(\.name))
            + (ranges.count > 1 ? ", in \(ranges.count) ranges" : "")
            + ", two servers seen \(servers.left.gap(to: servers.right)) apart"
        return begun.records + records
    }

    /// Compares whole rows as they lie; `nil` where the tables do not lie alike.
    private func compareHeaps(
        _ sides: DiffSides, _ work: RangeDiff, _ result: inout DiffResult,
        _ keeping: @escaping @Sendable (DiffRow) async throws -> Void
    ) async throws -> RangeRecord? {
        guard let pages = try await HeapDiff.plan(sides, on: work.sides) else { return nil }
        let context = context
        context.observe(.ranges(pages.count, rows: sides.estimatedRowCount))
        try await context.waitForLoad(on: work.sides)
        let tally = ServerDiffTally(schema: result.schema, keep: result.diff.keep, sink: keeping)
        let heaps = HeapDiff(
            queries: work.queries, sides: work.sides, limit: work.limit, observe: context.observe)
        guard var found = try await heaps.run(pages, atMost: context.settings.jobs, into: tally) else {
            result.notes.append("the tables do not lie alike: they were read again, in the order of the key")
            return nil
        }
        try await work.fetch(&found)
        result.method =
            "whole rows as they lie, by \(result.schema.key.map(\.name).joined(separator: ", "))"
            + (pages.count > 1 ? ", in \(pages.count) ranges of pages" : "")
            + ", two servers seen \(work.sides.left.gap(to: work.sides.right)) apart"
        return RangeRecord(range: 0, counts: found.finished, rows: found.sample)
    }

    private static func describe(_ method: TransferMethod, _ key: [String]) -> String {
        guard !key.isEmpty else { return "hashes of every row" }
        let names = key.joined(separator: ", ")
        return switch method {
        case .rows: "whole rows by \(names)"
        case .hashes: "keys and hashes by \(names)"
        case .checksums: "checksums of buckets of \(names), and hashes where they differ"
        }
    }

    private func finish(
        _ records: [RangeRecord], _ queries: (left: StreamQuery, right: StreamQuery),
        _ servers: (left: ServerSide, right: ServerSide), _ result: inout DiffResult
    ) async throws {
        var counts = DiffResult.Counts()
        for record in records { counts.add(record.counts) }
        if !result.schema.key.isEmpty { try await countNullKeys(&counts, queries, servers) }
        guard counts.addUp else {
            result.problems.append("the totals do not add up: a side gave other rows when it was asked again")
            return
        }
        result.counts = counts
        let limit = min(result.diff.keep ?? .max, TableDiffRunner.sampleSize)
        result.sample = Array(records.flatMap(\.rows).sorted { $0.precedes($1) }.prefix(limit))
    }

    private func countNullKeys(
        _ counts: inout DiffResult.Counts, _ queries: (left: StreamQuery, right: StreamQuery),
        _ sides: (left: ServerSide, right: ServerSide)
    ) async throws {
        func hashes(_ query: StreamQuery, _ side: ServerSide) async throws -> [Int: Int] {
            guard !query.hasProvenKey else { return [:] }
            return try await side.connection.rows(query.nullKeys).reduce(into: [:]) { counts, row in
                counts[try row.integer(0), default: 0] += try row.integer(1)
            }
        }
        let (left, right) = (try await hashes(queries.left, sides.left), try await hashes(queries.right, sides.right))
        counts.nullKeysLeft = left.values.reduce(0, +)
        counts.nullKeysRight = right.values.reduce(0, +)
        counts.left += counts.nullKeysLeft
        counts.right += counts.nullKeysRight
        counts.addUnmatched(left, right)
    }

    // MARK: Looking again

    private func recheck(
        _ held: HeldRows, after delay: Duration, _ queries: (left: StreamQuery, right: StreamQuery),
        _ servers: (left: ServerSide, right: ServerSide), _ result: inout DiffResult
    ) async throws {
        let rows = await held.rows
        guard !rows.isEmpty else { return }
        guard await !held.isReleased else {
            result.notes.append(
                "more than \(HeldRows.limit) rows differ: none of them was looked at again")
            return
        }
        context.observe(.waiting("looking again at \(rows.count) rows in \(delay.text)"))
        try await Task.sleep(for: delay)
        context.observe(.waiting(nil))
        let persisting = try await Recheck(schema: result.schema, queries: queries, sides: servers).persisting(rows)
        result.counts?.vanished = rows.count - persisting.count
        result.sample = persisting.sorted { $0.precedes($1) }
        result.notes.append(
            "\(rows.count) differing rows were looked at again after \(delay.text): \(persisting.count) still differ")
        try await held.release(persisting)
    }
}

import Comparison
import Postgres
import StructuredSQL

/// Compares the rows of one range of the key, which two servers send in its order.
struct RangeDiff: Sendable {
    let queries: (left: StreamQuery, right: StreamQuery)
    let sides: (left: ServerSide, right: ServerSide)
    let method: TransferMethod
    let limit: Duration?
    /// Told of rows as they are read, of both sides.
    let progress: @Sendable (Int) -> Void

    /// Keys whose rows are fetched at once.
    private static let batchSize = 200

    /// Compares, and adds what is found to a tally.
    func run(_ range: DiffQuery.KeyRange, into tally: ServerDiffTally) async throws -> ServerDiffTally {
        var tally = tally
        var buckets: [Int]?
        if method == .checksums {
            buckets = try await unequalBuckets(range, &tally)
            guard buckets?.isEmpty == false else { return tally }
        }
        let method = method == .rows ? TransferMethod.rows : .hashes
        let statements = (
            CopyBinary.sending(queries.left.stream(method, in: range, buckets: buckets)),
            CopyBinary.sending(queries.right.stream(method, in: range, buckets: buckets))
        )
        let beginning = tally
        return try await sides.left.streams.withConnection { left in
            try await sides.right.streams.withConnection { right in
                try await left.withCopyOut(statements.0, limit: limit) { one in
                    try await right.withCopyOut(statements.1, limit: limit) { two in
                        var tally = beginning
                        switch method {
                        case .rows: try await mergeRows(one, two, into: &tally)
                        case .hashes, .checksums: try await mergeHashes(one, two, into: &tally)
                        }
                        try await fetch(&tally)
                        return tally
                    }
                }
            }
        }
    }

    // MARK: Methods

    private func mergeRows(_ one: CopyReader, _ two: CopyReader, into tally: inout ServerDiffTally) async throws {
        var merge = RowMerge(one, two, keyForms: queries.left.keyForms) { progress($0) }
        while let difference = try await merge.next() {
            tally.take(difference)
            if tally.pending.count >= Self.batchSize { try await fetch(&tally) }
        }
        tally.counts.identical += merge.identical
        tally.counts.left += merge.rowCounts.left
        tally.counts.right += merge.rowCounts.right
    }

    private func mergeHashes(_ one: CopyReader, _ two: CopyReader, into tally: inout ServerDiffTally) async throws {
        let forms = queries.left.keyForms
        var (left, right) = (KeyedRows(one, keyForms: forms), KeyedRows(two, keyForms: forms))
        var (a, b) = (try await left.next(), try await right.next())
        var told = 0
        while a != nil || b != nil {
            if let own = a, b.map({ left.precedes(own, $0) }) ?? true {
                tally.take(own, nil)
                a = try await left.next()
            } else if let other = b, a.map({ left.precedes(other, $0) }) ?? true {
                tally.take(nil, other)
                b = try await right.next()
            } else if let own = a, let other = b {
                tally.take(own, other)
                a = try await left.next()
                b = try await right.next()
            }
            if tally.pending.count >= Self.batchSize { try await fetch(&tally) }
            let read = left.rowCount + right.rowCount
            if read - told >= 20_000 {
                progress(read - told)
                told = read
            }
        }
        progress(left.rowCount + right.rowCount - told)
        tally.counts.left += left.rowCount
        tally.counts.right += right.rowCount
    }

    /// The buckets whose rows are not the same; those of the others are counted.
    private func unequalBuckets(_ range: DiffQuery.KeyRange, _ tally: inout ServerDiffTally) async throws -> [Int] {
        let statements = (queries.left.checksums(in: range), queries.right.checksums(in: range))
        async let one = Self.checksums(statements.0, sides.left)
        async let two = Self.checksums(statements.1, sides.right)
        let (left, right) = (try await one, try await two)
        var unequal: [Int] = []
        var equal = 0
        for (bucket, own) in left {
            if right[bucket] == own { equal += own.rows } else { unequal.append(bucket) }
        }
        unequal += right.keys.filter { left[$0] == nil }
        tally.counts.left += equal
        tally.counts.right += equal
        tally.counts.identical += equal
        progress(2 * equal)
        return unequal.sorted()
    }

    /// What a bucket comes to.
    private struct Checksum: Equatable {
        var rows: Int
        /// A whole number of any length.
        var sum: String
    }

    private static func checksums(_ statement: SQL, _ side: ServerSide) async throws -> [Int: Checksum] {
        try await side.streams.withConnection { connection in
            try await connection.rows(statement).reduce(into: [:]) { buckets, row in
                buckets[try row.integer(0)] = Checksum(rows: try row.integer(1), sum: try row.text(2))
            }
        }
    }

    // MARK: Rows

    /// Fetches the rows of the keys that wait, and says what differs in them.
    func fetch(_ tally: inout ServerDiffTally) async throws {
        while !tally.pending.isEmpty { try await fetchBatch(&tally) }
    }

    private func fetchBatch(_ tally: inout ServerDiffTally) async throws {
        let pending = tally.takePending(Self.batchSize)
        let statements = (queries.left.rows(of: pending.map(\.key)), queries.right.rows(of: pending.map(\.key)))
        async let one = sides.left.fetching.withConnection { try await $0.rowsByPosition(statements.0) }
        async let two = sides.right.fetching.withConnection { try await $0.rowsByPosition(statements.1) }
        let (left, right) = (try await one, try await two)
        try await tally.settle(pending, left: left, right: right) { pair, own, other in
            try await sides.left.fetching.withConnection { connection in
                try await connection.judge(pair, own, other)
            }
        }
    }
}

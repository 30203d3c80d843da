import Comparison
import ExactJSON
import Postgres

/// What two streams of keys and hashes come to.
struct ServerDiffTally: Sendable {
    /// A key of which rows are to be fetched.
    struct Pending: Sendable {
        var key: [[UInt8]]
        var state: DiffRow.State
    }

    private let schema: DiffSchema
    private let keep: Int
    private let sink: @Sendable (DiffRow) async throws -> Void
    var counts = DiffResult.Counts()
    private var columns: [Int]
    private var kept = 0
    private(set) var sample: [DiffRow] = []
    private(set) var pending: [Pending] = []
    /// Keys that wait, or are kept already, besides those that changed.
    private var wantedOthers = 0

    init(schema: DiffSchema, keep: Int?, sink: @escaping @Sendable (DiffRow) async throws -> Void) {
        self.schema = schema
        self.keep = keep ?? .max
        self.sink = sink
        columns = schema.columns.map { _ in 0 }
    }

    /// The counts with those by column.
    var finished: DiffResult.Counts {
        var counts = counts
        counts.columns = zip(schema.columns.map(\.name), columns).map { (name: $0, count: $1) }
        return counts
    }

    /// Takes the rows of one key.
    mutating func take(_ left: KeyedGroup?, _ right: KeyedGroup?) {
        let (n, m) = (left?.count ?? 0, right?.count ?? 0)
        if schema.key.isEmpty {
            counts.identical += min(n, m)
            counts.onlyLeft += max(0, n - m)
            counts.onlyRight += max(0, m - n)
            return
        }
        guard n < 2, m < 2 else {
            // Nobody knows which of them belong together: they are compared as a multiset.
            counts.duplicateKeysLeft += n
            counts.duplicateKeysRight += m
            var balance: [Int64: Int] = [:]
            for hash in left?.hashes ?? [] { balance[hash, default: 0] += 1 }
            for hash in right?.hashes ?? [] { balance[hash, default: 0] -= 1 }
            counts.unmatchedLeft += balance.values.reduce(0) { $0 + max(0, $1) }
            counts.unmatchedRight += balance.values.reduce(0) { $0 + max(0, -$1) }
            return
        }
        switch (left, right) {
        case (let left?, let right?) where left.hash == right.hash: counts.identical += 1
        case (let left?, _?): pending.append(Pending(key: left.key, state: .changed))
        case (let left?, nil):
            counts.onlyLeft += 1
            want(left.key, .onlyLeft)
        case (nil, let right?):
            counts.onlyRight += 1
            want(right.key, .onlyRight)
        case (nil, nil): break
        }
    }

    private mutating func want(_ key: [[UInt8]], _ state: DiffRow.State) {
        guard kept + wantedOthers < keep else { return }
        wantedOthers += 1
        pending.append(Pending(key: key, state: state))
    }

    /// Settles what waits, with the rows of each side by position; `judge` says of a column's values on both sides whether
    /// they differ by more than their tolerance.
    mutating func settle(
        left: [String: Row], right: [String: Row], judge: (ColumnPair, [String?], [String?]) async throws -> [Bool]
    ) async throws {
        let settled = pending
        pending = []
        wantedOthers = 0
        // Which columns differ, by position: exactly first, then by more than their tolerance.
        var differing: [Int: Set<Int>] = [:]
        var distant: [Int: [(position: Int, left: String?, right: String?)]] = [:]
        for (position, one) in settled.enumerated() {
            let (own, other) = (left[String(position)], right[String(position)])
            guard own != nil || one.state == .onlyRight, other != nil || one.state == .onlyLeft else { throw Self.lost }
            guard one.state == .changed, let own, let other else { continue }
            let (values, others) = (Self.document(own[3]).elements, Self.document(other[3]).elements)
            let indices = schema.columns.indices.filter { values[$0].string != others[$0].string }
            // The hashes of the streamed rows were not equal.
            guard !indices.isEmpty else { throw Self.lost }
            for index in indices {
                if schema.columns[index].tolerance == nil {
                    differing[position, default: []].insert(index)
                } else {
                    distant[index, default: []].append((position, values[index].string, others[index].string))
                }
            }
        }
        for (index, pairs) in distant {
            let verdicts = try await judge(schema.columns[index], pairs.map(\.left), pairs.map(\.right))
            for (pair, differs) in zip(pairs, verdicts) where differs {
                differing[pair.position, default: []].insert(index)
            }
        }
        for (position, one) in settled.enumerated() {
            let (own, other) = (left[String(position)], right[String(position)])
            let indices = differing[position, default: []].sorted()
            if one.state == .changed {
                guard !indices.isEmpty else {
                    // Apart by no more than their tolerance.
                    counts.identical += 1
                    continue
                }
                for index in indices { columns[index] += 1 }
                counts.changed += 1
            }
            guard kept < keep else { continue }
            kept += 1
            let row = DiffRow(
                state: one.state, key: Self.document((own ?? other)?[1]), left: own.map { Self.document($0[2]) },
                right: other.map { Self.document($0[2]) }, changed: indices.map { schema.columns[$0].name })
            if sample.count < TableDiffRunner.sampleSize { sample.append(row) }
            try await sink(row)
        }
    }

    private static let lost = PostgresError(.client, "a row that was there in the snapshot could not be fetched")

    private static func document(_ text: String?) -> JSONValue {
        text.flatMap { try? JSONValue(parsing: $0) } ?? .null
    }
}

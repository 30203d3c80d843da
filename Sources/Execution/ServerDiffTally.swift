import Comparison
import ExactJSON
import Postgres

/// What two streams of keys and hashes come to.
struct ServerDiffTally: Sendable {
    /// A key of which rows are to be fetched.
    struct Pending: Sendable {
        var key: [[UInt8]]
        var state: DiffRow.State
        /// Whether it is known that values differ; else only that they are written differently.
        var isCertain = true
    }

    private let schema: DiffSchema
    private let keep: Int
    private let sampleSize: Int
    private let sink: @Sendable (DiffRow) async throws -> Void
    var counts = DiffResult.Counts()
    private var columns: [Int]
    private var kept = 0
    private(set) var sample: [DiffRow] = []
    private(set) var pending: [Pending] = []
    /// Keys that wait, or are kept already, besides those that changed.
    private var wantedOthers = 0

    /// - Parameters:
    ///   - schema: The paired columns.
    ///   - keep: Differing rows that go to the sink, at most.
    ///   - sampleSize: How many of them stay in memory, at most.
    ///   - sink: Takes each as it comes.
    init(
        schema: DiffSchema, keep: Int?, sampleSize: Int = TableDiffRunner.sampleSize,
        sink: @escaping @Sendable (DiffRow) async throws -> Void
    ) {
        self.schema = schema
        self.keep = keep ?? .max
        self.sampleSize = sampleSize
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
            func counted(_ group: KeyedGroup?) -> [Int: Int] {
                (group?.hashes ?? []).reduce(into: [:]) { $0[Int($1), default: 0] += 1 }
            }
            counts.addUnmatched(counted(left), counted(right))
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

    /// Takes rows that are not the same in their bytes.
    mutating func take(_ difference: RowMerge.Difference) {
        switch difference.state {
        case .changed: pending.append(Pending(key: difference.key, state: .changed, isCertain: false))
        case .onlyLeft:
            counts.onlyLeft += 1
            want(difference.key, .onlyLeft)
        case .onlyRight:
            counts.onlyRight += 1
            want(difference.key, .onlyRight)
        }
    }

    /// Takes rows that are the same.
    mutating func takeIdentical(_ count: Int) { counts.identical += count }

    private mutating func want(_ key: [[UInt8]], _ state: DiffRow.State) {
        guard kept + wantedOthers < keep else { return }
        wantedOthers += 1
        pending.append(Pending(key: key, state: state))
    }

    /// Takes the first keys out of those that wait.
    mutating func takePending(_ count: Int) -> [Pending] {
        let taken = Array(pending.prefix(count))
        pending.removeFirst(taken.count)
        return taken
    }

    /// Settles some keys that waited, with the rows of each side by position; `judge` says of a column's values on both sides whether
    /// they differ by more than their tolerance.
    mutating func settle(
        _ settled: [Pending], left: [String: Row], right: [String: Row],
        judge: (ColumnPair, [String?], [String?]) async throws -> [Bool]
    ) async throws {
        for (position, one) in settled.enumerated() {
            let (own, other) = (left[String(position)], right[String(position)])
            guard own != nil || one.state == .onlyRight, other != nil || one.state == .onlyLeft else { throw Self.lost }
        }
        let changes = try await Self.changes(schema, left: left, right: right, judge: judge)
        wantedOthers -= settled.count { $0.state != .changed }
        for (position, one) in settled.enumerated() {
            let (own, other) = (left[String(position)], right[String(position)])
            let indices = (changes.differing[position] ?? []).sorted()
            if one.state == .changed {
                // The hashes of the streamed rows were not equal.
                guard !one.isCertain || changes.unequal.contains(position) else { throw Self.lost }
                guard !indices.isEmpty else {
                    // Apart by no more than their tolerance, or the same value written otherwise.
                    counts.identical += 1
                    continue
                }
                for index in indices { columns[index] += 1 }
                counts.changed += 1
            }
            guard kept < keep else { continue }
            kept += 1
            var row = DiffRow(
                state: one.state, key: Self.document((own ?? other)?[1]), left: own.map { Self.document($0[2]) },
                right: other.map { Self.document($0[2]) }, changed: indices.map { schema.columns[$0].name })
            row.identity = one.key
            if sample.count < sampleSize { sample.append(row) }
            try await sink(row)
        }
    }

    /// Says of the rows that both sides have, by position, which are not equal, and which columns differ by more than their
    /// tolerance.
    static func changes(
        _ schema: DiffSchema, left: [String: Row], right: [String: Row],
        judge: (ColumnPair, [String?], [String?]) async throws -> [Bool]
    ) async throws -> (unequal: Set<Int>, differing: [Int: Set<Int>]) {
        var unequal: Set<Int> = []
        var differing: [Int: Set<Int>] = [:]
        var distant: [Int: [(position: Int, left: String?, right: String?)]] = [:]
        for (text, own) in left {
            guard let other = right[text], let position = Int(text) else { continue }
            let (values, others) = (document(own[3]).elements, document(other[3]).elements)
            for index in schema.columns.indices where values[index].string != others[index].string {
                unequal.insert(position)
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
        return (unequal, differing)
    }

    private static let lost = PostgresError(.client, "a row that was there in the snapshot could not be fetched")

    private static func document(_ text: String?) -> JSONValue {
        text.flatMap { try? JSONValue(parsing: $0) } ?? .null
    }
}

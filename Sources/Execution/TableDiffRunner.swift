package import Catalog
package import Checks
package import Comparison
import ExactJSON
import Introspection
import Planning
package import Postgres
import StructuredSQL

/// Compares two relations of one server, in one snapshot.
package struct TableDiffRunner: Sendable {
    /// What is known of the project besides the comparison.
    package struct Context: Sendable {
        package var settings: AuditSettings
        /// Personal columns of relations.
        package var masking: [RelationName: [String: MaskingRule]]
        /// The half-open time range the comparison is about; both ends as PostgreSQL reads them.
        package var window: (from: String, to: String)?
        /// Where the right side's names are looked up; the settings have the left side's.
        package var rightSearchPath: [String]
        /// Told how far a comparison is.
        package var observe: @Sendable (DiffEvent) -> Void = { _ in }
        /// What an earlier try left; `nil` where none is to be gone on with, and nothing is to be left.
        package var checkpoint: Checkpoint?
        /// Active sessions of a server above which no further range is begun; `nil` means any number.
        package var maximumActive: Int?

        package init(
            settings: AuditSettings, masking: [RelationName: [String: MaskingRule]] = [:],
            window: (from: String, to: String)? = nil, rightSearchPath: [String]? = nil
        ) {
            self.settings = settings
            self.rightSearchPath = rightSearchPath ?? settings.searchPath
            self.masking = masking
            self.window = window
        }
    }

    private let server: ConnectionSettings
    private let context: Context

    package init(server: ConnectionSettings, context: Context) {
        self.server = server
        self.context = context
    }

    /// Differing rows that are kept in memory to be shown, at most.
    package static let sampleSize = 1000

    /// Compares; `sink` takes each differing row that is kept, as it comes.
    ///
    /// - Throws: A ``PostgresError`` if the server cannot be reached, `CancellationError`, or what the sink throws. What
    ///   cannot be compared is a result that is incomplete.
    package func run(
        _ diff: TableDiff, sink: @escaping @Sendable (DiffRow) async throws -> Void = { _ in }
    ) async throws -> DiffResult {
        let connection = try await Connection.open(server)
        do {
            let (snapshot, _) = try await SnapshotSession.begin(
                on: connection, settings: context.settings, exports: true)
            try await WindowError.requireInstants(context.window, slot: nil, on: connection)
            let server = server
            let settings = context.settings
            let others = ConnectionPool(maximum: max(1, settings.jobs)) {
                let connection = try await Connection.open(server)
                try await SnapshotSession.join(snapshot, on: connection, settings: settings)
                return connection
            }
            var result = try await compare(diff, on: connection, others, sink)
            result.takenAt = snapshot.takenAt.text
            await others.close()
            await connection.close()
            return result
        } catch {
            await connection.close()
            if let error = error as? PostgresError, error.kind == .cancelled { throw CancellationError() }
            throw error
        }
    }

    private func compare(
        _ diff: TableDiff, on connection: Connection, _ others: ConnectionPool,
        _ sink: @escaping @Sendable (DiffRow) async throws -> Void
    ) async throws -> DiffResult {
        let reader = SideReader(connection: connection, searchPath: context.settings.searchPath)
        return try await DiffSides.comparing(diff, by: (reader, reader), in: context) { sides, result in
            let inputs = sides.inputs
            let ofTwoServers = [
                diff.method.map { _ in "method" }, diff.recheck.map { _ in "recheck" },
                context.checkpoint.map { _ in "--resume" },
            ].compactMap(\.self)
            if !ofTwoServers.isEmpty {
                result.notes.append(
                    "one server sees one instant: \(ofTwoServers.joined(separator: ", ")) changed nothing")
            }
            let query = DiffQuery(
                sides.schema, left: inputs.left, right: inputs.right, masking: Context.masking(by: sides.rules))
            let segments =
                query.hasProvenKeys
                ? try await DiffSegments.plan(
                    sides.schema, left: sides.left.relation, right: sides.right.relation, on: (connection, connection))
                : .whole
            let ranges = sides.schema.key.isEmpty ? [DiffQuery.KeyRange()] : segments.ranges(of: sides.schema)
            context.observe(.ranges(ranges.count, rows: sides.estimatedRowCount))
            try await count(query, ranges, of: &result, on: connection, others, sink)
        }
    }

    // MARK: Counting

    private func count(
        _ query: DiffQuery, _ ranges: [DiffQuery.KeyRange], of result: inout DiffResult, on connection: Connection,
        _ others: ConnectionPool,
        _ sink: @escaping @Sendable (DiffRow) async throws -> Void
    ) async throws {
        var counts = DiffResult.Counts()
        let names = result.schema.columns.map(\.name)
        let keep = result.diff.keep
        let gate = KeepGate(keep ?? .max)
        let sink: @Sendable (DiffRow) async throws -> Void = { if gate.takesOne() { try await sink($0) } }
        guard !result.schema.key.isEmpty else {
            let row = try await connection.row(query.multisetCounts)
            (counts.left, counts.right) = (try row.integer(0), try row.integer(1))
            counts.identical = try row.integer(2)
            (counts.onlyLeft, counts.onlyRight) = (try row.integer(3), try row.integer(4))
            if counts.differ {
                let tally = try await stream(
                    query.multisetDifferences(nil, keep: keep), names, keep, on: connection, sink)
                result.sample = tally.sample
            }
            result.method = "all columns of every row, without a key"
            return try finish(counts, &result)
        }
        // Where keys are proven nothing depends on the census: it goes on beside the join.
        async let left = Self.census(query, of: .left, on: others)
        async let right = Self.census(query, of: .right, on: others)
        let aside =
            query.hasProvenKeys
            ? DiffQuery.SetAside()
            : DiffQuery.SetAside(
                hasNullKeys: try await left.nulls + right.nulls > 0,
                hasDuplicateKeys: try await left.duplicates + right.duplicates > 0)
        let tally: Tally
        if ranges.count == 1 {
            tally = try await stream(query.differences(without: aside, keep: keep), names, keep, on: connection, sink)
        } else {
            tally = try await concurrently(ranges, atMost: context.settings.jobs) { range in
                try await others.withConnection { connection in
                    try await SnapshotSession.rewind(connection)
                    _ = try await connection.rows(SnapshotSession.setting("enable_hashjoin", "off"))
                    let tally = try await stream(
                        query.differences(without: aside, in: range, keep: keep), names, keep, on: connection, sink)
                    context.observe(.rangeEnded)
                    return tally
                }
            }.reduce(into: Tally(columns: names.map { _ in 0 })) { $0.add($1, keep: keep ?? .max) }
        }
        (counts.changed, counts.onlyLeft, counts.onlyRight) = (tally.changed, tally.onlyLeft, tally.onlyRight)
        counts.columns = zip(names, tally.columns).map { (name: $0, count: $1) }
        result.sample = tally.sample
        (counts.left, counts.right) = try await (left.rows, right.rows)
        if !aside.isEmpty {
            let row = try await connection.row(query.asideCounts(aside))
            (counts.duplicateKeysLeft, counts.duplicateKeysRight) = (try row.integer(0), try row.integer(1))
            (counts.nullKeysLeft, counts.nullKeysRight) = (try row.integer(2), try row.integer(3))
            (counts.unmatchedLeft, counts.unmatchedRight) = (try row.integer(4), try row.integer(5))
            let differing = tally.changed + tally.onlyLeft + tally.onlyRight
            if counts.unmatchedLeft + counts.unmatchedRight > 0, differing < keep ?? .max {
                let rest = keep.map { $0 - differing }
                result.sample += try await stream(
                    query.multisetDifferences(aside, keep: rest), names, rest, on: connection, sink
                ).sample
            }
        }
        counts.identical =
            counts.left - counts.changed - counts.onlyLeft - counts.duplicateKeysLeft - counts.nullKeysLeft
        result.method =
            "one full join by \(result.schema.key.map(\.name).joined(separator: ", "))"
            + (ranges.count > 1 ? ", in \(ranges.count) ranges of it" : "")
        try finish(counts, &result)
    }

    private func finish(_ counts: DiffResult.Counts, _ result: inout DiffResult) throws {
        result.counts = counts
        guard counts.addUp else {
            result.counts = nil
            result.sample = []
            result.problems.append(
                "the totals do not add up: the key is not what a constraint says, or a view gives other rows each time")
            return
        }
        result.sample.sort { $0.precedes($1) }
    }

    private static func census(
        _ query: DiffQuery, of side: DiffQuery.Side, on pool: ConnectionPool
    ) async throws -> (rows: Int, nulls: Int, duplicates: Int) {
        try await pool.withConnection { connection in
            let row = try await connection.row(query.census(of: side))
            return (try row.integer(0), try row.integer(1), try row.integer(2))
        }
    }

    // MARK: Rows

    /// What a stream of differences comes to.
    private struct Tally {
        var changed = 0
        var onlyLeft = 0
        var onlyRight = 0
        var columns: [Int]
        var sample: [DiffRow] = []

        mutating func add(_ other: Tally, keep: Int) {
            changed += other.changed
            onlyLeft += other.onlyLeft
            onlyRight += other.onlyRight
            for index in columns.indices { columns[index] += other.columns[index] }
            sample += other.sample.prefix(max(0, min(keep, TableDiffRunner.sampleSize) - sample.count))
        }
    }

    private func stream(
        _ statement: SQL, _ names: [String], _ keep: Int?, on connection: Connection,
        _ sink: @escaping @Sendable (DiffRow) async throws -> Void
    ) async throws -> Tally {
        var tally = Tally(columns: Array(repeating: 0, count: names.count))
        var kept = 0
        try await connection.withCopyOut(CopyBinary.sending(statement), limit: context.settings.clientLimit) { pieces in
            while let bytes = try await pieces.next() {
                var reader = CopyBinary.Reader()
                reader.skipHeader(of: bytes)
                while reader.fieldCount(in: bytes) != nil {
                    var fields: [Range<Int>] = []
                    for _ in 0..<5 {
                        guard let field = reader.field(in: bytes) else {
                            throw PostgresError(.client, "a differing row came in pieces")
                        }
                        fields.append(field)
                    }
                    var changed: [String] = []
                    let state: DiffRow.State
                    switch bytes[fields[0]].first {
                    case UInt8(ascii: "<"):
                        state = .onlyLeft
                        tally.onlyLeft += 1
                    case UInt8(ascii: ">"):
                        state = .onlyRight
                        tally.onlyRight += 1
                    default:
                        state = .changed
                        tally.changed += 1
                        for (index, bit) in bytes[fields[1]].enumerated() where bit == UInt8(ascii: "1") {
                            tally.columns[index] += 1
                            changed.append(names[index])
                        }
                    }
                    guard kept < keep ?? .max else { continue }
                    kept += 1
                    func document(_ field: Range<Int>) throws -> JSONValue? {
                        guard !field.isEmpty else { return nil }
                        let text = bytes[field].withUnsafeBytes { String(serverText: $0, backslash: #"\\"#) }
                        return try? JSONValue(parsing: text)
                    }
                    let row = DiffRow(
                        state: state, key: try document(fields[2]) ?? .null, left: try document(fields[3]),
                        right: try document(fields[4]), changed: changed)
                    if tally.sample.count < Self.sampleSize { tally.sample.append(row) }
                    try await sink(row)
                }
            }
        }
        return tally
    }
}

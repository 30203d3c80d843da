import Catalog
import Comparison
import Postgres
import StructuredSQL
import Synchronization

/// Compares whole rows of two tables as they lie, where they lie alike: reading a table from one end to the other is the
/// least a server can do.
///
/// A row that the other side does not have at the same place waits for its partner. Where too many wait, or too many rows
/// differ, the tables do not lie alike, and nothing is said: then they are read in the order of the key.
struct HeapDiff: Sendable {
    /// Pages of both tables that are read together; without a bound a range has no end there.
    struct Pages: Sendable {
        var left: (from: Int?, to: Int?)
        var right: (from: Int?, to: Int?)
    }

    let queries: (left: StreamQuery, right: StreamQuery)
    let sides: (left: ServerSide, right: ServerSide)
    let limit: Duration?
    /// Told how far it is.
    let observe: @Sendable (DiffEvent) -> Void

    /// Rows that wait, or that differ, at most, in all ranges together, and their bytes.
    private static let (patience, patientBytes) = (20_000, 16 << 20)
    /// Rows of a range, about.
    private static let rowsPerRange = 500_000.0
    /// Correlation of the key's order with that of the heap from which on tables may lie alike.
    private static let leastCorrelation = 0.99

    /// Which pages to read together; `nil` where the tables are no tables, are small, or do not lie in the order of their keys.
    static func plan(
        _ relations: DiffSides, on sides: (left: ServerSide, right: ServerSide)
    ) async throws -> [Pages]? {
        guard let key = relations.schema.key.first, let left = relations.left.relation,
            let right = relations.right.relation, let rows = left.estimatedRowCount, rows >= rowsPerRange,
            let one = try await pages(of: left, key.left.name, on: sides.left.connection),
            let two = try await pages(of: right, key.right.name, on: sides.right.connection)
        else { return nil }
        let count = max(1, Int(rows / rowsPerRange))
        func edge(_ pages: Int, _ index: Int) -> Int? { (1..<count).contains(index) ? pages * index / count : nil }
        return (0..<count).map { index in
            Pages(
                left: (edge(one, index), edge(one, index + 1)), right: (edge(two, index), edge(two, index + 1)))
        }
    }

    /// The pages of a table that lies in the order of a column.
    private static func pages(of relation: Relation, _ column: String, on connection: Connection) async throws -> Int? {
        // Ranges of pages are scans of their own from PostgreSQL 14 on.
        guard await connection.serverVersion >= 140_000 else { return nil }
        let name = relation.name.sql
        let rows = try await connection.rows(
            """
            SELECT pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::pg_catalog.int8
            FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_am AS m ON m.oid = c.relam AND m.amname = 'heap'
            JOIN pg_catalog.pg_stats AS s ON s.schemaname = \(bind: relation.name.schema) AND s.tablename = c.relname
                AND s.attname = \(bind: column) AND NOT s.inherited AND s.correlation >= \(bind: "\(leastCorrelation)")::pg_catalog.float8
            WHERE c.oid = \(bind: name.literalText)::pg_catalog.regclass AND c.relkind = 'r'
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS i WHERE i.inhparent = c.oid)
            """)
        return try rows.first?.integer(0)
    }

    /// What a range comes to.
    private struct Found: Sendable {
        var identical = 0
        var counts = (left: 0, right: 0)
        var changed: [[[UInt8]]] = []
        /// Rows that wait for their partner, by key.
        var left: [[[UInt8]]: [UInt8]] = [:]
        var right: [[[UInt8]]: [UInt8]] = [:]

        /// Takes what is apart.
        ///
        /// - Returns: By how many rows and bytes more, or less, wait or differ.
        mutating func take(_ apart: RowMerge.Apart) -> (rows: Int, bytes: Int) {
            switch apart {
            case .changed(let key):
                changed.append(key)
                return (1, 0)
            case .alone(let row, let isLeft): return take(row, isLeft: isLeft)
            }
        }

        /// Takes a row that waits; it waits no longer if its partner is there.
        ///
        /// - Returns: By how many rows and bytes more, or less, wait or differ.
        @discardableResult
        mutating func take(_ row: RowMerge.HeldRow, isLeft: Bool) -> (rows: Int, bytes: Int) {
            if let partner = isLeft ? right.removeValue(forKey: row.key) : left.removeValue(forKey: row.key) {
                let isSame = partner == row.bytes
                if isSame { identical += 1 } else { changed.append(row.key) }
                return (isSame ? -1 : 0, -partner.count)
            }
            if isLeft { left[row.key] = row.bytes } else { right[row.key] = row.bytes }
            return (1, row.bytes.count)
        }

        mutating func add(_ other: Found) {
            identical += other.identical
            counts.left += other.counts.left
            counts.right += other.counts.right
            changed += other.changed
            for (key, bytes) in other.left { take((key, bytes), isLeft: true) }
            for (key, bytes) in other.right { take((key, bytes), isLeft: false) }
        }
    }

    /// Tables do not lie alike.
    private struct TooFarApart: Error {}

    /// Compares.
    ///
    /// - Parameters:
    ///   - pages: What to read together.
    ///   - width: Ranges at once.
    ///   - tally: Takes what is found.
    /// - Returns: The tally with keys of rows that are to be fetched; `nil` where the tables do not lie alike.
    /// - Throws: What a server says.
    func run(_ pages: [Pages], atMost width: Int, into tally: ServerDiffTally) async throws -> ServerDiffTally? {
        do {
            let waiting = Waiting()
            let all = try await concurrently(pages, atMost: width) { pages in
                try await compare(pages, waiting)
            }.reduce(into: Found()) { $0.add($1) }
            var tally = tally
            tally.counts.left += all.counts.left
            tally.counts.right += all.counts.right
            tally.takeIdentical(all.identical)
            let differences =
                all.changed.map { RowMerge.Difference(key: $0, state: .changed) }
                + all.left.keys.map { RowMerge.Difference(key: $0, state: .onlyLeft) }
                + all.right.keys.map { RowMerge.Difference(key: $0, state: .onlyRight) }
            for one in differences { tally.take(one) }
            return tally
        } catch is TooFarApart {
            return nil
        }
    }

    /// What waits or differs, in all ranges together.
    private final class Waiting: Sendable {
        private let sums = Mutex((rows: 0, bytes: 0))

        func add(_ rows: Int, _ bytes: Int) throws(TooFarApart) {
            let isTooMuch = sums.withLock { sums in
                sums.rows += rows
                sums.bytes += bytes
                return sums.rows > HeapDiff.patience || sums.bytes > HeapDiff.patientBytes
            }
            if isTooMuch { throw TooFarApart() }
        }
    }

    private func compare(_ pages: Pages, _ waiting: Waiting) async throws -> Found {
        let statements = (
            CopyBinary.sending(queries.left.heap(pages.left)), CopyBinary.sending(queries.right.heap(pages.right))
        )
        return try await sides.left.streams.withConnection { left in
            try await sides.right.streams.withConnection { right in
                try await left.withCopyOut(statements.0, limit: limit) { one in
                    try await right.withCopyOut(statements.1, limit: limit) { two in
                        var merge = RowMerge(one, two, keyForms: queries.left.keyForms) { observe(.read($0)) }
                        var found = Found()
                        while let apart = try await merge.nextApart() {
                            let more = found.take(apart)
                            try waiting.add(more.rows, more.bytes)
                        }
                        found.identical += merge.identical
                        found.counts = merge.rowCounts
                        observe(.rangeEnded)
                        return found
                    }
                }
            }
        }
    }
}

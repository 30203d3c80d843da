import Planning
import Postgres
import StructuredSQL
import Synchronization

/// The pieces of a large table that is read by several connections, and what they found so far.
final class PieceQueue: Sendable {
    /// One piece, on its way.
    struct Piece: Sendable {
        var statement: SQL
        var number: Int
        var noting: [Probe.ID]
    }

    private let addressed: AddressedScan
    /// Blocks of the first pieces and of later ones: the first show which checks fail too often to note every row.
    private let blocks: (first: Int, later: Int)
    private let state: Mutex<State>

    /// As many as may be on their way before the length of the table is known.
    private static let firstPieces = 4

    private struct State {
        /// Blocks of the table; the first piece that comes back says so.
        var size: Int?
        /// The file of the table that all pieces must be of.
        var fileNode: String?
        var position = 0
        var finishedBlocks = 0
        var number = 0
        var isEnded = false
        var hasFailed = false
        var failure: (error: PostgresError, statement: SQL)?
        var counts: [Int]
        /// Block and offset of each row in one number, by piece.
        var noted: [Probe.ID: [Int: [UInt64]]] = [:]
        var notedCount: [Probe.ID: Int] = [:]
        var duration = Duration.zero
    }

    init(_ addressed: AddressedScan, blocks: (first: Int, later: Int)) {
        self.addressed = addressed
        self.blocks = blocks
        state = Mutex(State(counts: Array(repeating: 0, count: addressed.scan.probes.count)))
    }

    var scan: Scan { addressed.scan }

    /// How much of the table is read, in 0...1.
    var fraction: Double {
        state.withLock { state in
            guard let size = state.size, size > 0 else { return 0 }
            return min(1, Double(state.finishedBlocks) / Double(size))
        }
    }

    /// Time of all pieces together, on whatever connection.
    var duration: Duration { state.withLock(\.duration) }

    /// The next piece to read; `nil` when there is none left, or no use in it.
    func next() -> Piece? {
        state.withLock { state in
            guard !state.hasFailed, !state.isEnded else { return nil }
            let length = state.number < Self.firstPieces ? blocks.first : blocks.later
            let from = state.position
            // Before the size is known, first pieces may begin where the table ends: they are empty then.
            let end = from + length
            let isLast = state.size.map { end >= $0 } ?? false
            if state.size == nil, state.number >= Self.firstPieces { return nil }
            state.isEnded = isLast
            state.position = end
            let noting = scan.addressLimits.sorted { $0.key < $1.key }
                .map {
                    (
                        probe: $0.key,
                        count: min($0.value, AddressedScan.maximumAddresses) - (state.notedCount[$0.key] ?? 0)
                    )
                }
                .filter { $0.count > 0 }
            defer { state.number += 1 }
            return Piece(
                statement: addressed.statement(for: (from, isLast ? nil : end), noting: noting), number: state.number,
                noting: noting.map(\.probe))
        }
    }

    /// Takes what a piece gave: counts, arrays of addresses, the file and its length.
    func take(_ cells: [String?], for piece: Piece, duration: Duration) {
        let counts = cells.prefix(scan.probes.count).map { $0.flatMap { Int($0) } }
        guard cells.count == scan.probes.count + piece.noting.count + 2, !counts.contains(nil),
            let fileNode = cells[cells.count - 2], let size = cells[cells.count - 1].flatMap({ Int($0) })
        else { return fail() }
        state.withLock { state in
            if let known = state.fileNode, known != fileNode {
                // Written anew since the first piece: its rows are elsewhere now, and may be counted twice or never.
                state.hasFailed = true
                return
            }
            state.fileNode = fileNode
            state.size = state.size ?? size
            state.duration += duration
            state.finishedBlocks += piece.number < Self.firstPieces ? blocks.first : blocks.later
            for (index, count) in counts.enumerated() { state.counts[index] += count ?? 0 }
            for (probe, cell) in zip(piece.noting, cells.dropFirst(scan.probes.count)) {
                let addresses = RowAddresses.numbers(in: cell ?? "")
                guard !addresses.isEmpty else { continue }
                state.notedCount[probe, default: 0] += addresses.count
                if state.notedCount[probe] ?? 0 < scan.addressLimits[probe] ?? 0,
                    state.notedCount[probe] ?? 0 >= AddressedScan.maximumAddresses
                {
                    // Too many to be fetched one by one: the check's rows are looked for again.
                    state.noted[probe] = nil
                } else {
                    state.noted[probe, default: [:]][piece.number] = addresses
                }
            }
        }
    }

    /// Gives up: what is found in pieces is of no use without the rest.
    func fail(_ error: PostgresError? = nil, _ statement: SQL = SQL()) {
        state.withLock { state in
            state.hasFailed = true
            if let error, state.failure == nil { state.failure = (error, statement) }
        }
    }

    /// The first error a piece met, with its statement.
    var failure: (error: PostgresError, statement: SQL)? { state.withLock(\.failure) }

    /// What all pieces together say; `nil` if one failed or is missing.
    func whole() -> (answers: [Probe.ID: ScanRunner.Answer], addresses: [Probe.ID: RowAddresses])? {
        state.withLock { state in
            guard state.isEnded, !state.hasFailed, let fileNode = state.fileNode else { return nil }
            var answers: [Probe.ID: ScanRunner.Answer] = [:]
            var addresses: [Probe.ID: RowAddresses] = [:]
            for (probe, count) in zip(scan.probes, state.counts) {
                answers[probe] = ScanRunner.Answer(
                    cells: .success([String(count)]), duration: state.duration,
                    sawRows: state.counts.contains { $0 > 0 })
                guard let limit = scan.addressLimits[probe] else { continue }
                let noted = (state.noted[probe] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
                // A check that keeps more than was noted is looked for again.
                guard noted.count >= min(count, limit) else { continue }
                addresses[probe] = RowAddresses(Array(noted.prefix(limit)), in: fileNode)
            }
            return (answers, addresses)
        }
    }
}

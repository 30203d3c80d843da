import Planning
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

    let scan: Scan
    private let addressed: AddressedScan
    /// Blocks of the first pieces and of later ones: the first show which checks fail too often to note every row.
    private let blocks: (first: Int, later: Int)
    private let state: Mutex<State>

    private static let firstPieces = 4

    private struct State {
        var hasBegun = false
        var isAsked = false
        /// Blocks of the table; unknown until the server has said.
        var size: Int?
        var position = 0
        var finishedBlocks = 0
        var number = 0
        var isEnded = false
        var hasFailed = false
        var counts: [Int]
        /// Block and offset of each row in one number, by piece.
        var noted: [Probe.ID: [Int: [UInt64]]] = [:]
        var notedCount: [Probe.ID: Int] = [:]
        var duration = Duration.zero
    }

    init(scan: Scan, addressed: AddressedScan, ignoresCosts: Bool) {
        self.scan = scan
        self.addressed = addressed
        blocks = ignoresCosts ? (1, 2) : (1024, 8192)
        state = Mutex(State(counts: Array(repeating: 0, count: scan.probes.count)))
    }

    /// Whether the caller is the first to come.
    func begin() -> Bool {
        state.withLock { state in
            defer { state.hasBegun = true }
            return !state.hasBegun
        }
    }

    /// Whether the caller is the one to ask for the size; pieces of others do not wait for the answer.
    var needsSize: Bool {
        state.withLock { state in
            defer { state.isAsked = true }
            return !state.isAsked
        }
    }

    var sizeQuestion: SQL {
        """
        SELECT pg_catalog.pg_relation_size(\(bind: addressed.relation.literalText)::pg_catalog.regclass)
            / pg_catalog.current_setting('block_size')::pg_catalog.int8
        """
    }

    /// Takes the size in blocks; `nil` if it could not be found out, and then nothing else can.
    func takeSize(_ size: Int?) {
        state.withLock { state in
            state.size = size
            if size == nil { state.hasFailed = true }
        }
    }

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
            let noting = addressed.limits.sorted { $0.key < $1.key }
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

    /// Takes what a piece gave: counts, then arrays of addresses.
    func take(_ cells: [String?], for piece: Piece, duration: Duration) {
        let counts = cells.prefix(scan.probes.count).map { $0.flatMap { Int($0) } }
        guard counts.count == scan.probes.count, cells.count == scan.probes.count + piece.noting.count,
            !counts.contains(nil)
        else { return fail() }
        state.withLock { state in
            state.duration += duration
            state.finishedBlocks += piece.number < Self.firstPieces ? blocks.first : blocks.later
            for (index, count) in counts.enumerated() { state.counts[index] += count ?? 0 }
            for (probe, cell) in zip(piece.noting, cells.dropFirst(scan.probes.count)) {
                let addresses = Self.addresses(in: cell ?? "")
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

    /// The addresses in `{"(0,1)","(0,2)"}`: pairs of numbers.
    private static func addresses(in array: String) -> [UInt64] {
        var addresses: [UInt64] = []
        var number: UInt64 = 0
        var block: UInt64 = 0
        for byte in array.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: ","): (block, number) = (number, 0)
            case UInt8(ascii: ")"):
                addresses.append(block << 16 | number)
                (block, number) = (0, 0)
            default: break
            }
        }
        return addresses
    }

    /// Gives up: what is found in pieces is of no use without the rest.
    func fail() {
        state.withLock { $0.hasFailed = true }
    }

    /// What all pieces together say; `nil` if one failed or is missing.
    func whole() -> (answers: [Probe.ID: ScanRunner.Answer], addresses: [Probe.ID: RowAddresses])? {
        state.withLock { state in
            guard state.isEnded, !state.hasFailed else { return nil }
            var answers: [Probe.ID: ScanRunner.Answer] = [:]
            var addresses: [Probe.ID: RowAddresses] = [:]
            for (probe, count) in zip(scan.probes, state.counts) {
                answers[probe] = ScanRunner.Answer(cells: .success([String(count)]), duration: state.duration)
                guard let limit = scan.addressLimits[probe] else { continue }
                let noted = (state.noted[probe] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value)
                // A check that keeps more than was noted is looked for again.
                guard noted.count >= min(count, limit) else { continue }
                addresses[probe] = RowAddresses(Array(noted.prefix(limit)))
            }
            return (answers, addresses)
        }
    }
}

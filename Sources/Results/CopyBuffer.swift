import Checks
import Glibc
import Postgres
import StructuredSQL

/// Gathers failing rows into pieces of binary COPY and sends them; a producer waits while the socket does.
///
/// Key and row go over as they came, byte for byte; what is added to each is made once per check.
actor CopyBuffer {
    private let writer: CopyWriter
    /// The runs that checks belong to, one after the other; all of one instant.
    private let runIDs: [String]
    private let observedAt: Int
    private var bytes = CopyBinary.header
    /// The fields before the ordinal, by check.
    private var heads: [Int: [UInt8]] = [:]

    /// The columns, in the order in which they are written.
    static let columns: SQL = "(run_id, check_id, ordinal, key, row, violated, observed_at)"
    private static let pieceBytes = 262_144

    init(writer: CopyWriter, runs: [RunRecord]) {
        self.writer = writer
        runIDs = runs.map(\.id)
        observedAt = runs.first?.observedAt.microseconds ?? 0
    }

    func append(_ rows: KeptRows) async throws {
        let tails = rows.violations.map(tail)
        let hasNulls = Self.mayHoldNull(rows.bytes)
        for entry in rows.entries {
            bytes.append(contentsOf: head(of: entry.check, named: rows.checks))
            CopyBinary.append(bigint: entry.ordinal, to: &bytes)
            for part in [entry.key, entry.row] {
                if hasNulls {
                    CopyBinary.append(jsonb: Self.withoutNull(rows.bytes[part]), to: &bytes)
                } else {
                    CopyBinary.append(jsonb: rows.bytes[part], to: &bytes)
                }
            }
            bytes.append(contentsOf: tails[entry.violated])
            if bytes.count >= Self.pieceBytes { try await flush() }
        }
    }

    /// Sends what is gathered, and the end.
    func finish() async throws {
        bytes += CopyBinary.trailer
        try await flush()
    }

    private func flush() async throws {
        let piece = bytes
        bytes = []
        bytes.reserveCapacity(Self.pieceBytes + 65_536)
        try await writer.write(piece)
    }

    private func head(of check: Int, named checks: [String]) -> [UInt8] {
        if let head = heads[check] { return head }
        var head: [UInt8] = []
        CopyBinary.append(Int16(7), to: &head)
        let perRun = max(1, checks.count / max(1, runIDs.count))
        CopyBinary.append(uuid: runIDs[min(check / perRun, runIDs.count - 1)], to: &head)
        CopyBinary.append(text: checks[check], to: &head)
        heads[check] = head
        return head
    }

    private func tail(_ violated: [String]) -> [UInt8] {
        var tail: [UInt8] = []
        CopyBinary.append(texts: violated, to: &tail)
        CopyBinary.append(instant: observedAt, to: &tail)
        return tail
    }

    // MARK: U+0000

    /// How JSON writes U+0000.
    private static let nullEscape = Array("\\u0000".utf8)

    private static func mayHoldNull(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { all in
            // Few rows have a backslash at all.
            var rest = UnsafeRawBufferPointer(all)
            while let start = rest.baseAddress, let found = memchr(start, Int32(nullEscape[0]), rest.count) {
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(UnsafeRawPointer(found) - start))
                if rest.starts(with: nullEscape) { return true }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
            }
            return false
        }
    }

    /// The JSON text with U+0000, which `json` can hold and `jsonb` cannot, replaced by U+FFFD.
    private static func withoutNull(_ json: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = json
        while let byte = rest.popFirst() {
            result.append(byte)
            guard byte == nullEscape[0] else { continue }
            // What follows a backslash belongs to it: a second one is no beginning.
            if rest.starts(with: nullEscape.dropFirst()) {
                result += Array("ufffd".utf8)
                rest = rest.dropFirst(nullEscape.count - 1)
            } else if let escaped = rest.popFirst() {
                result.append(escaped)
            }
        }
        return result
    }
}

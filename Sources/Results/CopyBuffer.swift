import Checks
import Glibc
import Postgres
import StructuredSQL

/// Gathers failing rows into pieces of COPY text and sends them; a producer waits while the socket does.
///
/// Key and row go over as they came, byte for byte; what is added to each is made once per check.
actor CopyBuffer {
    private let writer: CopyWriter
    private let observedAt: String
    private let runID: String
    private var bytes: [UInt8] = []
    /// The fields before the ordinal, by check.
    private var heads: [Int: [UInt8]] = [:]

    private static let pieceBytes = 262_144

    init(writer: CopyWriter, run: RunRecord) {
        self.writer = writer
        runID = run.id
        observedAt = run.observedAt.text
    }

    func append(_ rows: KeptRows) async throws {
        let tails = rows.violations.map(tail)
        let hasNulls = Self.mayHoldNull(rows.bytes)
        for entry in rows.entries {
            bytes.append(contentsOf: head(of: entry.check, named: rows.checks))
            append(decimal: entry.ordinal)
            bytes.append(CopyText.tab)
            if hasNulls {
                bytes.append(contentsOf: Self.withoutNull(rows.bytes[entry.fields]))
            } else {
                bytes.append(contentsOf: rows.bytes[entry.fields])
            }
            bytes.append(contentsOf: tails[entry.violated])
            if bytes.count >= Self.pieceBytes { try await flush() }
        }
    }

    func flush() async throws {
        guard !bytes.isEmpty else { return }
        let piece = bytes
        bytes = []
        bytes.reserveCapacity(Self.pieceBytes + 65_536)
        try await writer.write(piece)
    }

    private func head(of check: Int, named checks: [String]) -> [UInt8] {
        if let head = heads[check] { return head }
        var head: [UInt8] = []
        CopyText.append(runID, to: &head)
        head.append(CopyText.tab)
        CopyText.append(checks[check], to: &head)
        head.append(CopyText.tab)
        heads[check] = head
        return head
    }

    private func tail(_ violated: [String]) -> [UInt8] {
        var tail = [CopyText.tab]
        CopyText.append(SQLArray.text(violated), to: &tail)
        tail.append(CopyText.tab)
        CopyText.append(observedAt, to: &tail)
        tail.append(CopyText.lineEnd)
        return tail
    }

    private func append(decimal number: Int) {
        var number = number
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
            number /= 10
        } while number > 0
        bytes[start...].reverse()
    }

    // MARK: U+0000

    /// How JSON writes U+0000, after COPY doubled the backslash.
    private static let nullEscape = Array("\\\\u0000".utf8)

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

    /// The fields with U+0000, which `json` can hold and `jsonb` cannot, replaced by U+FFFD.
    private static func withoutNull(_ fields: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = fields
        while let byte = rest.first {
            // A pair of backslashes is one of JSON's; two such pairs are an escaped backslash, whatever follows.
            if byte == nullEscape[0], rest.starts(with: nullEscape) {
                result += Array("\\\\ufffd".utf8)
                rest = rest.dropFirst(nullEscape.count)
            } else if byte == nullEscape[0], rest.count > 1 {
                let length = rest.starts(with: [byte, byte, byte, byte]) ? 4 : 2
                result += rest.prefix(length)
                rest = rest.dropFirst(length)
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}

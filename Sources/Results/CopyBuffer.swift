import Checks
import Postgres
import StructuredSQL

/// Gathers failing rows into pieces of COPY text and sends them; a producer waits while the socket does.
actor CopyBuffer {
    private let writer: CopyWriter
    private let run: (id: String, observedAt: String)
    private var bytes: [UInt8] = []

    private static let pieceBytes = 65_536

    init(writer: CopyWriter, run: RunRecord) {
        self.writer = writer
        self.run = (run.id, run.observedAt.text)
    }

    func append(_ row: KeptRow) async throws {
        let fields: [String?] = [
            run.id, row.check, String(row.ordinal), row.key, row.row, SQLArray.text(row.violated), run.observedAt,
        ]
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            append(field.map { $0.contains(Self.nullEscape) ? withoutNull($0) : $0 })
        }
        bytes.append(UInt8(ascii: "\n"))
        if bytes.count >= Self.pieceBytes { try await flush() }
    }

    func flush() async throws {
        guard !bytes.isEmpty else { return }
        let piece = bytes
        bytes = []
        try await writer.write(piece)
    }

    private static let nullEscape = "\\u0000"

    /// The JSON text with U+0000, which `json` can hold and `jsonb` cannot, replaced by U+FFFD.
    private func withoutNull(_ json: String) -> String {
        json.replacing(#/(\\\\)|\\u0000/#) { $0.output.1 == nil ? "\\ufffd" : "\\\\" }
    }

    /// Escapes as COPY's text format asks: backslash, tab and line ends.
    private func append(_ field: String?) {
        guard let field else {
            bytes += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
            return
        }
        var value = field
        value.withUTF8 { text in
            // Most text has nothing to escape and goes over as it is.
            guard text.contains(where: Self.needsEscape) else { return bytes.append(contentsOf: text) }
            for byte in text {
                switch byte {
                case UInt8(ascii: "\\"): bytes += [byte, byte]
                case UInt8(ascii: "\t"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "t")]
                case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
                case UInt8(ascii: "\r"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
                default: bytes.append(byte)
                }
            }
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\") || (byte >= UInt8(ascii: "\t") && byte <= UInt8(ascii: "\r"))
    }
}

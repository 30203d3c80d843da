/// The text format of COPY: fields with a tab between them, rows on lines of their own.
///
/// Source: the manual's COPY, "Text Format".
package enum CopyText {
    package static let tab = UInt8(ascii: "\t")
    package static let lineEnd = UInt8(ascii: "\n")
    private static let backslash = UInt8(ascii: "\\")

    /// Appends a field to `bytes`, escaped; `nil` is NULL.
    package static func append(_ field: String?, to bytes: inout [UInt8]) {
        guard var field else {
            bytes += [backslash, UInt8(ascii: "N")]
            return
        }
        field.withUTF8 { text in
            // Most text has nothing to escape and goes over as it is.
            guard text.contains(where: needsEscape) else { return bytes.append(contentsOf: text) }
            for byte in text {
                switch byte {
                case backslash: bytes += [backslash, backslash]
                case tab: bytes += [backslash, UInt8(ascii: "t")]
                case lineEnd: bytes += [backslash, UInt8(ascii: "n")]
                case UInt8(ascii: "\r"): bytes += [backslash, UInt8(ascii: "r")]
                default: bytes.append(byte)
                }
            }
        }
    }

    /// The value of a field as the server writes it; `nil` for NULL.
    package static func value(_ field: ArraySlice<UInt8>) -> String? {
        guard field.contains(backslash) else { return String(decoding: field, as: UTF8.self) }
        if field.elementsEqual([backslash, UInt8(ascii: "N")]) { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.count)
        var rest = field[...]
        while let byte = rest.popFirst() {
            guard byte == backslash, let escaped = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch escaped {
            case UInt8(ascii: "b"): bytes.append(8)
            case UInt8(ascii: "t"): bytes.append(tab)
            case UInt8(ascii: "n"): bytes.append(lineEnd)
            case UInt8(ascii: "v"): bytes.append(11)
            case UInt8(ascii: "f"): bytes.append(12)
            case UInt8(ascii: "r"): bytes.append(13)
            default: bytes.append(escaped)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte == backslash || (byte >= tab && byte <= UInt8(ascii: "\r"))
    }
}

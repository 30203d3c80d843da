/// The binary format of COPY: a header, rows of fields with their lengths, and an end.
///
/// Lengths instead of separators: a field is passed on without being looked at, and the server parses no text for what is
/// a number or an instant. Source: the manual's COPY, "Binary Format"; the send and receive functions of each type.
package enum CopyBinary {
    /// `PGCOPY\n\377\r\n\0`, no flags, no extension.
    package static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF] + Array("\r\n".utf8) + [0] + .init(repeating: 0, count: 8)
    /// The field count that says that no row follows.
    package static let trailer: [UInt8] = [0xFF, 0xFF]

    // MARK: Writing

    /// Appends a whole number of two, four or eight bytes.
    package static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// Appends a `text` field.
    package static func append(text: String, to bytes: inout [UInt8]) {
        append(Int32(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends a `bigint` field.
    package static func append(bigint: Int, to bytes: inout [UInt8]) {
        append(Int32(8), to: &bytes)
        append(Int64(bigint), to: &bytes)
    }

    /// Appends a `uuid` field; `text` is 32 hexadecimal digits with or without hyphens.
    package static func append(uuid text: String, to bytes: inout [UInt8]) {
        let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue.map(UInt8.init) }
        append(Int32(16), to: &bytes)
        for index in stride(from: 0, to: 32, by: 2) { bytes.append(digits[index] << 4 | digits[index + 1]) }
    }

    /// Appends a `timestamptz` field; microseconds since 1970-01-01 00:00 UTC.
    package static func append(instant microseconds: Int, to bytes: inout [UInt8]) {
        append(bigint: microseconds - microsecondsTo2000, to: &bytes)
    }

    /// PostgreSQL counts from 2000-01-01.
    private static let microsecondsTo2000 = 946_684_800_000_000

    /// Appends a `text[]` field of one dimension.
    package static func append(texts: [String], to bytes: inout [UInt8]) {
        var field: [UInt8] = []
        append(Int32(texts.isEmpty ? 0 : 1), to: &field)
        append(Int32(0), to: &field)
        append(textType, to: &field)
        if !texts.isEmpty {
            append(Int32(texts.count), to: &field)
            append(Int32(1), to: &field)
        }
        for text in texts { append(text: text, to: &field) }
        append(Int32(field.count), to: &bytes)
        bytes += field
    }

    /// `pg_type.oid` of `text`, the same in every PostgreSQL.
    private static let textType: Int32 = 25

    /// Appends a `jsonb` field from the text of one; empty means NULL, which no JSON text is.
    package static func append(jsonb text: some Collection<UInt8>, to bytes: inout [UInt8]) {
        guard !text.isEmpty else { return append(Int32(-1), to: &bytes) }
        append(Int32(text.count + 1), to: &bytes)
        bytes.append(1)
        bytes.append(contentsOf: text)
    }

    // MARK: Reading

    /// The statement that sends the rows of a query in this format.
    ///
    /// COPY takes no parameters; every value is in the text as a quoted literal.
    package static func sending(_ query: SQL) -> SQL {
        "COPY (\(SQL(quotedByServer: query.literalText))) TO STDOUT (FORMAT binary)"
    }

    /// A whole number of as many bytes as the field has, at least one and at most eight.
    package static func integer(_ bytes: [UInt8], _ field: Range<Int>) -> Int64 {
        var number: UInt64 = bytes[field.lowerBound] & 0x80 != 0 ? .max : 0
        for index in field { number = number << 8 | UInt64(bytes[index]) }
        return Int64(bitPattern: number)
    }

    /// Reads the fields of whole rows one after the other.
    package struct Reader {
        private var position = 0

        package init() {}

        /// Whether the bytes are read to their end.
        package func isAtEnd(of bytes: [UInt8]) -> Bool { position >= bytes.count }

        /// Passes over the header, if the bytes begin with one.
        package mutating func skipHeader(of bytes: [UInt8]) {
            if position == 0, bytes.starts(with: header) { position = header.count }
        }

        /// The number of fields of the next row; `nil` if the bytes end before it or it is the end.
        package mutating func fieldCount(in bytes: [UInt8]) -> Int? {
            guard let count = number(Int16.self, in: bytes), count >= 0 else { return nil }
            return Int(count)
        }

        /// Where the next field lies; empty for NULL, `nil` if it is not there as a whole.
        package mutating func field(in bytes: [UInt8]) -> Range<Int>? {
            guard let count = number(Int32.self, in: bytes) else { return nil }
            let end = position + max(0, Int(count))
            guard end <= bytes.count else { return nil }
            defer { position = end }
            return position..<end
        }

        private mutating func number<Number: FixedWidthInteger>(_ type: Number.Type, in bytes: [UInt8]) -> Number? {
            let size = MemoryLayout<Number>.size
            guard position + size <= bytes.count else { return nil }
            defer { position += size }
            return bytes.withUnsafeBytes { Number(bigEndian: $0.loadUnaligned(fromByteOffset: position, as: type)) }
        }
    }
}

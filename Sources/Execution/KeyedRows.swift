import Comparison
import Postgres
import StructuredSQL

/// One row of a stream of keys and hashes.
struct KeyedRow {
    /// The key's columns as they came, in ``bytes``.
    var key: [ArraySlice<UInt8>]
    var hash: Int64
}

/// Rows of one side that share a key: one, where it is a key.
struct KeyedGroup {
    var key: [[UInt8]]
    var hashes: [Int64]
}

/// Reads groups of rows out of the pieces of a COPY; holds one piece and one group at a time.
struct KeyedRows {
    private let pieces: CopyReader
    private let keyForms: [KeyForm]
    private var bytes: [UInt8] = []
    private var reader = CopyBinary.Reader()
    private var isAtEnd = false
    private var ahead: KeyedRow?
    private(set) var rowCount = 0

    init(_ pieces: CopyReader, keyForms: [KeyForm]) {
        self.pieces = pieces
        self.keyForms = keyForms
    }

    /// The next group; `nil` at the end.
    mutating func next() async throws(PostgresError) -> KeyedGroup? {
        var first = ahead
        ahead = nil
        if first == nil { first = try await row() }
        guard let first else { return nil }
        var group = KeyedGroup(key: first.key.map(Array.init), hashes: [first.hash])
        while let row = try await row() {
            // Without a key rows are alike whose hash is.
            guard
                keyForms.isEmpty ? row.hash == first.hash : zip(row.key, group.key).allSatisfy({ $0.elementsEqual($1) })
            else {
                ahead = row
                break
            }
            group.hashes.append(row.hash)
        }
        return group
    }

    private mutating func row() async throws(PostgresError) -> KeyedRow? {
        while !isAtEnd {
            if reader.fieldCount(in: bytes) != nil {
                var key: [ArraySlice<UInt8>] = []
                for _ in keyForms {
                    guard let field = reader.field(in: bytes) else { throw Self.broken }
                    key.append(bytes[field])
                }
                guard let field = reader.field(in: bytes), field.count == 8 else { throw Self.broken }
                rowCount += 1
                return KeyedRow(key: key, hash: KeyForm.number(bytes[field]))
            }
            guard let piece = try await pieces.next() else {
                isAtEnd = true
                break
            }
            bytes = piece
            reader = CopyBinary.Reader()
            reader.skipHeader(of: bytes)
        }
        return nil
    }

    private static let broken = PostgresError(.client, "a key came in pieces")

    /// Whether a group comes before another one.
    func precedes(_ one: KeyedGroup, _ two: KeyedGroup) -> Bool {
        guard !keyForms.isEmpty else { return one.hashes[0] < two.hashes[0] }
        for (form, pair) in zip(keyForms, zip(one.key, two.key)) where pair.0 != pair.1 {
            return form.precedes(pair.0[...], pair.1[...])
        }
        return false
    }
}

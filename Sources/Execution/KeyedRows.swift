import Comparison
import Postgres
import StructuredSQL

/// Rows of one side that share a key: one, where it is a key.
struct KeyedGroup {
    /// The key where it is one whole number, which needs no memory of its own.
    fileprivate(set) var number: Int64 = 0
    /// How many bytes the number came in; 0 where the key is in ``parts``, or there is none.
    fileprivate var width = 0
    fileprivate var parts: [[UInt8]] = []
    /// The hash of the first row.
    var hash: Int64
    var otherHashes: [Int64] = []

    var count: Int { 1 + otherHashes.count }
    var hashes: [Int64] { [hash] + otherHashes }

    /// The key's columns as they came.
    var key: [[UInt8]] {
        guard width > 0 else { return parts }
        return [(0..<width).map { UInt8(truncatingIfNeeded: number >> Int64(8 * (width - 1 - $0))) }]
    }

    fileprivate func hasKey(of other: KeyedGroup) -> Bool { number == other.number && parts == other.parts }
}

/// Reads groups of rows out of the pieces of a COPY; holds one piece and one group at a time.
struct KeyedRows {
    private let pieces: CopyReader
    private let keyForms: [KeyForm]
    private let isNumber: Bool
    private var bytes: [UInt8] = []
    private var reader = CopyBinary.Reader()
    private var isAtEnd = false
    private var ahead: KeyedGroup?
    private(set) var rowCount = 0

    init(_ pieces: CopyReader, keyForms: [KeyForm]) {
        self.pieces = pieces
        self.keyForms = keyForms
        isNumber = keyForms == [.number]
    }

    /// The next group; `nil` at the end.
    mutating func next() async throws(PostgresError) -> KeyedGroup? {
        var first = ahead
        ahead = nil
        if first == nil { first = try await row() }
        guard var group = first else { return nil }
        while let row = try await row() {
            // Without a key rows are alike whose hash is.
            guard keyForms.isEmpty ? row.hash == group.hash : row.hasKey(of: group) else {
                ahead = row
                break
            }
            group.otherHashes.append(row.hash)
        }
        return group
    }

    /// A row as a group of its own.
    private mutating func row() async throws(PostgresError) -> KeyedGroup? {
        while !isAtEnd {
            if let row = try buffered() { return row }
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

    /// The next row of the piece at hand; `nil` at its end.
    private mutating func buffered() throws(PostgresError) -> KeyedGroup? {
        guard reader.fieldCount(in: bytes) != nil else { return nil }
        var group = KeyedGroup(hash: 0)
        if isNumber {
            guard let field = reader.field(in: bytes), !field.isEmpty else { throw Self.broken }
            group.number = CopyBinary.integer(bytes, field)
            group.width = field.count
        } else {
            for _ in keyForms {
                guard let field = reader.field(in: bytes) else { throw Self.broken }
                group.parts.append(Array(bytes[field]))
            }
        }
        guard let field = reader.field(in: bytes), field.count == 8 else { throw Self.broken }
        group.hash = CopyBinary.integer(bytes, field)
        rowCount += 1
        return group
    }

    private static let broken = PostgresError(.client, "a key came in pieces")

    /// Whether a group comes before another one.
    func precedes(_ one: KeyedGroup, _ two: KeyedGroup) -> Bool {
        if isNumber { return one.number < two.number }
        guard !keyForms.isEmpty else { return one.hash < two.hash }
        for index in keyForms.indices where one.parts[index] != two.parts[index] {
            let (own, other) = (one.parts[index], two.parts[index])
            switch keyForms[index] {
            case .number: return CopyBinary.integer(own, own.indices) < CopyBinary.integer(other, other.indices)
            case .bytes: return own.lexicographicallyPrecedes(other)
            }
        }
        return false
    }
}

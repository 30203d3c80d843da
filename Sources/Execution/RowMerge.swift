import Comparison
import Foundation
import Postgres
import StructuredSQL

/// Merges two streams of whole rows that come in the order of a key that no two rows share; what is the same byte by byte
/// goes by at the speed of memory.
struct RowMerge {
    /// A row that is not the same on both sides.
    struct Difference {
        var key: [[UInt8]]
        /// Changed, where both have it: in its bytes, which may mean the same.
        var state: DiffRow.State
    }

    /// The key, and the whole row.
    typealias HeldRow = (key: [[UInt8]], bytes: [UInt8])

    /// One stream, as far as it has come.
    private struct Source {
        let pieces: CopyReader
        var bytes: [UInt8] = []
        var position = 0
        var rowCount = 0
        var isAtEnd = false

        /// Sees that there is a row, or that there is none.
        mutating func fill() async throws(PostgresError) {
            while !isAtEnd, !hasRow {
                guard let piece = try await pieces.next() else {
                    isAtEnd = true
                    return
                }
                bytes = piece
                position = piece.starts(with: CopyBinary.header) ? CopyBinary.header.count : 0
            }
        }

        private var hasRow: Bool {
            position + 2 <= bytes.count && !(bytes[position] == 0xFF && bytes[position + 1] == 0xFF)
        }

        /// The key of the row at hand, and where the row ends.
        func row(keyCount: Int) throws(PostgresError) -> (key: [Range<Int>], end: Int) {
            guard let end = bytes.withUnsafeBytes({ RowMerge.end(of: position, in: $0) }) else {
                throw PostgresError(.client, "a row came in pieces")
            }
            var key: [Range<Int>] = []
            var start = position + 2
            for _ in 0..<keyCount {
                let count = Int(CopyBinary.integer(bytes, start..<start + 4))
                guard count >= 0 else { throw PostgresError(.client, "a key came in pieces") }
                key.append(start + 4..<start + 4 + count)
                start += 4 + count
            }
            return (key, end)
        }
    }

    private var left: Source
    private var right: Source
    private let keyForms: [KeyForm]
    private let progress: (Int) -> Void
    private(set) var identical = 0

    var rowCounts: (left: Int, right: Int) { (left.rowCount, right.rowCount) }

    /// - Parameters:
    ///   - left: Rows on the left.
    ///   - right: Rows on the right.
    ///   - keyForms: How the columns of the key are written; they come first.
    ///   - progress: Told of rows that were the same, of both sides.
    init(_ left: CopyReader, _ right: CopyReader, keyForms: [KeyForm], progress: @escaping (Int) -> Void) {
        self.left = Source(pieces: left)
        self.right = Source(pieces: right)
        self.keyForms = keyForms
        self.progress = progress
    }

    /// The next row that is not the same, of streams in the order of the key; `nil` at the end of both.
    mutating func next() async throws(PostgresError) -> Difference? {
        try await reachesDifference() ? try difference() : nil
    }

    /// Where streams are apart that come in no certain order.
    enum Apart {
        /// A row of each side has the key, with other bytes.
        case changed(key: [[UInt8]])
        /// The other side does not have the row here.
        case alone(HeldRow, isLeft: Bool)
    }

    /// Where the streams are apart next; `nil` at the end of both.
    mutating func nextApart() async throws(PostgresError) -> Apart? {
        guard try await reachesDifference() else { return nil }
        let (own, other) = (left.position, right.position)
        let difference = try difference()
        return switch difference.state {
        case .changed: .changed(key: difference.key)
        case .onlyLeft: .alone((difference.key, Array(left.bytes[own..<left.position])), isLeft: true)
        case .onlyRight: .alone((difference.key, Array(right.bytes[other..<right.position])), isLeft: false)
        }
    }

    /// Goes on to a row that is not the same; false at the end of both streams.
    private mutating func reachesDifference() async throws(PostgresError) -> Bool {
        while true {
            try await left.fill()
            try await right.fill()
            if left.isAtEnd, right.isAtEnd { return false }
            guard !left.isAtEnd, !right.isAtEnd else { return true }
            let count = skipIdentical()
            if count == 0 { return true }
            progress(2 * count)
        }
    }

    /// Goes past rows that are the same, as far as both sides have come; returns how many.
    private mutating func skipIdentical() -> Int {
        var (own, other, count) = (left.position, right.position, 0)
        left.bytes.withUnsafeBytes { one in
            right.bytes.withUnsafeBytes { two in
                guard let first = one.baseAddress, let second = two.baseAddress else { return }
                while let end = Self.end(of: own, in: one) {
                    let length = end - own
                    // The lengths of fields are among the bytes: the same bytes are a whole row on both sides.
                    guard other + length <= two.count, memcmp(first + own, second + other, length) == 0 else { return }
                    own = end
                    other += length
                    count += 1
                }
            }
        }
        (left.position, right.position) = (own, other)
        left.rowCount += count
        right.rowCount += count
        identical += count
        return count
    }

    private mutating func difference() throws(PostgresError) -> Difference {
        if right.isAtEnd { return try take(.onlyLeft) }
        if left.isAtEnd { return try take(.onlyRight) }
        let (own, other) = (try left.row(keyCount: keyForms.count), try right.row(keyCount: keyForms.count))
        for (form, (one, two)) in zip(keyForms, zip(own.key, other.key)) {
            switch form {
            case .number:
                let (first, second) = (CopyBinary.integer(left.bytes, one), CopyBinary.integer(right.bytes, two))
                if first != second { return try take(first < second ? .onlyLeft : .onlyRight) }
            case .bytes:
                let (first, second) = (left.bytes[one], right.bytes[two])
                if first.elementsEqual(second) { continue }
                return try take(first.lexicographicallyPrecedes(second) ? .onlyLeft : .onlyRight)
            }
        }
        return try take(.changed)
    }

    private mutating func take(_ state: DiffRow.State) throws(PostgresError) -> Difference {
        var key: [[UInt8]] = []
        if state != .onlyRight {
            let row = try left.row(keyCount: keyForms.count)
            key = row.key.map { Array(left.bytes[$0]) }
            left.position = row.end
            left.rowCount += 1
        }
        if state != .onlyLeft {
            let row = try right.row(keyCount: keyForms.count)
            if state == .onlyRight { key = row.key.map { Array(right.bytes[$0]) } }
            right.position = row.end
            right.rowCount += 1
        }
        return Difference(key: key, state: state)
    }

    /// Where the row at a position ends; `nil` where there is none, or not all of it.
    private static func end(of start: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
        guard start + 2 <= bytes.count else { return nil }
        var fields = Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: Int16.self))
        guard fields >= 0 else { return nil }
        var position = start + 2
        while fields > 0 {
            guard position + 4 <= bytes.count else { return nil }
            let count = Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: Int32.self))
            position += 4 + max(0, Int(count))
            fields -= 1
        }
        return position <= bytes.count ? position : nil
    }
}

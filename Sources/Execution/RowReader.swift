import Checks
import Planning
import Postgres
import StructuredSQL

/// Reads what a ``RowFetch`` brings, as far as needed: which checks a row violates, and where its key and the row lie.
struct RowReader {
    /// How many rows each check may still keep, and how many it has; by ordinal of the fetch, from 0.
    private var wanted: [Want?]
    private let violable: [Int]
    private let checks: [String]
    private let holdsAnyBytes: Bool
    /// Sets of violations by the text in which they come; a run has few.
    private var known: [[UInt8]: [Int]] = [:]

    private struct Want {
        var check: Int
        var count = 0
        var limit: Int
    }

    /// - Parameters:
    ///   - fetch: The statement that brings the rows.
    ///   - checks: Ids of all checks of the plan, by position.
    ///   - holdsAnyBytes: Whether texts of the database may be no UTF-8.
    init(fetch: RowFetch, checks: [String], holdsAnyBytes: Bool) {
        let limits = Dictionary(uniqueKeysWithValues: fetch.wanted.map { ($0.check, $0.limit ?? .max) })
        violable = fetch.violable
        wanted = fetch.violable.map { check in limits[check].map { Want(check: check, limit: $0) } }
        self.checks = checks
        self.holdsAnyBytes = holdsAnyBytes
    }

    /// The rows in a piece of binary COPY of three columns: violations, key, row.
    mutating func rows(in piece: [UInt8]) throws(PostgresError) -> KeptRows {
        let bytes = holdsAnyBytes ? Self.madeVisible(piece) : piece
        var rows = KeptRows(bytes: bytes, checks: checks)
        var sets: [[UInt8]: Int] = [:]
        var last: (violations: ArraySlice<UInt8>, set: Int, ordinals: [Int])?
        var reader = CopyBinary.Reader()
        reader.skipHeader(of: bytes)
        while reader.fieldCount(in: bytes) != nil {
            guard let field = reader.field(in: bytes), let key = reader.field(in: bytes),
                let row = reader.field(in: bytes)
            else { throw PostgresError(.client, "a failing row came in pieces") }
            let violations = bytes[field]
            if last.map({ $0.violations != violations }) ?? true {
                let ordinals = ordinals(in: violations)
                let set = sets[Array(violations)] ?? rows.violations.count
                if set == rows.violations.count {
                    sets[Array(violations)] = set
                    rows.violations.append(ordinals.map { checks[violable[$0]] })
                }
                last = (violations, set, ordinals)
            }
            for ordinal in last?.ordinals ?? [] {
                guard let want = wanted[ordinal], want.count < want.limit else { continue }
                wanted[ordinal]?.count += 1
                rows.entries.append(
                    KeptRows.Entry(
                        check: want.check, ordinal: want.count + 1, key: key, row: row, violated: last?.set ?? 0))
            }
        }
        return rows
    }

    /// The numbers in `{1,2,3}`, from 0.
    private mutating func ordinals(in violations: ArraySlice<UInt8>) -> [Int] {
        if let ordinals = known[Array(violations)] { return ordinals }
        let ordinals = String(decoding: violations.dropFirst().dropLast(), as: UTF8.self).split(separator: ",")
            .compactMap { Int($0).map { $0 - 1 } }.filter(violable.indices.contains)
        known[Array(violations)] = ordinals
        return ordinals
    }

    /// The same rows with bytes that are no UTF-8 written as JSON writes the text `\xE9`.
    private static func madeVisible(_ bytes: [UInt8]) -> [UInt8] {
        var visible = CopyBinary.header
        var reader = CopyBinary.Reader()
        reader.skipHeader(of: bytes)
        while let count = reader.fieldCount(in: bytes) {
            CopyBinary.append(Int16(count), to: &visible)
            for _ in 0..<count {
                guard let field = reader.field(in: bytes) else { break }
                if field.isEmpty {
                    CopyBinary.append(Int32(-1), to: &visible)
                } else {
                    CopyBinary.append(
                        text: bytes[field].withUnsafeBytes { String(serverText: $0, backslash: #"\\"#) }, to: &visible)
                }
            }
        }
        return visible
    }
}

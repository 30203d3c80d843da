import Checks
import Planning
import Postgres
import StructuredSQL

/// Reads the lines that a ``RowFetch`` brings, as far as needed: which checks a row violates, and where it begins and ends.
struct RowLines {
    /// How many rows each check may still keep, and how many it has; by ordinal of the fetch, from 0.
    private var wanted: [Want?]
    private let violable: [Int]
    private let checks: [String]
    /// Sets of violations by the bytes in which they come; a run has few.
    private var known: [[UInt8]: [Int]] = [:]

    private struct Want {
        var check: Int
        var count = 0
        var limit: Int
    }

    /// - Parameter checks: Ids of all checks of the plan, by position.
    init(fetch: RowFetch, checks: [String]) {
        let limits = Dictionary(uniqueKeysWithValues: fetch.wanted.map { ($0.check, $0.limit ?? .max) })
        violable = fetch.violable
        wanted = fetch.violable.map { check in limits[check].map { Want(check: check, limit: $0) } }
        self.checks = checks
    }

    /// The rows in whole lines of COPY text: violations, key, row.
    mutating func rows(in bytes: [UInt8]) throws(PostgresError) -> KeptRows {
        var rows = KeptRows(bytes: bytes, checks: checks)
        var sets: [[UInt8]: Int] = [:]
        var last: (violations: ArraySlice<UInt8>, set: Int, ordinals: [Int])?
        var start = 0
        while start < bytes.count {
            guard let end = bytes[start...].firstIndex(of: CopyText.lineEnd),
                let tab = bytes[start..<end].firstIndex(of: CopyText.tab)
            else { throw PostgresError(.client, "a failing row came in pieces") }
            let violations = bytes[start..<tab]
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
                        check: want.check, ordinal: want.count + 1, fields: tab + 1..<end, violated: last?.set ?? 0))
            }
            start = end + 1
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
}

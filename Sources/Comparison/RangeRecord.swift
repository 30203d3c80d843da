package import ExactJSON

/// What came of one range of the key, as it is kept for a later try.
package struct RangeRecord: Sendable {
    /// The position of the range, from 0.
    package var range: Int
    package var counts: DiffResult.Counts
    /// Differing rows that are kept.
    package var rows: [DiffRow]

    package init(range: Int, counts: DiffResult.Counts, rows: [DiffRow]) {
        self.range = range
        self.counts = counts
        self.rows = rows
    }

    /// Reads what ``json`` wrote; `nil` where it is something else.
    package init?(_ json: JSONValue) {
        guard let range = json["range"]?.integer, let numbers = json["counts"] else { return nil }
        var counts = DiffResult.Counts()
        for (name, path) in DiffResult.Counts.kept {
            guard let number = numbers[name]?.integer else { return nil }
            counts[keyPath: path] = number
        }
        for member in json["columns"]?.members ?? [] {
            guard let number = member.value.integer else { return nil }
            counts.columns.append((name: member.name, count: number))
        }
        self.init(range: range, counts: counts, rows: (json["rows"]?.elements ?? []).compactMap(DiffRow.init))
    }

    package var json: JSONValue {
        [
            "range": .number(String(range)),
            "counts": .object(
                DiffResult.Counts.kept.map { .init($0.name, .number(String(counts[keyPath: $0.path]))) }),
            "columns": .object(counts.columns.map { .init($0.name, .number(String($0.count))) }),
            "rows": .array(rows.map(\.record)),
        ]
    }
}

extension DiffResult.Counts {
    /// What a range can have: rows without a whole key are in none.
    fileprivate static let kept: [(name: String, path: any WritableKeyPath<Self, Int> & Sendable)] = [
        ("left", \.left), ("right", \.right), ("identical", \.identical), ("changed", \.changed),
        ("only_left", \.onlyLeft), ("only_right", \.onlyRight), ("duplicate_keys_left", \.duplicateKeysLeft),
        ("duplicate_keys_right", \.duplicateKeysRight), ("unmatched_left", \.unmatchedLeft),
        ("unmatched_right", \.unmatchedRight),
    ]

    /// Adds what came of another range.
    package mutating func add(_ other: Self) {
        for (_, path) in Self.kept { self[keyPath: path] += other[keyPath: path] }
        guard !columns.isEmpty else {
            columns = other.columns
            return
        }
        for (index, column) in other.columns.enumerated() { columns[index].count += column.count }
    }
}

extension DiffRow {
    fileprivate init?(_ json: JSONValue) {
        guard let state = json["state"]?.string.flatMap(State.init), let key = json["key"] else { return nil }
        func row(_ name: String) -> JSONValue? { json[name].flatMap { $0 == .null ? nil : $0 } }
        self.init(
            state: state, key: key, left: row("left"), right: row("right"),
            changed: (json["changed"]?.elements ?? []).compactMap(\.string))
        identity = (json["identity"]?.elements ?? []).map { [UInt8](hexadecimal: $0.string ?? "") }
    }

    fileprivate var record: JSONValue {
        [
            "state": .string(state.rawValue), "key": key, "left": left ?? .null, "right": right ?? .null,
            "changed": .array(changed.map(JSONValue.string)),
            "identity": .array(identity.map { .string($0.hexadecimal) }),
        ]
    }
}

extension [UInt8] {
    fileprivate init(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    fileprivate var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

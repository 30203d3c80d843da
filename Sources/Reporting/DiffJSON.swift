import Catalog
package import Comparison
package import ExactJSON

/// A comparison of two relations in the JSON of the contract.
package struct DiffJSON {
    private let result: DiffResult

    package init(_ result: DiffResult) {
        self.result = result
    }

    /// The document.
    package var document: JSONValue {
        [
            "comparison": [
                "name": .string(result.diff.name),
                "task": "diff",
                "verdict": .string(result.outcome.rawValue),
                "reasons": .array(result.reasons.map(JSONValue.string)),
                "left": side(result.diff.left),
                "right": side(result.diff.right),
                "key": .array(result.diff.key.map(JSONValue.string)),
                "method": .string(result.method),
                "notes": .array(result.notes.map(JSONValue.string)),
                "schema": schema,
            ],
            "rows": rows,
            "sample": .array(result.sample.map(\.json)),
        ]
    }

    private func side(_ side: DiffSide) -> JSONValue {
        ["target": .string(ifPresent: side.target), "dataset": .string(side.label)]
    }

    private var schema: JSONValue {
        func names(_ names: [String]) -> JSONValue { .array(names.map(JSONValue.string)) }
        return [
            "compared": names(result.schema.columns.map(\.name)),
            "only_left": names(result.schema.onlyLeft),
            "only_right": names(result.schema.onlyRight),
            "retyped": .array(
                result.schema.retyped.map {
                    [
                        "column": .string($0.name), "left": .string($0.left.type.formatted),
                        "right": .string($0.right.type.formatted),
                    ]
                }),
        ]
    }

    private var rows: JSONValue {
        guard let counts = result.counts else { return .null }
        let numbers: [(String, Int)] = [
            ("left", counts.left), ("right", counts.right), ("identical", counts.identical),
            ("changed", counts.changed), ("only_left", counts.onlyLeft), ("only_right", counts.onlyRight),
            ("duplicate_keys_left", counts.duplicateKeysLeft), ("duplicate_keys_right", counts.duplicateKeysRight),
            ("null_keys_left", counts.nullKeysLeft), ("null_keys_right", counts.nullKeysRight),
            ("unmatched_left", counts.unmatchedLeft), ("unmatched_right", counts.unmatchedRight),
            ("vanished", counts.vanished),
        ]
        var members = numbers.map { JSONValue.Member($0.0, .number(String($0.1))) }
        members.append(
            .init("columns", .object(counts.columns.map { .init($0.name, .number(String($0.count))) })))
        return .object(members)
    }
}

extension DiffRow {
    /// The row as a line of its own: what is there on each side, changed columns as old and new.
    package var json: JSONValue {
        var members: [JSONValue.Member] = [.init("state", .string(state.rawValue)), .init("key", key)]
        switch state {
        case .changed:
            let cells = changed.map { name in
                // What did not leave the server is no pair of NULLs.
                JSONValue.Member(name, left?[name].flatMap { own in right?[name].map { .array([own, $0]) } } ?? .null)
            }
            members.append(.init("columns", .object(cells)))
        case .onlyLeft: members.append(.init("row", left ?? .null))
        case .onlyRight: members.append(.init("row", right ?? .null))
        }
        return .object(members)
    }
}

extension DiffResult {
    /// Why it ended as it did, in sentences without a full stop.
    package var reasons: [String] {
        guard problems.isEmpty else { return problems }
        var reasons: [String] = []
        if !schema.onlyLeft.isEmpty {
            reasons.append("only on the left: column \(schema.onlyLeft.joined(separator: ", "))")
        }
        if !schema.onlyRight.isEmpty {
            reasons.append("only on the right: column \(schema.onlyRight.joined(separator: ", "))")
        }
        guard let counts, counts.differ else { return reasons }
        let parts: [(Int, String)] = [
            (counts.changed, "changed"), (counts.onlyLeft, "only on the left"), (counts.onlyRight, "only on the right"),
            (counts.unmatchedLeft, "without a key of their own only on the left"),
            (counts.unmatchedRight, "without a key of their own only on the right"),
        ]
        reasons += parts.filter { $0.0 > 0 }.map { "\(NumberText.plural($0.0, "row")) \($0.1)" }
        if counts.vanished > 0 {
            reasons.append("\(NumberText.plural(counts.vanished, "row")) of these the same when looked at again")
        }
        return reasons
    }
}

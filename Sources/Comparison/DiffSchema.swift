package import Catalog

/// What the columns of two sides have in common, and in what they differ: looked at before any row is.
package struct DiffSchema: Sendable, Hashable {
    package var key: [ColumnPair] = []
    /// Columns that are compared, without the key.
    package var columns: [ColumnPair] = []
    package var onlyLeft: [String] = []
    package var onlyRight: [String] = []
    /// Columns of different types whose values are compared all the same.
    package var retyped: [ColumnPair] = []
    /// Why some columns cannot be compared.
    package var problems: [String] = []

    /// Of sides about which nothing is known.
    package init() {}

    /// Pairs the columns of two sides.
    ///
    /// - Parameters:
    ///   - diff: What is declared.
    ///   - left: The columns on the left.
    ///   - right: The columns on the right.
    package init(_ diff: TableDiff, left: [Column], right: [Column]) {
        func pair(_ name: String, isKey: Bool) -> ColumnPair? {
            let other = diff.columns.renamed[name] ?? name
            guard let one = left.first(where: { $0.name == name }), let two = right.first(where: { $0.name == other })
            else { return nil }
            guard let form = ValueForm(one.type, two.type) else {
                problems.append(
                    "column \"\(name)\" is \(one.type.formatted) on the left and \(two.type.formatted) on the right, "
                        + "which cannot be compared")
                return nil
            }
            let tolerance = isKey ? nil : diff.tolerance[name]
            if tolerance != nil, ![one, two].allSatisfy({ ColumnPair.numbers.contains($0.type.baseName) }) {
                problems.append("column \"\(name)\" is \(one.type.formatted): only numbers have a tolerance")
                return nil
            }
            let pair = ColumnPair(name: name, left: one, right: two, form: form, tolerance: tolerance)
            if one.type.formatted != two.type.formatted { retyped.append(pair) }
            return pair
        }
        for name in diff.key {
            if let pair = pair(name, isKey: true) {
                key.append(pair)
            } else if problems.isEmpty {
                problems.append("key column \"\(name)\" is not on both sides")
            }
        }
        let skipped = Set(diff.columns.excluded + diff.key)
        let names = diff.columns.included ?? left.map(\.name)
        for name in names where !skipped.contains(name) {
            if let pair = pair(name, isKey: false) {
                columns.append(pair)
            } else if !left.contains(where: { $0.name == name }) {
                problems.append("column \"\(name)\" does not exist on the left")
            } else if !right.contains(where: { $0.name == diff.columns.renamed[name] ?? name }) {
                onlyLeft.append(name)
            }
        }
        for name in diff.columns.excluded + Array(diff.columns.renamed.keys) + Array(diff.tolerance.keys)
        where !left.contains(where: { $0.name == name }) && !right.contains(where: { $0.name == name }) {
            problems.append("column \"\(name)\" is on neither side")
        }
        if diff.key.isEmpty, !diff.tolerance.isEmpty {
            problems.append("without a key rows have no partner, and values no tolerance: name the key")
        }
        if key.isEmpty, columns.isEmpty, problems.isEmpty {
            problems.append("no column is compared: everything would be the same")
        }
        guard diff.columns.included == nil else { return }
        // What the right side calls them; a name that the left lacks is one of the right's own.
        let known = Set(names + diff.key + diff.columns.excluded).map { name in
            left.contains { $0.name == name } ? diff.columns.renamed[name] ?? name : name
        }
        onlyRight = right.map(\.name).filter { !known.contains($0) }
    }

    /// Whether one side has columns that the other lacks.
    package var differs: Bool { !onlyLeft.isEmpty || !onlyRight.isEmpty }
}

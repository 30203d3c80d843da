import Catalog
import Checks
import Comparison
import StructuredSQL

/// Reads a comparison of two relations.
struct DiffReader {
    /// The key that tells such a file from a suite.
    static let key = "compare"
    static let keys = [
        "compare", "description", "left", "right", "key", "columns", "tolerance", "where", "keep",
        "method", "recheck",
    ]

    let reader: NodeReader

    /// The comparison; `nil` after noting what is wrong.
    func diff(_ node: YAMLNode) -> TableDiff? {
        let entries = reader.mapping(node, of: "a comparison", keys: Self.keys)
        guard let name = reader.text(entries[Self.key]), let nameEntry = entries[Self.key] else { return nil }
        reader.requireIdentifier(name, at: nameEntry.value.location)
        let filter = reader.expression(entries["where"])
        guard let left = side("left", entries, node, filter), let right = side("right", entries, node, filter) else {
            return nil
        }
        var diff = TableDiff(name: name, left: left, right: right, source: nameEntry.keyLocation)
        diff.description = reader.text(entries["description"])
        diff.key = reader.texts(entries["key"]) ?? []
        if let entry = entries["columns"] { diff.columns = columns(entry.value) }
        // They say which version of a row it is, and differ wherever versions do.
        let times =
            left.timeColumns
            + right.timeColumns.map { name in
                diff.columns.renamed.first { $0.value == name }?.key ?? name
            }
        diff.columns.excluded += times.filter { diff.columns.included?.contains($0) != true && !diff.key.contains($0) }
        if let entry = entries["tolerance"] { diff.tolerance = tolerances(entry.value) }
        if let limit = reader.rowLimit(entries["keep"]) { diff.keep = limit.maximum }
        if let entry = entries["method"] { diff.method = reader.word(entry, as: TransferMethod.self) }
        diff.recheck = reader.duration(entries["recheck"])
        if let twice = diff.key.first(where: { name in diff.key.count { $0 == name } > 1 }) {
            reader.diagnostics.error(
                at: entries["key"]?.value.location ?? node.location, "\"\(twice)\" is named twice in the key")
        }
        return diff
    }

    private func side(
        _ name: String, _ entries: [String: YAMLNode.Entry], _ node: YAMLNode, _ filter: SQL?
    ) -> DiffSide? {
        guard let entry = entries[name] else {
            reader.diagnostics.error(
                at: node.location, "a comparison needs \"\(name)\"",
                hint: "Write \(name): {target: …, dataset: schema.table}, or query: in place of dataset:.")
            return nil
        }
        let keys = reader.mapping(
            entry.value, of: "\"\(name)\"", keys: ["target", "dataset", "query", "where"] + PointInTime.keys)
        guard var side = side(keys, of: name, at: entry.keyLocation) else { return nil }
        let point = PointInTime(reader: reader).condition(keys)
        let conditions = [filter, point?.sql, side.filter].compactMap(\.self).map { "(\($0))" as SQL }
        side.filter = conditions.isEmpty ? nil : conditions.joined(separator: " AND ")
        side.timeColumns = point?.columns ?? []
        return side
    }

    /// The relation or query that a mapping names.
    func side(_ keys: [String: YAMLNode.Entry], of name: String, at location: SourceLocation) -> DiffSide? {
        let source: DiffSide.Source
        switch (keys["dataset"], keys["query"]) {
        case (let dataset?, nil):
            guard let relation = reader.relation(dataset) else { return nil }
            source = .relation(relation)
        case (nil, let query?):
            guard let sql = reader.query(query) else { return nil }
            source = .query(sql)
        default:
            reader.diagnostics.error(at: location, "\"\(name)\" has either a \"dataset\" or a \"query\"")
            return nil
        }
        return DiffSide(target: reader.text(keys["target"]), source: source, filter: reader.expression(keys["where"]))
    }

    private func columns(_ node: YAMLNode) -> DiffColumns {
        let entries = reader.mapping(node, of: "columns", keys: ["include", "exclude", "map"])
        var columns = DiffColumns()
        columns.included = reader.texts(entries["include"])
        columns.excluded = reader.texts(entries["exclude"]) ?? []
        if let map = entries["map"] {
            guard let pairs = map.value.entries else {
                reader.diagnostics.error(
                    at: map.value.location, "\"map\" maps names on the left to names on the right",
                    hint: "Write map: {amount: amount_eur}.")
                return columns
            }
            for pair in pairs { columns.renamed[pair.key] = reader.text(pair) }
        }
        return columns
    }

    private func tolerances(_ node: YAMLNode) -> [String: Tolerance] {
        guard let entries = node.entries else {
            reader.diagnostics.error(
                at: node.location, "\"tolerance\" maps columns to how far values may be apart",
                hint: "Write tolerance: {amount: {absolute: 0.01}}.")
            return [:]
        }
        var tolerances: [String: Tolerance] = [:]
        for entry in entries {
            let keys = reader.mapping(entry.value, of: "a tolerance", keys: ["absolute", "relative"])
            var tolerance = Tolerance()
            tolerance.absolute = number(keys["absolute"])
            tolerance.relative = number(keys["relative"])
            if tolerance.absolute == nil, tolerance.relative == nil {
                reader.diagnostics.error(at: entry.keyLocation, "a tolerance is \"absolute\" or \"relative\", or both")
            }
            tolerances[entry.key] = tolerance
        }
        return tolerances
    }

    private func number(_ entry: YAMLNode.Entry?) -> String? {
        guard let entry, let text = reader.text(entry) else { return nil }
        guard let number = ExactDecimal(text), .zero <= number else {
            reader.diagnostics.error(at: entry.value.location, "\"\(entry.key)\" is a number, 0 or more")
            return nil
        }
        return text
    }
}

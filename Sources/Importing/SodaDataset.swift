/// A dataset of Soda: a table or view, with its schema where Soda names one.
struct SodaDataset: Sendable, Hashable {
    var schema: String?
    var table: String

    /// A dataset as it is, in the database's own case.
    init(schema: String? = nil, table: String) {
        self.schema = schema
        self.table = table
    }

    /// Reads the name in `checks for …`, which may have a schema before a dot.
    init(sodaCL text: String) {
        let parts = SodaText.split(text, at: ".").map { SodaName.folded($0) }
        table = parts.last ?? ""
        schema = parts.count > 1 ? parts[parts.count - 2] : nil
    }

    /// Reads the name of a contract: data source, prefixes and table between slashes, the last prefix being the schema.
    init?(contract text: String) {
        let parts = SodaText.sql(text).split(separator: "/").map { SodaText.trimmed($0) }.filter { !$0.isEmpty }
        guard let last = parts.last else { return nil }
        table = last
        schema = parts.count > 2 ? parts[parts.count - 2] : nil
    }

    /// The name as a suite writes it.
    var name: String {
        [schema, table].compactMap(\.self).map { Self.isPlain($0) ? $0 : SodaName.quoted($0) }.joined(separator: ".")
    }

    /// The name in SQL.
    var sql: String {
        [schema, table].compactMap(\.self).map { SodaName.quoted($0) }.joined(separator: ".")
    }

    /// Id of a query about the dataset: what stands behind its first dot is to be the name of a file.
    func queryID(_ purpose: String) -> String {
        let purpose = SodaText.slug(purpose)
        let table = SodaText.slug(table)
        let name = purpose.isEmpty ? "query" : purpose
        return schema.map { "\(SodaText.slug($0)).\(table)_\(name)" } ?? "\(table).\(name)"
    }

    private static func isPlain(_ name: String) -> Bool {
        guard let first = name.first, !first.isNumber else { return false }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
}

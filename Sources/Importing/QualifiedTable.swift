/// A table as another tool names it: exact case, with or without a schema.
struct QualifiedTable: Sendable, Hashable {
    var schema: String?
    var table: String

    /// A table by its two names.
    init(schema: String?, table: String) {
        self.schema = schema
        self.table = table
    }

    /// Reads `orders`, `shop.orders` or `warehouse.shop.orders`; of more than two parts the last two count.
    ///
    /// - Returns: `nil` if a part is empty.
    init?(parsing text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(Self.unquoted)
        guard let table = parts.last, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(schema: parts.dropLast().last, table: table)
    }

    /// The name as a suite has it, which keeps the case of what is not quoted.
    var text: String { [schema, table].compactMap(\.self).map(Self.display).joined(separator: ".") }

    /// The name as SQL has it.
    var sql: String { [schema, table].compactMap(\.self).map(QuotedSQL.name).joined(separator: ".") }

    /// The name of a column of the table, as `to` of a reference takes it.
    func text(of column: String) -> String { "\(text).\(Self.display(column))" }

    /// An id for a query of the table, from what the query is about.
    func queryID(_ subject: String) -> String {
        let slug = Self.slug(subject)
        let name = [Self.slug(table), slug].filter { !$0.isEmpty }
        guard let schema else { return name.joined(separator: ".") }
        return "\(Self.slug(schema)).\(name.joined(separator: "_"))"
    }

    /// At most 60 characters of a text, with `_` for whatever is no letter or digit.
    static func slug(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var slug = String(words.joined(separator: "_").prefix(60))
        while slug.hasSuffix("_") { slug.removeLast() }
        return slug
    }

    /// A text as an id: `_` stands for whatever an id does not have.
    static func plainID(_ text: String) -> String {
        String(text.map { $0.isLetter || $0.isNumber || "._-/".contains($0) ? $0 : "_" })
    }

    private static func display(_ part: String) -> String {
        let isPlain = part.unicodeScalars.enumerated().allSatisfy { index, scalar in
            scalar == "_" || scalar.properties.isAlphabetic || (index > 0 && ("0"..."9").contains(scalar))
        }
        return isPlain && !part.isEmpty ? part : QuotedSQL.quoted(part)
    }

    private static func unquoted(_ part: Substring) -> String {
        guard part.count > 2, part.first == "\"", part.last == "\"" else { return String(part) }
        return String(part.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
}

import Catalog
import Checks
import StructuredSQL

/// Reads a file that `assay baseline` wrote: what a relation was when somebody agreed to it.
struct BaselineReader {
    /// The key that tells such a file from a suite.
    static let key = "baseline"

    let reader: NodeReader

    /// A relation, what it was, and where that stands.
    struct Baseline: Sendable {
        var relation: RelationName
        var schema: RelationSchema
        var location: SourceLocation
    }

    /// The baseline; `nil` after noting what is wrong.
    func baseline(_ node: YAMLNode) -> Baseline? {
        let entries = reader.mapping(node, of: "a baseline", keys: [Self.key, "kind", "columns", "primary_key"])
        guard let entry = entries[Self.key], let relation = reader.relation(entry) else { return nil }
        guard let list = entries["columns"]?.value.elements else {
            reader.diagnostics.error(at: node.location, "a baseline needs \"columns\", a list")
            return nil
        }
        let columns = list.compactMap(column)
        guard columns.count == list.count else { return nil }
        let schema = RelationSchema(
            kind: reader.text(entries["kind"]) ?? "table", columns: columns,
            primaryKey: reader.texts(entries["primary_key"]) ?? [])
        return Baseline(relation: relation, schema: schema, location: entry.keyLocation)
    }

    private func column(_ node: YAMLNode) -> RelationSchema.Column? {
        let entries = reader.mapping(node, of: "a column", keys: ["name", "type", "not_null"])
        guard let name = reader.text(entries["name"]), let type = reader.text(entries["type"]) else {
            reader.diagnostics.error(at: node.location, "a column of a baseline has a \"name\" and a \"type\"")
            return nil
        }
        return RelationSchema.Column(name: name, type: type, isNotNull: reader.boolean(entries["not_null"]) ?? false)
    }
}

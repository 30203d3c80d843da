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
        if columns.isEmpty {
            reader.diagnostics.error(at: node.location, "a baseline without columns would pass anything")
            return nil
        }
        if let twice = columns.first(where: { one in columns.count { $0.name == one.name } > 1 }) {
            reader.diagnostics.error(at: node.location, "column \"\(twice.name)\" is there twice")
            return nil
        }
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
        return RelationSchema.Column(
            name: name, type: Self.formatted(type), isNotNull: reader.boolean(entries["not_null"]) ?? false)
    }

    /// The type as the catalog writes it, where a person wrote one of its other names.
    private static func formatted(_ type: String) -> String {
        let names = [
            "int": "integer", "int4": "integer", "int2": "smallint", "int8": "bigint", "bool": "boolean",
            "float8": "double precision", "float4": "real", "timestamptz": "timestamp with time zone",
            "timestamp": "timestamp without time zone", "decimal": "numeric", "varchar": "character varying",
        ]
        let end = type.firstIndex { $0 == "(" || $0 == "[" } ?? type.endIndex
        return (names[type[..<end].lowercased()] ?? String(type[..<end])) + type[end...]
    }
}

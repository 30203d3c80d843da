package import Catalog
package import ExactJSON

/// What a relation's readers rely on: its columns, their types, whether they can be NULL, and its key.
///
/// Kept for each relation that a run looks at, and written to a file as a baseline.
package struct RelationSchema: Sendable, Hashable {
    package struct Column: Sendable, Hashable {
        package var name: String
        /// As `format_type` writes it.
        package var type: String
        package var isNotNull: Bool

        package init(name: String, type: String, isNotNull: Bool) {
            self.name = name
            self.type = type
            self.isNotNull = isNotNull
        }
    }

    /// Whether it is a table, a view or something else.
    package var kind: String
    /// In their order.
    package var columns: [Column]
    package var primaryKey: [String]

    package init(kind: String, columns: [Column], primaryKey: [String]) {
        self.kind = kind
        self.columns = columns
        self.primaryKey = primaryKey
    }

    /// What the catalog says now.
    package init(of relation: Relation) {
        let notNull = Set(relation.constraints.flatMap { $0.kind == .notNull ? $0.columns : [] })
        kind = relation.kind.label
        columns = relation.columns.map {
            Column(name: $0.name, type: $0.type.formatted, isNotNull: notNull.contains($0.name))
        }
        primaryKey = relation.primaryKey
    }

    /// Reads what ``json`` gave; `nil` if it is something else.
    package init?(_ document: JSONValue) {
        guard let kind = document["kind"]?.string, let members = document["columns"]?.elements else { return nil }
        var columns: [Column] = []
        for member in members {
            guard let name = member["name"]?.string, let type = member["type"]?.string else { return nil }
            columns.append(Column(name: name, type: type, isNotNull: member["not_null"] == .boolean(true)))
        }
        self.kind = kind
        self.columns = columns
        primaryKey = document["primary_key"]?.elements.compactMap(\.string) ?? []
    }

    /// The form in which it is recorded: equal text, equal schema.
    package var json: JSONValue {
        [
            "kind": .string(kind),
            "columns": .array(
                columns.map {
                    ["name": .string($0.name), "type": .string($0.type), "not_null": .boolean($0.isNotNull)]
                }),
            "primary_key": .array(primaryKey.map(JSONValue.string)),
        ]
    }

    /// The file of a baseline, in YAML.
    package func baseline(of dataset: String) -> String {
        var lines = [
            "# Written by \"assay baseline\". schema_unchanged: {against: baseline} compares the relation with it.",
            "baseline: \(Self.quoted(dataset))", "kind: \(Self.quoted(kind))", "columns:",
        ]
        lines += columns.map {
            "  - {name: \(Self.quoted($0.name)), type: \(Self.quoted($0.type))\($0.isNotNull ? ", not_null: true" : "")}"
        }
        if !primaryKey.isEmpty {
            lines.append("primary_key: [\(primaryKey.map(Self.quoted).joined(separator: ", "))]")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text as YAML: JSON's strings are YAML's.
    private static func quoted(_ text: String) -> String {
        let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        let isPlain =
            text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 46 || $0 == 32
            }
            && text.utf8.first.map { (97...122).contains($0) } == true && text.last != " " && !words.contains(text)
        return isPlain ? text : JSONValue.string(text).compactText
    }
}

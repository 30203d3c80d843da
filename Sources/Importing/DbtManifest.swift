import ExactJSON

/// `target/manifest.json`: what dbt itself made of the project.
struct DbtManifest: Sendable {
    /// A model, seed, snapshot or table of a source.
    struct Node: Sendable, Hashable {
        var id: String
        var name: String
        /// The source that has the table; `nil` for what dbt makes.
        var source: String?
        var package: String?
        var version: String?
        /// Whether `ref` without a version means this one.
        var isLatest: Bool
        var relation: DbtRelation
        var properties: JSONValue

        /// The name for people.
        var displayName: String { [source, name].compactMap(\.self).joined(separator: ".") }
    }

    /// Everything that has, or would have, a relation.
    private(set) var relations: [Node] = []
    /// The nodes of tests, with those that are switched off at the end.
    private(set) var tests: [JSONValue] = []
    /// Tests of models' SQL, by file and name.
    private(set) var unitTests: [String] = []
    private var byID: [String: Int] = [:]

    /// Sorts the nodes of the document by what they are.
    init(_ document: JSONValue) {
        var entries: [(id: String, node: JSONValue, isDisabled: Bool)] = []
        for section in ["nodes", "sources"] {
            for member in document[section]?.members ?? [] { entries.append((member.name, member.value, false)) }
        }
        for member in document["disabled"]?.members ?? [] {
            // One name may be switched off in several places.
            let nodes = member.value.elements.isEmpty ? [member.value] : member.value.elements
            for node in nodes { entries.append((member.name, node, true)) }
        }
        for member in document["unit_tests"]?.members ?? [] {
            let file = member.value["original_file_path"]?.scalarText ?? "manifest.json"
            unitTests.append("\(file): \(member.value["name"]?.scalarText ?? member.name)")
        }
        for entry in entries {
            if entry.node["resource_type"]?.scalarText == "test" {
                tests.append(entry.node)
            } else if let node = Self.node(entry.id, entry.node, isDisabled: entry.isDisabled), byID[node.id] == nil {
                byID[node.id] = relations.count
                relations.append(node)
            }
        }
    }

    /// The node of an id, such as `model.shop.orders`.
    func node(_ id: String?) -> Node? {
        id.flatMap { byID[$0] }.map { relations[$0] }
    }

    private static func node(_ id: String, _ value: JSONValue, isDisabled: Bool) -> Node? {
        let kind = value["resource_type"]?.scalarText ?? ""
        guard ["model", "seed", "snapshot", "source"].contains(kind), let name = value["name"]?.scalarText else {
            return nil
        }
        let isSource = kind == "source"
        let source = isSource ? value["source_name"]?.scalarText : nil
        let alias = value[isSource ? "identifier" : "alias"]?.scalarText ?? name
        var relation = DbtRelation(schema: value["schema"]?.scalarText, name: alias)
        let displayName = [source, name].compactMap(\.self).joined(separator: ".")
        if isDisabled || value["config"]?["enabled"] == .boolean(false) {
            relation.obstacle = "\(kind) \(displayName) is disabled"
        } else if value["config"]?["materialized"]?.scalarText == "ephemeral" {
            relation.obstacle = "\(kind) \(displayName) is ephemeral, there is no relation to look at"
        }
        let version = value["version"]?.scalarText
        let isLatest = version == nil || value["latest_version"]?.scalarText == version
        return Node(
            id: value["unique_id"]?.scalarText ?? id, name: name, source: source,
            package: value["package_name"]?.scalarText, version: version, isLatest: isLatest, relation: relation,
            properties: value)
    }
}

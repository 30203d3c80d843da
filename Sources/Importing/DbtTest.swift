import ExactJSON

/// A generic test on a resource, as a file of properties or the manifest has it.
struct DbtTest: Sendable, Hashable {
    /// The file that has it.
    var file: String
    /// The resource for people: `orders`, `raw.orders`.
    var resource: String
    var relation: DbtRelation
    /// The column as SQL has it; `nil` for a test on the whole resource.
    var column: String?
    /// The package that defines the test; `nil` for dbt's own and the project's.
    var package: String?
    var name: String
    var arguments: [JSONValue.Member] = []
    var config = DbtConfig()
    /// The name that the file gives it.
    var title: String?
    var description: String?
    /// Why it cannot be read; `nil` if it can.
    var defect: String?

    /// The test with its package.
    var fullName: String { [package, name].compactMap(\.self).joined(separator: ".") }

    /// Where it stands and what it is.
    var itemName: String {
        let place = [resource, column.map { DbtText.columnName($0) ?? $0 }].compactMap(\.self).joined(separator: ".")
        return "\(file): \(place) \(fullName)"
    }

    /// The column of a resource as SQL has it.
    static func sql(ofColumn properties: JSONValue) -> String? {
        guard let name = properties["name"]?.scalarText else { return nil }
        let isQuoted = properties["quote"]?.scalarText == "true" && !name.hasPrefix("\"")
        return isQuoted ? "\"" + name.replacing("\"", with: "\"\"") + "\"" : name
    }

    /// A test of a file of properties.
    init(
        _ entry: JSONValue, on resource: DbtResource, column: String?, in catalog: DbtCatalog,
        inheriting inherited: DbtConfig
    ) {
        file = resource.file
        self.resource = resource.displayName
        relation = catalog.relation(of: resource)
        self.column = column
        config = inherited
        var body: [JSONValue.Member] = []
        var fullName = entry.scalarText ?? entry.members.first?.name ?? "?"
        if let name = entry["test_name"]?.scalarText {
            fullName = name
            body = entry.members.filter { $0.name != "test_name" }
        } else if let member = entry.members.first {
            body = member.value.members
            if entry.members.count > 1 {
                let others = entry.members.dropFirst().map(\.name).joined(separator: ", ")
                defect = "a test is one name with what it takes below it, but \(others) stands beside it"
            }
        } else if entry.scalarText == nil {
            defect = "neither the name of a test nor a name with arguments"
        }
        let parts = fullName.split(separator: ".", maxSplits: 1).map(String.init)
        name = parts.last ?? fullName
        package = parts.count == 2 && parts[0] != "dbt" ? parts[0] : nil
        read(body)
    }

    /// A test of the manifest; `nil` for one that is no generic test.
    init?(_ node: JSONValue, of manifest: DbtManifest, in catalog: DbtCatalog) {
        guard let metadata = node["test_metadata"], let name = metadata["name"]?.scalarText else { return nil }
        file = node["original_file_path"]?.scalarText ?? "manifest.json"
        self.name = name
        package = metadata["namespace"]?.scalarText.flatMap { $0 == "dbt" ? nil : $0 }
        let arguments = metadata["kwargs"]?.members ?? []
        column = node["column_name"]?.scalarText
        description = node["description"]?.scalarText.flatMap { $0.isEmpty ? nil : $0 }
        config = DbtConfig(node["config"])
        config.set("tags", node["tags"] ?? .array([]))
        let model = arguments.first { $0.name == "model" }?.value.scalarText ?? ""
        if let owner = manifest.node(node["attached_node"]?.scalarText) {
            (resource, relation) = (owner.displayName, owner.relation)
        } else if let match = model.firstMatch(of: #/(?:ref|source)\([^)]*\)/#),
            let call = try? DbtCall(parsing: String(match.output))
        {
            resource = call.arguments.compactMap(\.scalarText).joined(separator: ".")
            do throws(DbtObstacle) {
                relation = try catalog.relation(of: call)
            } catch {
                relation = DbtRelation(schema: nil, name: resource, obstacle: error.reason)
            }
        } else {
            resource = "?"
            relation = DbtRelation(schema: nil, name: "?", obstacle: "the manifest does not say what it is on")
        }
        read(arguments.filter { $0.name != "model" })
    }

    /// Sorts what stands below a test's name into arguments and settings.
    private mutating func read(_ body: [JSONValue.Member]) {
        for member in body {
            switch member.name {
            case "config": config.apply(member.value)
            case "arguments": arguments += member.value.members
            case "name": title = member.value.scalarText
            case "description": description = member.value.scalarText
            case "column_name" where column == nil: column = member.value.scalarText
            case "column_name", "docs": break
            case _ where DbtConfig.namesBesideArguments.contains(member.name): config.set(member.name, member.value)
            default: arguments.append(member)
            }
        }
        if column == nil, let index = arguments.firstIndex(where: { $0.name == "column_name" }) {
            column = arguments.remove(at: index).value.scalarText
        }
        arguments.removeAll { $0.name == "column_name" }
    }
}

import ExactJSON

/// Every relation of a project by the names that `ref` and `source` give.
struct DbtCatalog: Sendable {
    private var models: [Key: DbtRelation] = [:]
    private var sources: [Key: DbtRelation] = [:]
    /// Where a model lies of which the files say nothing else.
    private let defaultSchema: String?
    /// The zone that dbt_date takes for now, where it is set to another one than UTC.
    let clockZone: String?

    /// A name with what may stand beside it: a package or a source, and a version.
    private struct Key: Sendable, Hashable {
        var group: String?
        var name: String
        var version: String?
    }

    /// Collects relations, first from the manifest, then from the files of properties.
    init(_ project: DbtProject, _ resources: [DbtResource]) {
        defaultSchema = project.config(["models"], []).plainText("schema")
        let zone = project.settings["vars"]?["dbt_date:time_zone"]?.scalarText
        clockZone = zone.flatMap { ["UTC", "Etc/UTC", "GMT"].contains($0) ? nil : $0 }
        if let manifest = project.manifest {
            for node in manifest.relations { add(node) }
        }
        for resource in resources { add(resource) }
    }

    /// The relation that a call of `ref` or `source` names.
    func relation(of call: DbtCall) throws(DbtObstacle) -> DbtRelation {
        let texts = call.arguments.compactMap(\.scalarText)
        switch (call.name, texts.count) {
        case ("ref", 1), ("ref", 2):
            let version = call.named.first { $0.name == "v" || $0.name == "version" }?.value.scalarText
            let package = texts.count == 2 ? texts[0] : nil
            return try model(texts[texts.count - 1], package: package, version: version).usable()
        case ("source", 2):
            guard let relation = sources[Key(group: texts[0], name: texts[1])] else {
                throw DbtObstacle("source \(texts[0]).\(texts[1]) is declared in none of the files")
            }
            return try relation.usable()
        default:
            throw DbtObstacle("Jinja that only dbt can run: \(call.name)(…)")
        }
    }

    /// The model, seed or snapshot of a name; one that no file tells of has the project's schema, if that is said.
    func model(_ name: String, package: String? = nil, version: String? = nil) -> DbtRelation {
        models[Key(group: package, name: name, version: version)]
            ?? models[Key(group: nil, name: name, version: version)]
            ?? DbtRelation(schema: defaultSchema, name: version.map { "\(name)_v\($0)" } ?? name)
    }

    /// The relation of a resource, by the manifest where there is one.
    func relation(of resource: DbtResource) -> DbtRelation {
        let relation =
            resource.source.map { sources[Key(group: $0, name: resource.name)] }
            ?? models[Key(group: nil, name: resource.name, version: resource.version)]
        return relation ?? resource.relation
    }

    private mutating func add(_ node: DbtManifest.Node) {
        if let source = node.source {
            sources[Key(group: source, name: node.name)] = node.relation
            return
        }
        for group in [node.package, nil] {
            models[Key(group: group, name: node.name, version: node.version)] = node.relation
            if node.isLatest { models[Key(group: group, name: node.name)] = node.relation }
        }
    }

    private mutating func add(_ resource: DbtResource) {
        if let source = resource.source {
            let key = Key(group: source, name: resource.name)
            if sources[key] == nil { sources[key] = resource.relation }
            return
        }
        var keys = [Key(name: resource.name, version: resource.version)]
        if resource.isLatest { keys.append(Key(name: resource.name)) }
        for key in keys where models[key] == nil { models[key] = resource.relation }
    }
}

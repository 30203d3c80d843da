import ExactJSON

/// A model, seed, snapshot or table of a source, as a file of properties tells of it.
struct DbtResource: Sendable, Hashable {
    /// The file that tells of it.
    var file: String
    var name: String
    /// The source that has the table; `nil` for what dbt makes.
    var source: String?
    /// The version of a model that has several.
    var version: String?
    /// Whether `ref` without a version means this one.
    var isLatest = true
    /// What the file says of it.
    var properties: JSONValue
    /// What the file says of its source, or of the model of which it is a version.
    var parent: JSONValue?
    /// What all places say of it.
    var config: DbtConfig
    /// Where it lies, by the files alone.
    var relation: DbtRelation

    /// The name for people.
    var displayName: String {
        let name = [source, name].compactMap(\.self).joined(separator: ".")
        return version.map { "\(name).v\($0)" } ?? name
    }

    /// The columns that the file tells of; a version has its model's, too.
    var columns: [JSONValue] {
        let own = properties["columns"]?.elements ?? []
        guard version != nil, let base = parent?["columns"]?.elements else { return own }
        let rule = own.first { $0["include"] != nil || $0["exclude"] != nil }
        let named = own.compactMap { $0["name"]?.scalarText }
        let excluded = named + (rule?["exclude"]?.elements.compactMap(\.scalarText) ?? [])
        let included = rule?["include"]?.elements.compactMap(\.scalarText) ?? []
        let isKept = { (name: String) in !excluded.contains(name) && (included.isEmpty || included.contains(name)) }
        return base.filter { isKept($0["name"]?.scalarText ?? "") } + own.filter { $0["name"] != nil }
    }

    /// The tests on it as a whole; a version without tests of its own has its model's.
    var tests: [JSONValue] {
        let own = Self.tests(of: properties)
        let hasOwn = properties["tests"] != nil || properties["data_tests"] != nil
        guard version != nil, !hasOwn, let parent else { return own }
        return Self.tests(of: parent)
    }

    /// The tests that a resource or a column has.
    static func tests(of properties: JSONValue) -> [JSONValue] {
        (properties["tests"]?.elements ?? []) + (properties["data_tests"]?.elements ?? [])
    }

    /// Everything that a file tells of, in its order.
    static func all(in file: DbtProject.File<JSONValue>, of project: DbtProject) -> [DbtResource] {
        var resources: [DbtResource] = []
        for section in file.content.members {
            switch section.name {
            case "models": resources += models(section.value, "models", "model-paths", file, project)
            case "seeds": resources += models(section.value, "seeds", "seed-paths", file, project)
            case "snapshots": resources += models(section.value, "snapshots", "snapshot-paths", file, project)
            case "sources": for source in section.value.elements { resources += tables(of: source, file, project) }
            default: break
            }
        }
        return resources
    }

    // MARK: What dbt makes

    private static func models(
        _ list: JSONValue, _ kind: String, _ paths: String, _ file: DbtProject.File<JSONValue>, _ project: DbtProject
    ) -> [DbtResource] {
        list.elements.flatMap { properties -> [DbtResource] in
            guard let name = properties["name"]?.scalarText else { return [] }
            let script = project.scripts.first { $0.stem == name && project.lies($0.folders, in: paths) }
            let folders = project.below(script?.folders ?? file.folders, paths) ?? []
            var base = project.config([kind], folders + [name])
            base.apply(properties["config"])
            let inScript = script.flatMap { Self.config(inScript: $0.content) }
            let versions = properties["versions"]?.elements ?? []
            guard !versions.isEmpty else {
                if let inScript { base.apply(inScript) }
                let relation = relation(name, kind, version: nil, base)
                return [
                    DbtResource(
                        file: file.path, name: name, properties: properties, config: base, relation: relation)
                ]
            }
            let numbers = versions.compactMap { $0["v"]?.scalarText }
            let greatest = numbers.max { (Int($0) ?? 0, $0) < (Int($1) ?? 0, $1) }
            let latest = properties["latest_version"]?.scalarText ?? greatest
            return versions.compactMap { version -> DbtResource? in
                guard let number = version["v"]?.scalarText else { return nil }
                var config = base
                config.apply(version["config"])
                return DbtResource(
                    file: file.path, name: name, version: number, isLatest: number == latest, properties: version,
                    parent: properties, config: config, relation: relation(name, kind, version: number, config))
            }
        }
    }

    /// What `{{ config(…) }}` at the top of a model says, if it says it in plain values.
    private static func config(inScript text: String) -> DbtConfig? {
        guard let match = text.firstMatch(of: #/\{\{-?\s*(config\((?s:.*?)\))\s*-?\}\}/#),
            let call = try? DbtCall(parsing: String(match.output.1))
        else { return nil }
        return DbtConfig(.object(call.named))
    }

    private static func relation(_ name: String, _ kind: String, version: String?, _ config: DbtConfig) -> DbtRelation {
        let schema = config.plainText("schema") ?? (kind == "snapshots" ? config.plainText("target_schema") : nil)
        let usual = version.map { "\(name)_v\($0.replacing(".", with: "_"))" } ?? name
        var relation = DbtRelation(schema: schema, name: config.plainText("alias") ?? usual)
        let what = "\(kind.dropLast()) \(name)"
        if config.isDisabled {
            relation.obstacle = "\(what) is disabled"
        } else if config.text("materialized") == "ephemeral" {
            relation.obstacle = "\(what) is ephemeral, there is no relation to look at"
        }
        return relation
    }

    // MARK: Sources

    private static func tables(
        of source: JSONValue, _ file: DbtProject.File<JSONValue>, _ project: DbtProject
    ) -> [DbtResource] {
        guard let sourceName = source["name"]?.scalarText else { return [] }
        let folders = project.below(file.folders, "model-paths") ?? []
        return (source["tables"]?.elements ?? []).compactMap { table -> DbtResource? in
            guard let name = table["name"]?.scalarText else { return nil }
            var config = project.config(["sources"], folders + [sourceName, name])
            config.apply(source["config"])
            config.apply(table["config"])
            let schema = source["schema"]?.scalarText ?? sourceName
            let identifier = table["identifier"]?.scalarText ?? name
            // A schema that only dbt can compute is left to the search path.
            var relation = DbtRelation(schema: DbtTemplate.hasJinja(schema) ? nil : schema, name: identifier)
            if config.isDisabled { relation.obstacle = "source \(sourceName).\(name) is disabled" }
            if DbtTemplate.hasJinja(identifier) {
                relation.obstacle = "the identifier of source \(sourceName).\(name) has Jinja that only dbt can run"
            }
            return DbtResource(
                file: file.path, name: name, source: sourceName, properties: table, parent: source, config: config,
                relation: relation)
        }
    }
}

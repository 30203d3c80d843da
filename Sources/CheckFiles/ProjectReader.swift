import Checks
import StructuredSQL

/// Reads `assay.yaml`.
struct ProjectReader {
    let reader: NodeReader

    func read(_ node: YAMLNode, into project: inout Project) {
        let entries = reader.mapping(node, of: "assay.yaml", keys: ["targets", "results", "owners", "defaults"])
        if let targets = entries["targets"] { project.targets = self.targets(targets.value) }
        if let owners = entries["owners"] { project.owners = self.owners(owners.value) }
        if let defaults = entries["defaults"] { project.defaults = self.defaults(defaults.value, project.targets) }
        if let results = entries["results"] { project.results = self.results(results.value, project.targets) }
    }

    private func targets(_ node: YAMLNode) -> [String: Target] {
        var targets: [String: Target] = [:]
        for entry in node.entries ?? [] {
            let keys = reader.mapping(entry.value, of: "target \"\(entry.key)\"", keys: ["connection", "search_path"])
            guard let connection = keys["connection"] else {
                if entry.value.entries != nil {
                    reader.diagnostics.error(
                        at: entry.keyLocation, "target \"\(entry.key)\" has no \"connection\"",
                        hint: "Write connection: \"service=NAME\" or \"host=… dbname=…\".")
                }
                continue
            }
            guard let conninfo = reader.text(connection) else { continue }
            targets[entry.key] = Target(
                connection: conninfo, searchPath: reader.texts(keys["search_path"]),
                location: connection.value.location)
        }
        if node.entries == nil { reader.diagnostics.error(at: node.location, "\"targets\" maps names to connections") }
        return targets
    }

    private func owners(_ node: YAMLNode) -> [String: Owner] {
        var owners: [String: Owner] = [:]
        if node.entries == nil {
            reader.diagnostics.error(at: node.location, "\"owners\" maps names to how they are reached")
        }
        for entry in node.entries ?? [] {
            let keys = reader.mapping(entry.value, of: "owner \"\(entry.key)\"", keys: ["email", "slack"])
            owners[entry.key] = Owner(email: reader.text(keys["email"]), slack: reader.text(keys["slack"]))
        }
        return owners
    }

    private func results(_ node: YAMLNode, _ targets: [String: Target]) -> ResultsTarget? {
        let keys = reader.mapping(node, of: "results", keys: ["target", "connection", "schema"])
        let target = reader.text(keys["target"])
        let connection = reader.text(keys["connection"])
        if let target, targets[target] == nil, let entry = keys["target"] {
            reader.diagnostics.error(
                at: entry.value.location, "unknown target \"\(target)\"",
                hint: Suggestion.hint(for: target, among: targets.keys))
        }
        guard (target == nil) != (connection == nil) else {
            reader.diagnostics.error(at: node.location, "\"results\" has either a \"target\" or a \"connection\"")
            return nil
        }
        return ResultsTarget(
            target: target, connection: connection, schema: reader.text(keys["schema"]) ?? "assay",
            location: node.location)
    }

    private func defaults(_ node: YAMLNode, _ targets: [String: Target]) -> ProjectDefaults {
        let keys = reader.mapping(
            node, of: "defaults",
            keys: ["target", "keep", "severity", "owner", "statement_timeout", "lock_timeout", "jobs"])
        var defaults = ProjectDefaults()
        defaults.target = reader.text(keys["target"])
        if let target = defaults.target, targets[target] == nil, let entry = keys["target"] {
            reader.diagnostics.error(
                at: entry.value.location, "unknown target \"\(target)\"",
                hint: Suggestion.hint(for: target, among: targets.keys))
        }
        defaults.keep = reader.rowLimit(keys["keep"]) ?? defaults.keep
        defaults.severity = reader.aliasedWord(keys["severity"], as: Severity.self) ?? defaults.severity
        defaults.owner = reader.text(keys["owner"])
        defaults.statementTimeout = reader.duration(keys["statement_timeout"]) ?? defaults.statementTimeout
        defaults.lockTimeout = reader.duration(keys["lock_timeout"]) ?? defaults.lockTimeout
        if let jobs = reader.count(keys["jobs"]) {
            if jobs == 0, let entry = keys["jobs"] {
                reader.diagnostics.error(at: entry.value.location, "\"jobs\" must be 1 or more")
            }
            defaults.jobs = jobs
        }
        return defaults
    }
}

import ExactJSON

/// The files of a dbt project, sorted by what they are.
struct DbtProject: Sendable {
    /// A file of the project.
    struct File<Content: Sendable>: Sendable {
        /// As the user named it.
        var path: String
        /// The folders below the project's own.
        var folders: [String]
        /// Its name without what follows the last dot.
        var stem: String
        var content: Content
    }

    /// What `dbt_project.yml` says; an empty object without one.
    private(set) var settings: JSONValue = .object([])
    private(set) var manifest: DbtManifest?
    /// Files of properties, such as `models/schema.yml`.
    private(set) var properties: [File<JSONValue>] = []
    /// SQL files.
    private(set) var scripts: [File<String>] = []

    /// Keys that a file of properties has at its top.
    static let sections = [
        "models", "seeds", "snapshots", "sources", "unit_tests", "data_tests", "tests", "exposures", "metrics",
        "analyses", "macros", "groups", "semantic_models", "saved_queries",
    ]

    /// Folders whose files are not the project's own.
    private static let foreignFolders: Set<String> = ["dbt_packages", "dbt_modules", "target", "logs"]

    /// Finds the project among files and sorts them; those of other packages are left out.
    init(_ sources: [ImportSource]) {
        let file = sources.filter { Self.name(of: $0.path).stem == "dbt_project" }.min { $0.path.count < $1.path.count }
        let root = file.map { String($0.path.dropLast(Self.lastPart(of: $0.path).count)) } ?? ""
        if case .document(let value)? = file?.content { settings = value }
        for source in sources where source.path.hasPrefix(root) {
            let folders = source.path.dropFirst(root.count).split(separator: "/").dropLast().map(String.init)
            let (stem, ending) = Self.name(of: source.path)
            if stem == "manifest", ending == "json" {
                if case .document(let value) = source.content { manifest = DbtManifest(value) }
            } else if !folders.contains(where: { Self.foreignFolders.contains($0) }) {
                switch source.content {
                case .document(let value) where stem != "dbt_project" && Self.hasProperties(value):
                    properties.append(File(path: source.path, folders: folders, stem: stem, content: value))
                case .text(let text) where ending == "sql":
                    scripts.append(File(path: source.path, folders: folders, stem: stem, content: text))
                default: break
                }
            }
        }
    }

    /// Whether a file lies in one of the folders that a setting such as `test-paths` names.
    func lies(_ folders: [String], in setting: String) -> Bool { below(folders, setting) != nil }

    /// The folders below the one that a setting such as `model-paths` names; `nil` for files elsewhere.
    func below(_ folders: [String], _ setting: String) -> [String]? {
        let usual = [
            "model-paths": ["models"], "seed-paths": ["seeds", "data"], "snapshot-paths": ["snapshots"],
            "test-paths": ["tests", "test"],
        ]
        let named = settings[setting]?.elements.compactMap(\.scalarText) ?? []
        for path in named.isEmpty ? usual[setting] ?? [] : named {
            let parts = path.split(separator: "/").map(String.init)
            if folders.starts(with: parts) { return Array(folders.dropFirst(parts.count)) }
        }
        return nil
    }

    /// What `dbt_project.yml` says of a resource: settings of its kind, of the project, of each folder down to itself.
    func config(_ kinds: [String], _ path: [String]) -> DbtConfig {
        var config = DbtConfig()
        for kind in kinds {
            guard var node = settings[kind] else { continue }
            Self.apply(node, to: &config)
            for part in [settings["name"]?.scalarText].compactMap(\.self) + path {
                guard let next = node[part] else { break }
                node = next
                Self.apply(node, to: &config)
            }
        }
        return config
    }

    /// Takes over the settings of one level; other objects are folders below it.
    private static func apply(_ node: JSONValue, to config: inout DbtConfig) {
        for member in node.members {
            let isObject = if case .object = member.value { true } else { false }
            if member.name.hasPrefix("+") || !isObject { config.set(member.name, member.value) }
        }
    }

    private static func hasProperties(_ document: JSONValue) -> Bool {
        document.members.contains { sections.contains($0.name) }
    }

    private static func lastPart(of path: String) -> Substring {
        path.split(separator: "/").last ?? ""
    }

    private static func name(of path: String) -> (stem: String, ending: String) {
        let last = lastPart(of: path)
        guard let dot = last.lastIndex(of: ".") else { return (String(last), "") }
        return (String(last[..<dot]), String(last[last.index(after: dot)...]))
    }
}

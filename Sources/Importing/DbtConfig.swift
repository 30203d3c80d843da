import ExactJSON

/// Settings of a resource or of a test; what comes later takes the place of what was there, but tags add up.
struct DbtConfig: Sendable, Hashable {
    private var members: [JSONValue.Member] = []
    /// All tags, each once, in their order.
    private(set) var tags: [String] = []

    /// Settings that may stand among a test's arguments, as older versions of dbt had it.
    static let namesBesideArguments: Set<String> = [
        "severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc", "store_failures",
        "store_failures_as", "meta", "database", "schema", "alias",
    ]

    /// Takes over the members of an object, if there is one.
    init(_ value: JSONValue? = nil) {
        apply(value)
    }

    /// Takes over the members of an object.
    mutating func apply(_ value: JSONValue?) {
        for member in value?.members ?? [] { set(member.name, member.value) }
    }

    /// Takes over what another place says.
    mutating func apply(_ other: DbtConfig) {
        for member in other.members { set(member.name, member.value) }
        set("tags", .array(other.tags.map(JSONValue.string)))
    }

    /// Sets one value; `+schema`, as in `dbt_project.yml`, is `schema`.
    mutating func set(_ name: String, _ value: JSONValue) {
        let name = name.hasPrefix("+") ? String(name.dropFirst()) : name
        if name == "tags" {
            let texts = value.elements.isEmpty ? [value.scalarText] : value.elements.map(\.scalarText)
            for tag in texts.compactMap(\.self) where !tags.contains(tag) { tags.append(tag) }
        } else if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append(JSONValue.Member(name, value))
        }
    }

    /// What is set, null included; `nil` where nothing is said.
    subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

    /// A text, number or boolean that is set.
    func text(_ name: String) -> String? {
        guard let text = self[name]?.scalarText, !text.isEmpty else { return nil }
        return text
    }

    /// A text without Jinja in it.
    func plainText(_ name: String) -> String? {
        guard let text = text(name), !DbtTemplate.hasJinja(text) else { return nil }
        return text
    }

    /// Whether something is switched off by a plain `false`.
    var isDisabled: Bool { text("enabled")?.lowercased() == "false" }
}

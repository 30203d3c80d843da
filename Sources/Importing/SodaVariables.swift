import ExactJSON

/// Values of `${NAME}` in Soda's files, as far as the files themselves say them.
struct SodaVariables: Sendable, Hashable {
    private var values: [String: String]

    init(_ values: [String: String] = [:]) {
        self.values = values
    }

    /// Reads the sections `variables` of files of SodaCL, which all files share.
    init(sodaCL documents: [JSONValue]) {
        self.init()
        for member in documents.flatMap({ $0["variables"]?.members ?? [] }) {
            values[member.name] = member.value.scalarText
        }
    }

    /// Reads the defaults of a contract's variables.
    init(contract: JSONValue) {
        self.init()
        for member in contract["variables"]?.members ?? [] {
            values[member.name] = member.value["default"]?.scalarText
        }
    }

    /// These variables and one more.
    func with(_ name: String, _ value: String) -> SodaVariables {
        var variables = self
        variables.values[name] = value
        return variables
    }

    /// The text with values in the place of names; a name without a value stays.
    func resolved(_ text: String) -> String {
        var text = text
        // A value may name others; those that name each other in a circle stay.
        for _ in 0..<8 {
            let next = resolvedOnce(text)
            guard next != text else { break }
            text = next
        }
        return text
    }

    private func resolvedOnce(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstRange(of: "}") {
            result += rest[..<open.lowerBound]
            let name = SodaText.trimmed(rest[open.upperBound..<close.lowerBound])
            result += value(of: name) ?? String(rest[open.lowerBound..<close.upperBound])
            rest = rest[close.upperBound...]
        }
        result += rest
        return result
    }

    private func value(of name: String) -> String? {
        if let value = values[name] ?? SodaText.rest(of: name, after: "var.").flatMap({ values[$0] }) { return value }
        // The time of the scan, as a text: 'now' is PostgreSQL's word for it.
        return name == "NOW" || name == "soda.NOW" ? "now" : nil
    }

    /// The value with all its texts and names resolved.
    func resolved(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(resolved(text))
        case .array(let elements): .array(elements.map { resolved($0) })
        case .object(let members):
            .object(members.map { JSONValue.Member(resolved($0.name), resolved($0.value)) })
        case .null, .boolean, .number: value
        }
    }

    /// The first variable without a value in what a check asks; names and attributes ask nothing.
    static func placeholder(in value: JSONValue) -> String? {
        switch value {
        case .string(let text): return SodaText.firstPlaceholder(in: text)
        case .array(let elements):
            for element in elements {
                if let found = placeholder(in: element) { return found }
            }
        case .object(let members):
            for member in members where !["name", "attributes", "identity", "qualifier"].contains(member.name) {
                if let found = SodaText.firstPlaceholder(in: member.name) ?? placeholder(in: member.value) {
                    return found
                }
            }
        case .null, .boolean, .number: break
        }
        return nil
    }

    /// Refuses a check that depends on a variable without a value.
    static func requireValues(in parts: [JSONValue]) throws(SodaRefusal) {
        guard let name = placeholder(in: .array(parts)) else { return }
        throw SodaRefusal("\(name) has no value in these files")
    }
}

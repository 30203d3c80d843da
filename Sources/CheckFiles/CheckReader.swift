import Checks
import StructuredSQL

/// Reads one check of a suite: a kind with its arguments, and common options beside it.
struct CheckReader {
    let reader: NodeReader
    /// What the suite says of every check in it.
    let template: Template

    /// What a suite and the project give to each of their checks.
    struct Template {
        var dataset: Dataset
        var severity: Severity
        var owner: String?
        var tags: [String]
        var keep: RowLimit
        var schedule: Schedule?
        var runbook: String?
        var sample: Sample?
    }

    /// Reads the checks under a column: a kind's name, one mapping, or a list of both.
    func checks(under column: YAMLNode.Entry) -> [Check] {
        if column.value.isNull {
            reader.diagnostics.error(at: column.keyLocation, "no checks under column \"\(column.key)\"")
            return []
        }
        if column.value.elements?.isEmpty == true {
            reader.diagnostics.error(at: column.value.location, "no checks under column \"\(column.key)\"")
        }
        return (column.value.elements ?? [column.value]).compactMap { check($0, under: column.key) }
    }

    /// Reads one check; `nil` after noting what is wrong.
    func check(_ node: YAMLNode, under column: String?) -> Check? {
        if let name = node.text {
            return check(kind: name, at: node.location, arguments: nil, options: [:], under: column)
        }
        guard let entries = node.entries else {
            reader.diagnostics.error(at: node.location, "a check is the name of a kind, or {kind: parameters}")
            return nil
        }
        let kinds = entries.filter { KindCatalogue.kind(named: $0.key) != nil }
        guard kinds.count == 1, let kind = kinds.first else {
            reportKinds(kinds, among: entries, of: node)
            return nil
        }
        var options: [String: YAMLNode.Entry] = [:]
        for entry in entries where entry.key != kind.key {
            guard CommonOptions.keys.contains(entry.key) else {
                reportUnknownOption(entry, beside: kind.key)
                continue
            }
            options[entry.key] = entry
        }
        return check(kind: kind.key, at: kind.keyLocation, arguments: kind.value, options: options, under: column)
    }

    private func check(
        kind name: String, at location: SourceLocation, arguments node: YAMLNode?,
        options: [String: YAMLNode.Entry], under column: String?
    ) -> Check? {
        guard let kindType = KindCatalogue.kind(named: name) else {
            reportUnknownKind(name, at: location)
            return nil
        }
        let definition = kindType.definition
        let argumentReader = ArgumentReader(reader: reader, definition: definition, column: column)
        if definition.scope == .dataset, column != nil {
            _ = argumentReader.columns(of: Arguments(), at: location)
            return nil
        }
        guard let arguments = argumentReader.arguments(node ?? .nothing(at: location), at: location) else { return nil }
        let kind: any CheckKind
        do {
            kind = try kindType.init(arguments)
        } catch {
            let spot = error.parameter.flatMap { name in
                node?.entries?.first { $0.key == name }?.value.location ?? node?.location
            }
            reader.diagnostics.error(at: spot ?? location, error.message, hint: error.hint)
            return nil
        }
        guard let columns = argumentReader.columns(of: arguments, at: location) else { return nil }
        var check = Check(id: "", dataset: template.dataset, kind: kind, columns: columns, source: location)
        check.severity = template.severity
        check.owner = template.owner
        check.tags = template.tags
        check.keep = template.keep
        check.schedule = template.schedule
        check.runbook = template.runbook
        if definition.judgesSingleRows { check.sample = template.sample }
        CommonOptions.apply(options, to: &check, with: reader)
        check.id = identifier(of: check, given: reader.text(options["id"]), at: options["id"]?.value.location)
        check.definition = check.canonicalDefinition(arguments: arguments)
        return check
    }

    /// `<dataset>.<columns>.<kind>`; a given id takes the place of what follows the dataset.
    private func identifier(of check: Check, given: String?, at location: SourceLocation?) -> String {
        let dataset = template.dataset.name
        if let given {
            if let location { reader.requireIdentifier(given, at: location) }
            return given.hasPrefix(dataset + ".") ? given : "\(dataset).\(given)"
        }
        var parts = [dataset]
        if !check.columns.isEmpty { parts.append(check.columns.joined(separator: "_")) }
        parts.append(check.kindName)
        if let suffix = check.kind.idSuffix { parts.append(Self.slug(suffix)) }
        return parts.joined(separator: ".")
    }

    /// At most 40 characters of a text, with `_` for whatever is no letter or digit.
    static func slug(_ text: String) -> String {
        let words = text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        var slug = String(words.joined(separator: "_").prefix(40))
        while slug.hasSuffix("_") { slug.removeLast() }
        return slug
    }

    // MARK: Mistakes

    private func reportKinds(_ kinds: [YAMLNode.Entry], among entries: [YAMLNode.Entry], of node: YAMLNode) {
        if let second = kinds.dropFirst().first {
            reader.diagnostics.error(
                at: second.keyLocation, "\"\(kinds[0].key)\" and \"\(second.key)\" are two checks",
                hint: "Write a list: [{\(kinds[0].key): …}, {\(second.key): …}].")
        } else if let stranger = entries.first(where: { !CommonOptions.keys.contains($0.key) }) {
            reportUnknownKind(stranger.key, at: stranger.keyLocation)
        } else {
            reader.diagnostics.error(
                at: node.location, "this check has options but no kind", hint: "Add one, such as not_null.")
        }
    }

    private func reportUnknownKind(_ name: String, at location: SourceLocation) {
        reader.diagnostics.error(
            at: location, "unknown kind of check \"\(name)\"", hint: KindCatalogue.hint(forUnknown: name))
    }

    private func reportUnknownOption(_ entry: YAMLNode.Entry, beside kind: String) {
        let parameters = KindCatalogue.kind(named: kind)?.definition.parameters.map(\.name) ?? []
        if parameters.contains(entry.key) {
            reader.diagnostics.error(
                at: entry.keyLocation, "\"\(entry.key)\" belongs inside \"\(kind)\"",
                hint: "Write {\(kind): {\(entry.key): …}}.")
        } else {
            reader.diagnostics.error(
                at: entry.keyLocation, "unknown option \"\(entry.key)\"",
                hint: Suggestion.hint(for: entry.key, among: CommonOptions.keys)
                    ?? "Known options: \(CommonOptions.keys.joined(separator: ", ")).")
        }
    }
}

import Catalog
import Checks
import StructuredSQL

/// Reads a custom check: a `.sql` file of header comments and one query.
struct SQLCheckReader {
    let file: SourceFile
    let diagnostics: DiagnosticCollector
    let defaults: ProjectDefaults

    static let keys =
        ["check", "dataset", "key", "time", "pii", "parameters"]
        + CommonOptions.keys.filter { $0 != "id" && $0 != "where" }

    func check() -> Check? {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
        let headerLines = lines.prefix { line in
            let text = line.drop(while: \.isWhitespace)
            return text.isEmpty || text.hasPrefix("--")
        }
        let reader = NodeReader(file: headerFile(headerLines), diagnostics: diagnostics)
        reportLateKeys(lines.dropFirst(headerLines.count))
        guard let entries = header(reader) else { return nil }
        let start = SourceLocation(file: file.path, line: 1)
        guard let id = reader.text(entries["check"]) else {
            if entries["check"] == nil {
                diagnostics.error(at: start, "a custom check needs \"-- check: id\" at its top")
            }
            return nil
        }
        guard let relation = reader.relation(entries["dataset"]) else {
            if entries["dataset"] == nil {
                diagnostics.error(at: start, "a custom check needs \"-- dataset: schema.table\"")
            }
            return nil
        }
        guard let query = query(after: headerLines.count) else { return nil }
        if let location = entries["check"]?.value.location { reader.requireIdentifier(id, at: location) }
        let parameters = parameters(entries["parameters"], reader)
        for name in parameters.keys.sorted() where !query.unresolvedParameters.contains(name) {
            diagnostics.error(
                at: entries["parameters"]?.value.location ?? start, "the parameter :\(name) is declared and not used")
        }
        for name in query.unresolvedParameters.subtracting(BuiltInParameter.names).sorted()
        where parameters[name] == nil {
            diagnostics.error(
                at: SourceLocation(file: file.path, line: headerLines.count + 1),
                "the parameter :\(name) is not declared",
                hint: "Add \"-- parameters: {\(name): …}\" to the header; its value is the default, an SQL expression.")
        }
        let text = lines.dropFirst(headerLines.count).joined(separator: "\n")
        let arguments = Arguments(["query": .expression(query, text: text)])
        guard let kind = try? CustomQuery(arguments) else { return nil }
        var dataset = Dataset(relation: relation)
        dataset.key = reader.texts(entries["key"]) ?? []
        if let column = reader.text(entries["time"]) { dataset.time = TimeColumn(column: column) }
        dataset.masking = entries["pii"].map { reader.masking($0.value) } ?? [:]
        var check = Check(
            id: id, dataset: dataset, kind: kind,
            source: SourceLocation(file: file.path, line: headerLines.count + 1))
        check.severity = defaults.severity
        check.owner = defaults.owner
        check.keep = defaults.keep
        check.parameters = parameters
        CommonOptions.apply(entries.filter { CommonOptions.keys.contains($0.key) }, to: &check, with: reader)
        check.definition = check.canonicalDefinition(arguments: arguments)
        return check
    }

    /// The header as YAML: each `-- key: value` without its comment mark, at the column where it stands.
    ///
    /// What does not look like a key is for people; what nearly looks like one is a mistake.
    private func headerFile(_ lines: ArraySlice<Substring>) -> SourceFile {
        let fields = lines.enumerated().map { index, line -> (indentation: Int, text: Substring)? in
            let text = line.drop { $0.isWhitespace || $0 == "-" }
            guard let match = text.prefixMatch(of: #/([A-Za-z_-]+)(\s*):(\s|$)/#) else { return nil }
            let key = String(match.output.1)
            let location = SourceLocation(
                file: file.path, line: index + 1, column: line.unicodeScalars.count - text.unicodeScalars.count + 1)
            if Self.keys.contains(key), match.output.2.isEmpty { return (line.count - text.count, text) }
            let meant = key.lowercased().replacing("-", with: "_")
            if let close = Suggestion.closest(to: meant, among: Self.keys) {
                diagnostics.error(
                    at: location, "unknown key \"\(key)\" in the header", hint: "Did you mean \"\(close):\"?")
            }
            return nil
        }
        let indentation = fields.compactMap { $0?.indentation }.max() ?? 0
        let yaml = fields.map { field in field.map { String(repeating: " ", count: indentation) + $0.text } ?? "" }
        return SourceFile(path: file.path, text: yaml.joined(separator: "\n"))
    }

    /// A key below the query's first line would be a comment and nothing else.
    private func reportLateKeys(_ lines: ArraySlice<Substring>) {
        for (number, line) in zip(lines.indices, lines) {
            guard let match = line.prefixMatch(of: #/\s*--\s*([a-z_]+):\s/#), Self.keys.contains(String(match.output.1))
            else {
                continue
            }
            diagnostics.error(
                at: SourceLocation(file: file.path, line: number + 1),
                "\"\(match.output.1):\" stands below the beginning of the query",
                hint: "Move it to the header at the top.")
        }
    }

    private func header(_ reader: NodeReader) -> [String: YAMLNode.Entry]? {
        do {
            guard let root = try YAMLNode.parse(reader.file) else {
                diagnostics.error(
                    at: SourceLocation(file: file.path, line: 1), "a custom check needs \"-- check: id\" at its top")
                return nil
            }
            return reader.mapping(root, of: "the header of a custom check", keys: Self.keys)
        } catch {
            diagnostics.error(at: error.location, error.message, hint: error.hint)
            return nil
        }
    }

    private func query(after headerLineCount: Int) -> SQL? {
        let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(headerLineCount)
        let origin = SourceLocation(file: file.path, line: headerLineCount + 1)
        do {
            return try CheckFileSQL.query(lines.joined(separator: "\n"), origin: origin)
        } catch {
            diagnostics.error(at: origin.advanced(over: error.before), error.message, hint: error.hint)
            return nil
        }
    }

    private func parameters(_ entry: YAMLNode.Entry?, _ reader: NodeReader) -> [String: SQL] {
        guard let entry else { return [:] }
        guard let entries = entry.value.entries else {
            diagnostics.error(
                at: entry.value.location, "\"parameters\" maps names to defaults, each an SQL expression")
            return [:]
        }
        var parameters: [String: SQL] = [:]
        for parameter in entries {
            if BuiltInParameter.names.contains(parameter.key) {
                diagnostics.error(at: parameter.keyLocation, ":\(parameter.key) is always there and cannot be declared")
            }
            parameters[parameter.key] = reader.expression(parameter)
        }
        return parameters
    }
}

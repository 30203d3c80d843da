import Catalog
import Checks
import StructuredSQL

/// Reads the value of a kind's key into the kind's arguments.
struct ArgumentReader {
    let reader: NodeReader
    let definition: KindDefinition
    /// The column under which the check stands, which then is its column.
    let column: String?

    private var isUnderColumn: Bool { column != nil }

    /// The arguments, or `nil` after noting what is wrong.
    func arguments(_ node: YAMLNode, at location: SourceLocation) -> Arguments? {
        guard let entries = entries(node, at: location) else { return nil }
        var arguments = Arguments()
        var isComplete = true
        for parameter in definition.allParameters {
            guard let entry = entries[parameter.name] else {
                if parameter.isRequired {
                    reader.diagnostics.error(
                        at: location, "\(definition.name) needs \"\(parameter.name)\": \(parameter.summary)")
                    isComplete = false
                }
                continue
            }
            if let argument = argument(entry, form: parameter.form) {
                arguments.values[parameter.name] = argument
            } else {
                isComplete = false
            }
        }
        return isComplete ? arguments : nil
    }

    private func entries(_ node: YAMLNode, at location: SourceLocation) -> [String: YAMLNode.Entry]? {
        if node.isNull { return [:] }
        if node.entries != nil {
            let known = definition.allParameters.map(\.name)
            let entries = reader.mapping(node, of: definition.name, keys: known)
            if isUnderColumn, let entry = entries["column"] ?? entries["columns"] {
                reader.diagnostics.error(at: entry.keyLocation, "this check stands under its column already")
                return nil
            }
            return entries
        }
        return shorthand(node, at: location)
    }

    private func shorthand(_ node: YAMLNode, at location: SourceLocation) -> [String: YAMLNode.Entry]? {
        func entry(_ name: String, _ value: YAMLNode) -> YAMLNode.Entry {
            YAMLNode.Entry(key: name, keyLocation: location, value: value)
        }
        if isUnderColumn, definition.shorthand.isEmpty, node.text == "true" { return [:] }
        switch (definition.shorthand.count, node.elements) {
        case (1, _):
            return [definition.shorthand[0]: entry(definition.shorthand[0], node)]
        case (2, let elements?) where elements.count == 2:
            return Dictionary(
                uniqueKeysWithValues: zip(definition.shorthand, elements)
                    .filter { !$1.isNull }.map { ($0, entry($0, $1)) })
        case (0, nil) where !isUnderColumn && (definition.scope == .column || definition.scope == .timeColumn):
            return ["column": entry("column", node)]
        case (0, _) where !isUnderColumn && (definition.scope == .columns || definition.scope == .columnNames):
            return ["columns": entry("columns", node)]
        default:
            let names = definition.parameters.map(\.name)
            reader.diagnostics.error(
                at: node.location, "\(definition.name) does not take a bare value",
                hint: names.isEmpty ? nil : "Write {\(definition.name): {\(names.joined(separator: ": …, ")): …}}.")
            return nil
        }
    }

    private func argument(_ entry: YAMLNode.Entry, form: Parameter.Form) -> ArgumentValue? {
        switch form {
        case .text, .value, .column:
            return reader.text(entry).map(ArgumentValue.text)
        case .relation:
            guard let text = reader.text(entry) else { return nil }
            guard RelationName.parts(of: text) != nil else {
                reader.diagnostics.error(at: entry.value.location, "\"\(text)\" is not the name of a relation")
                return nil
            }
            return .text(text)
        case .values:
            return reader.list(entry.value, of: entry.key).map(ArgumentValue.list)
        case .tuples:
            guard let elements = entry.value.elements else {
                reader.diagnostics.error(at: entry.value.location, "\"\(entry.key)\" must be a list of lists")
                return nil
            }
            let tuples = elements.compactMap { reader.list($0, of: entry.key) }
            return tuples.count == elements.count ? .tuples(tuples) : nil
        case .number:
            guard let text = reader.text(entry) else { return nil }
            guard ExactDecimal(text) != nil else {
                reader.diagnostics.error(at: entry.value.location, "\"\(text)\" is not a number")
                return nil
            }
            return .text(text)
        case .columns, .texts:
            return reader.texts(entry).map(ArgumentValue.list)
        case .boolean:
            return reader.boolean(entry).map(ArgumentValue.boolean)
        case .count:
            return reader.count(entry).map(ArgumentValue.count)
        case .duration:
            return reader.duration(entry).map(ArgumentValue.duration)
        case .expression:
            guard let text = reader.text(entry), let sql = reader.expression(text, node: entry.value) else {
                return nil
            }
            return .expression(sql, text: text)
        case .json:
            return .json(entry.value.json)
        case .measure:
            return nested(entry.value).map(ArgumentValue.measure)
        case .choice(let words):
            guard let text = reader.text(entry) else { return nil }
            guard words.contains(text) else {
                reader.diagnostics.error(
                    at: entry.value.location, "\"\(text)\" is not one of \(words.joined(separator: ", "))",
                    hint: Suggestion.hint(for: text, among: words))
                return nil
            }
            return .text(text)
        }
    }

    /// A kind that stands for what it measures: `row_count`, or `{percentile: {fraction: 0.9}}`.
    private func nested(_ node: YAMLNode) -> NestedKind? {
        let (name, spot, value): (String, SourceLocation, YAMLNode?)
        if let text = node.text {
            (name, spot, value) = (text, node.location, nil)
        } else if let entries = node.entries, entries.count == 1 {
            (name, spot, value) = (entries[0].key, entries[0].keyLocation, entries[0].value)
        } else {
            reader.diagnostics.error(
                at: node.location, "what is measured is one kind of check, such as row_count or {avg: {column: amount}}"
            )
            return nil
        }
        guard let kind = KindCatalogue.kind(named: name)?.definition else {
            reader.diagnostics.error(
                at: spot, "unknown kind of check \"\(name)\"", hint: KindCatalogue.hint(forUnknown: name))
            return nil
        }
        let inner = ArgumentReader(reader: reader, definition: kind, column: column)
        guard let arguments = inner.arguments(value ?? .nothing(at: spot), at: spot),
            let columns = inner.columns(of: arguments, at: spot)
        else { return nil }
        return NestedKind(kind: name, arguments: arguments, columns: columns)
    }

    /// The columns that a check with these arguments is about, or `nil` after noting what is wrong.
    func columns(of arguments: Arguments, at location: SourceLocation) -> [String]? {
        let name = definition.name
        switch definition.scope {
        case .dataset:
            guard column == nil else {
                reader.diagnostics.error(
                    at: location, "\(name) is about the dataset, not a column",
                    hint: "Move it to the list under \"checks:\".")
                return nil
            }
            // What "columns" means is what the kind says.
            return []
        case .measured:
            return arguments.measure("of")?.columns ?? []
        case .column, .columns, .columnNames, .timeColumn:
            let columns =
                column.map { [$0] } ?? arguments.list("columns") ?? arguments.text("column").map { [$0] } ?? []
            if columns.isEmpty, definition.scope != .timeColumn {
                let parameter = definition.scope == .column ? "column" : "columns"
                reader.diagnostics.error(
                    at: location, "\(name) does not say which column it is about",
                    hint: "Put it under the column in \"columns:\", or write {\(name): {\(parameter): …}}.")
                return nil
            }
            return columns
        }
    }
}

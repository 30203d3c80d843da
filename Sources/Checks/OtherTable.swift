import Catalog

/// A relation that a check names beside its dataset: `schema.table`, or `schema.table.column`.
struct OtherTable: Sendable, Hashable {
    /// The name's parts, with the column if it stands there.
    private let parts: [String]
    private let columns: [String]?
    private let parameter: String

    /// Reads the relation from one parameter and its columns from another.
    init(_ arguments: Arguments, parameter: String = "to", columns: String? = nil) throws(ArgumentError) {
        self.parameter = parameter
        let text = try arguments.required(parameter, arguments.text(parameter))
        guard let parts = RelationName.parts(of: text), parts.count <= 3 else {
            throw ArgumentError(
                parameter, "\"\(text)\" is not a relation", hint: "Write schema.table or schema.table.column.")
        }
        self.parts = parts
        self.columns = columns.flatMap { arguments.list($0) }
        if parts.count == 3, self.columns != nil {
            throw ArgumentError(columns, "\"\(parameter)\" names the column already")
        }
    }

    /// `a.b` is a relation in a schema if columns are given apart, else `a` may be one with the column `b`; the catalog
    /// decides, so both are asked for.
    var candidates: [RelationName] {
        switch parts.count {
        case 3: [RelationName(schema: parts[0], name: parts[1])]
        case 2 where columns == nil:
            [RelationName(schema: parts[0], name: parts[1]), RelationName(schema: nil, name: parts[0])]
        case 2: [RelationName(schema: parts[0], name: parts[1])]
        default: [RelationName(schema: nil, name: parts[0])]
        }
    }

    /// The relation as the catalog has it.
    func relation(for subject: Subject) throws(SubjectError) -> Relation { try found(for: subject).relation }

    /// The relation and as many columns as the check has, by default those of the same names.
    func columns(for subject: Subject) throws(SubjectError) -> (relation: Relation, columns: [Column]) {
        let own = subject.columns.map(\.name)
        let (relation, named) = try found(for: subject)
        let names = columns ?? named.map { [$0] } ?? own
        guard names.count == own.count else {
            throw SubjectError("\(own.count) columns cannot refer to \(names.count) columns of \(relation.name)")
        }
        var result: [Column] = []
        for name in names {
            guard let column = relation.column(named: name) else {
                throw SubjectError(
                    "column \"\(name)\" does not exist in \(relation.name)",
                    hint: "Name it: \(parameter)_columns: [\(relation.primaryKey.first ?? "…")].")
            }
            result.append(column)
        }
        return (relation, result)
    }

    /// The relation, and the column if its name has one.
    private func found(for subject: Subject) throws(SubjectError) -> (relation: Relation, column: String?) {
        for (position, name) in candidates.enumerated() {
            guard let relation = subject.otherRelations[name] else { continue }
            return (relation, parts.count == 3 ? parts[2] : position == 1 ? parts[1] : nil)
        }
        throw SubjectError("relation \"\(parts.joined(separator: "."))\" of \"\(parameter)\" does not exist")
    }
}

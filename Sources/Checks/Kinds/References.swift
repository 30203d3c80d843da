package import Catalog
import StructuredSQL

/// `references`: every key exists in another relation.
package struct References: CheckKind {
    package static let definition = KindDefinition(
        "references", "Every key exists in another relation",
        scope: .columns,
        parameters: [
            Parameter("to", .relation, isRequired: true, "the other relation, or relation.column"),
            Parameter("to_columns", .columns, "its columns in the same order; by default of the same names"),
            Parameter("to_where", .expression, "only rows of the other relation for which this holds count"),
        ],
        shorthand: ["to"],
        semantics: """
            A row with a NULL in its key passes unless nulls: fail, as in a foreign key (MATCH SIMPLE). A NULL in the \
            other relation matches nothing and hides nothing.
            """,
        otherNames: [
            "relationships", "relationships_where", "valid_reference_data", "col_vals_in_table", "ReferentialIntegrity",
            "lookup_key_not_found", "foreign_key",
        ]
    )

    /// The other relation, with the column if the short form named it.
    private let target: [String]
    private let targetColumns: [String]?
    private let targetFilter: SQL?

    package init(_ arguments: Arguments) throws(ArgumentError) {
        let text = try arguments.required("to", arguments.text("to"))
        guard let parts = RelationName.parts(of: text), parts.count <= 3 else {
            throw ArgumentError(
                "to", "\"\(text)\" is not a relation", hint: "Write schema.table or schema.table.column.")
        }
        target = parts
        targetColumns = arguments.list("to_columns")
        targetFilter = arguments.expression("to_where")?.sql
        if parts.count == 3, targetColumns != nil {
            throw ArgumentError("to_columns", "\"to\" names the column already")
        }
    }

    /// `a.b` is a relation in a schema if columns are given apart, else `a` may be one with the column `b`; the catalog
    /// decides, so both are asked for.
    package var otherRelations: [RelationName] {
        switch target.count {
        case 3: [RelationName(schema: target[0], name: target[1])]
        case 2 where targetColumns == nil:
            [RelationName(schema: target[0], name: target[1]), RelationName(schema: nil, name: target[0])]
        case 2: [RelationName(schema: target[0], name: target[1])]
        default: [RelationName(schema: nil, name: target[0])]
        }
    }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let (parent, parentColumns) = try resolve(subject)
        let join = ParentJoin(subject: subject, parent: parent, parentColumns: parentColumns, filter: targetFilter)
        return .rows(join.violation, .joining)
    }

    package func proof(on subject: Subject) -> String? {
        guard targetFilter == nil, let (parent, parentColumns) = try? resolve(subject) else { return nil }
        let pairs = Set(zip(subject.columns, parentColumns).map { Pair(from: $0.name, to: $1.name) })
        let key = subject.relation.constraints.first { constraint in
            guard case .foreignKey(let relation, let columns) = constraint.kind, relation == parent.name else {
                return false
            }
            return Set(zip(constraint.columns, columns).map { Pair(from: $0, to: $1) }) == pairs
        }
        guard let key else { return nil }
        if subject.nulls == .pass { return key.name }
        let allPresent = key.columns.allSatisfy { subject.relation.constraint(forbiddingNullsIn: $0) != nil }
        return allPresent ? key.name : nil
    }

    private struct Pair: Hashable {
        var from: String
        var to: String
    }

    private func resolve(_ subject: Subject) throws(SubjectError) -> (Relation, [Column]) {
        var candidates: [(name: RelationName, columns: [String])] = []
        let ownNames = subject.columns.map(\.name)
        switch target.count {
        case 3: candidates.append((RelationName(schema: target[0], name: target[1]), [target[2]]))
        case 2:
            candidates.append((RelationName(schema: target[0], name: target[1]), targetColumns ?? ownNames))
            if targetColumns == nil {
                candidates.append((RelationName(schema: nil, name: target[0]), [target[1]]))
            }
        default: candidates.append((RelationName(schema: nil, name: target[0]), targetColumns ?? ownNames))
        }
        guard let found = candidates.first(where: { subject.otherRelations[$0.name] != nil }),
            let parent = subject.otherRelations[found.name]
        else {
            throw SubjectError("relation \"\(target.joined(separator: "."))\" of \"to\" does not exist")
        }
        guard found.columns.count == subject.columns.count else {
            throw SubjectError(
                "\(subject.columns.count) columns cannot refer to \(found.columns.count) columns of \(parent.name)")
        }
        var columns: [Column] = []
        for name in found.columns {
            guard let column = parent.column(named: name) else {
                throw SubjectError(
                    "column \"\(name)\" does not exist in \(parent.name)",
                    hint: "Name it: to_columns: [\(parent.primaryKey.first ?? "…")]."
                )
            }
            columns.append(column)
        }
        return (parent, columns)
    }
}

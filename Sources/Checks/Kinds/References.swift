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
            Parameter(
                "match", .choice(["simple", "full"]),
                "full: a key that is NULL in part fails; simple, the default: it passes"),
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
        ],
        example: KindExample(
            "{references: {columns: customer_id, to: shop.customers}}", gives: "fail: 1 of 8")
    )

    private let target: OtherTable
    private let targetFilter: SQL?
    /// Whether a key that is NULL in part fails.
    private let matchesInFull: Bool

    package init(_ arguments: Arguments) throws(ArgumentError) {
        target = try OtherTable(arguments, columns: "to_columns")
        targetFilter = arguments.expression("to_where")?.sql
        matchesInFull = arguments.text("match") == "full"
    }

    package var otherRelations: [RelationName] { target.candidates }

    package func assertion(on subject: Subject) throws(SubjectError) -> Assertion {
        let (parent, parentColumns) = try target.columns(for: subject)
        let join = ParentJoin(subject: subject, parent: parent, parentColumns: parentColumns, filter: targetFilter)
        var violation = join.violation
        if matchesInFull {
            let count: SQL = "pg_catalog.num_nulls(\(subject.columnList))"
            violation.condition =
                "(\(violation.condition)) OR \(count) BETWEEN 1 AND \(bind: subject.columns.count - 1)"
        }
        return .rows(violation, .joining)
    }

    package func proof(on subject: Subject) -> String? {
        guard targetFilter == nil, !matchesInFull, let (parent, parentColumns) = try? target.columns(for: subject)
        else { return nil }
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
}

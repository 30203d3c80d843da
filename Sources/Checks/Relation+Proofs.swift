package import Catalog
package import StructuredSQL

extension Relation {
    /// Whether this server stores the rows itself, so that a type's values are what the type allows.
    package var keepsTypes: Bool { kind == .table || kind == .partitionedTable || kind == .materializedView }

    /// The relation as a value of type `regclass`.
    package var regclass: SQL { "\(bind: name.sql.literalText)::pg_catalog.regclass" }

    /// A constraint that keeps NULL out of the column.
    package func constraint(forbiddingNullsIn column: String) -> Constraint? {
        constraints.first { constraint in
            switch constraint.kind {
            case .notNull, .primaryKey: constraint.columns.contains(column)
            case .unique, .foreignKey: false
            }
        }
    }

    /// A key that lets no two rows share their values in `columns`.
    ///
    /// A key on some of the columns proves it for all of them. Where NULLs count as equal, the key must see them so too,
    /// or its columns must have none.
    package func key(within columns: [String], nulls: NullPolicy) -> Constraint? {
        constraints.first { constraint in
            guard Set(constraint.columns).isSubset(of: columns), !constraint.columns.isEmpty else { return false }
            switch constraint.kind {
            case .primaryKey: return true
            case .unique(let nullsDistinct):
                return nulls == .pass || !nullsDistinct
                    || constraint.columns.allSatisfy { self.constraint(forbiddingNullsIn: $0) != nil }
            case .notNull, .foreignKey: return false
            }
        }
    }
}

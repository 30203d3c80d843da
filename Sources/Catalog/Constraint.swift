/// A constraint the server enforces on every row, now and at every later statement.
///
/// Introspection hands over only what holds for every row: validated, enforced and, for keys, neither partial nor on
/// expressions nor deferrable.
package struct Constraint: Sendable, Hashable {
    /// What the constraint says.
    package enum Kind: Sendable, Hashable {
        case notNull
        case primaryKey
        /// `nullsDistinct` is false for `UNIQUE NULLS NOT DISTINCT` (PostgreSQL 15).
        case unique(nullsDistinct: Bool)
        /// A key of another relation; columns pair up by position.
        case foreignKey(relation: RelationName, columns: [String])
    }

    package var name: String
    package var kind: Kind
    /// Columns it is about, in key order.
    package var columns: [String]

    package init(name: String, kind: Kind, columns: [String]) {
        self.name = name
        self.kind = kind
        self.columns = columns
    }
}

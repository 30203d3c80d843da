package import Catalog
package import StructuredSQL

/// Keys that a statement gathers first, to look rows up by them.
package enum KeyTable {
    /// Its name; no relation's of the user's, which always stand with their schema.
    package static let name = "assay_keys"

    /// The operator that finds a row's key among them.
    ///
    /// Only `=` is hashed and merged; where NULLs count as equal, it will do for columns that have none.
    package static func equality(on column: String, of relation: Relation, nulls: NullPolicy) -> SQL {
        nulls == .pass || relation.constraint(forbiddingNullsIn: column) != nil ? "=" : "IS NOT DISTINCT FROM"
    }
}

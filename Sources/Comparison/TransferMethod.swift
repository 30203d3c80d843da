import Catalog
import StructuredSQL

/// What travels from two servers so that their rows can be compared.
package enum TransferMethod: String, Sendable, Hashable, CaseIterable {
    /// Whole rows, compared byte by byte: least work for the servers, most for the network.
    case rows
    /// Keys and a hash of each row; a row itself only where the hashes differ.
    case hashes
    /// Checksums of buckets of rows; then keys and hashes of the buckets that differ: the least for the network, but the
    /// servers read such rows twice.
    case checksums
}

extension ColumnPair {
    /// What travels of a column where whole rows do; `nil` where equal values may have other bytes on the other side, so that
    /// only a hash says that they are equal.
    ///
    /// Other bytes do not mean another value, as of 1.0 and 1.00: the rows are fetched, and compared by value.
    func whole(_ side: DiffQuery.Side) -> SQL? {
        let column = column(side)
        let value: SQL = "r.\(identifier: column.name)"
        switch form {
        case .plain where left.type.baseName == right.type.baseName && Self.sentAlike.contains(left.type.baseName):
            return value
        case .characters where ["text", "varchar"].contains(column.type.baseName): return value
        case .characters where column.type.category != .array: return "(\(value))::pg_catalog.text"
        default: return nil
        }
    }

    /// Types whose binary form is the same on every server, for the same value.
    private static let sentAlike: Set = [
        "int2", "int4", "int8", "bool", "float4", "float8", "numeric", "date", "timestamp", "timestamptz", "uuid",
        "bytea", "jsonb",
    ]
}

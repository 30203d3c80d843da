package import StructuredSQL

extension MaskingRule {
    /// The same digest whatever the database's encoding; in one without an encoding, of the bytes as they are.
    private static let encoding: SQL =
        "CASE pg_catalog.getdatabaseencoding() WHEN 'SQL_ASCII' THEN 'SQL_ASCII' ELSE 'UTF8' END"

    /// The masked form of a text; NULL stays NULL.
    package func masked(_ text: SQL) -> SQL {
        switch self {
        case .hash:
            "'sha256:' || pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(\(text), \(Self.encoding))), 'hex')"
        case .mask: "pg_catalog.\"left\"(\(text), 1) || '***'"
        case .drop: "NULL"
        }
    }
}

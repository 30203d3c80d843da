import ExactJSON

/// Where indicators get their data: only its type is read.
enum OpenSLODataSource {
    /// Whether a type is that of PostgreSQL, or of what speaks its SQL.
    static func isPostgreSQL(_ type: String) -> Bool {
        let name = type.lowercased().filter { $0.isLetter }
        return ["postgres", "postgresql", "psql", "timescaledb", "timescale", "citus", "alloydb"].contains(name)
    }

    /// What becomes of a document.
    static func conversion(of object: OpenSLOObject) -> RuleConversion {
        let type = object.spec["type"]?.scalarText ?? "a type that it does not say"
        guard isPostgreSQL(type) else { return .notConverted("a connection to \(type)") }
        return RuleConversion([]).approximated(
            "its type is read, its connection is not: targets of assay.yaml are libpq strings")
    }
}

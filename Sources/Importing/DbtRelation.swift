/// A table or view that dbt names by `ref` or `source`.
struct DbtRelation: Sendable, Hashable {
    /// `nil` where the files do not say.
    var schema: String?
    var name: String
    /// Why nothing can be asked of it; `nil` for a relation that is there.
    var obstacle: String?

    /// As a suite names it.
    var dataset: String { parts.map(DbtText.relationPart).joined(separator: ".") }

    /// As SQL names it.
    var sql: String { parts.map(DbtText.identifier).joined(separator: ".") }

    /// What ids of its custom checks begin with.
    var idPrefix: String { DbtText.idPart(schema ?? name) }

    private var parts: [String] { [schema, name].compactMap(\.self) }

    /// Itself, or what stands in the way.
    func usable() throws(DbtObstacle) -> DbtRelation {
        if let obstacle { throw DbtObstacle(obstacle) }
        return self
    }
}

/// Why something cannot be converted.
struct DbtObstacle: Error, Sendable, Hashable {
    /// A clause without a full stop.
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

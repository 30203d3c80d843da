import Catalog
import Checks
import Comparison
import Postgres
import StructuredSQL

extension TableDiffRunner.Context {
    /// The strictest rule of either side, by the column's name in the result.
    func rules(
        of schema: DiffSchema, left: SideRelation, right: SideRelation
    ) -> [String: MaskingRule] {
        let (one, two) = (rules(of: left), rules(of: right))
        return (schema.key + schema.columns).reduce(into: [:]) { rules, pair in
            rules[pair.name] = [one[pair.left.name], two[pair.right.name]].compactMap(\.self).max {
                $1.isStricter(than: $0)
            }
        }
    }

    /// Rules of a relation's columns, whatever schema its suite names it with; a query has none.
    func rules(of side: SideRelation) -> [String: MaskingRule] {
        guard let name = side.relation?.name else { return [:] }
        return masking.filter { $0.key.name == name.name && ($0.key.schema ?? name.schema) == name.schema }.values
            .reduce(into: [:]) { $0.merge($1) { $0.isStricter(than: $1) ? $0 : $1 } }
    }

    /// How the value of a column leaves the server, by its name in the result.
    static func masking(by rules: [String: MaskingRule]) -> @Sendable (String, SQL) -> SQL? {
        { name, value in
            switch rules[name] {
            case nil: value
            case .drop?: nil
            case let rule?: rule.masked("(\(value))::pg_catalog.text")
            }
        }
    }

    /// What a server said, without values of personal columns.
    static func problem(_ error: PostgresError, hasPersonalColumns: Bool) -> String {
        let code = error.sqlState.map { " (SQLSTATE \($0.rawValue))" } ?? ""
        let mayQuoteValues = hasPersonalColumns && error.kind == .server && error.sqlState?.errorClass == "22"
        let message =
            mayQuoteValues ? "the server's message is withheld, because there are personal columns" : error.message
        return message + code
    }

    /// The values of `:window_start` and `:window_end`.
    var windowValues: [String: SQL] {
        [
            "window_start": window.map { "\(bind: $0.from)::pg_catalog.timestamptz" }
                ?? "'-infinity'::pg_catalog.timestamptz",
            "window_end": window.map { "\(bind: $0.to)::pg_catalog.timestamptz" }
                ?? "'infinity'::pg_catalog.timestamptz",
        ]
    }

    /// Waits until neither server has more active sessions than there may be.
    func waitForLoad(on servers: (left: ServerSide, right: ServerSide)) async throws {
        guard let maximumActive else { return }
        for side in [servers.left, servers.right] {
            while true {
                let active = try await side.fetching.withConnection { connection in
                    // In a transaction the first answer would be given again.
                    _ = try await connection.rows("SELECT pg_catalog.pg_stat_clear_snapshot()")
                    return try await connection.row(
                        """
                        SELECT count(*) FROM pg_catalog.pg_stat_activity
                        WHERE state = 'active' AND backend_type = 'client backend' AND application_name NOT LIKE 'assay%'
                        """
                    ).integer(0)
                }
                guard active > maximumActive else { break }
                observe(.waiting("\(active) sessions are active, more than \(maximumActive)"))
                try await Task.sleep(for: .seconds(1))
            }
        }
        observe(.waiting(nil))
    }
}

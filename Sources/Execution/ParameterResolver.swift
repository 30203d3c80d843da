import Checks
import Postgres
import StructuredSQL

/// Evaluates the defaults of declared parameters once, on the server, and makes typed bind values of them.
struct ParameterResolver {
    let connection: Connection
    /// Values given on the command line.
    let given: [String: String]

    /// Values by check id and name, and the checks that have none because a default fails.
    func values(
        for checks: [Check]
    ) async throws(PostgresError) -> (values: [String: [String: SQL]], failures: [String: CheckFailure]) {
        var values: [String: [String: SQL]] = [:]
        var failures: [String: CheckFailure] = [:]
        var known: [SQL: SQL] = [:]
        for check in checks where check.isEnabled && !check.parameters.isEmpty {
            for (name, expression) in check.parameters.sorted(by: { $0.key < $1.key }) {
                do throws(PostgresError) {
                    let value: SQL
                    if given[name] == nil, let cached = known[expression] {
                        value = cached
                    } else {
                        value = try await evaluate(expression, override: given[name])
                        // A default may call a function that changes settings.
                        try await SnapshotSession.rewind(connection)
                        if given[name] == nil { known[expression] = value }
                    }
                    values[check.id, default: [:]][name] = value
                } catch {
                    if error.endsSession || error.kind == .cancelled { throw error }
                    try await SnapshotSession.rewind(connection)
                    let isPersonal = !check.dataset.masking.isEmpty || !check.dataset.maskingElsewhere.isEmpty
                    failures[check.id] = CheckFailure(
                        .plan, "the parameter :\(name) cannot be evaluated\(isPersonal ? "" : ": " + error.message)",
                        sqlState: error.sqlState?.rawValue, hint: isPersonal ? nil : error.hint,
                        location: error.position.flatMap { position in
                            statement(expression).rendered().location(ofPosition: position)
                        })
                }
            }
        }
        return (values, failures)
    }

    private func statement(_ expression: SQL) -> SQL {
        """
        SELECT value::pg_catalog.text, pg_catalog.format_type(pg_catalog.pg_typeof(value)::pg_catalog.oid, NULL)
        FROM (SELECT (\(expression)) AS value) AS given
        """
    }

    private func evaluate(_ expression: SQL, override: String?) async throws(PostgresError) -> SQL {
        let row = try await connection.row(statement(expression))
        return "\(bind: override ?? row[0])::\(SQL(quotedByServer: try row.text(1)))"
    }
}

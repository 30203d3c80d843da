import Catalog
import Checks
import Postgres
import StructuredSQL

/// Turns what the server said into a failure of a check, with the place in the user's file and something to try.
struct FailureTranslator {
    let role: String
    let settings: AuditSettings

    /// Translates one error of a statement.
    ///
    /// With `hidesValues` the dataset has personal columns, whose values an error text may quote.
    func failure(
        _ error: PostgresError, phase: CheckFailure.Phase, statement: SQL, relation: RelationName?, hidesValues: Bool
    ) -> CheckFailure {
        var message = error.message
        if let detail = error.detail, !hidesValues { message += " (\(detail))" }
        let code = error.sqlState?.rawValue ?? ""
        // What the parser finds has a position and names what stands in the check; at run time the same codes quote values.
        let isHarmless =
            error.kind != .server || Self.harmlessStates.contains(code)
            || (Self.parserStates.contains(code) && error.position != nil)
        if hidesValues, !isHarmless {
            message = "the server's message is withheld, because the dataset has personal columns"
        }
        return CheckFailure(
            phase, message, sqlState: error.sqlState?.rawValue,
            hint: hint(for: error, relation: relation) ?? (hidesValues ? nil : error.hint),
            location: error.position.flatMap { statement.rendered().location(ofPosition: $0) })
    }

    private func hint(for error: PostgresError, relation: RelationName?) -> String? {
        if error.endsSession { return "The connection to the server was lost; nothing is known about the data." }
        switch (error.kind, error.sqlState) {
        case (_, SQLState.insufficientPrivilege?) where error.message.contains("row-level security"):
            return "Rows are hidden from role \(role) by a policy. Give it BYPASSRLS, or run as the table's owner."
        case (_, SQLState.insufficientPrivilege?):
            let name = relation?.sql.literalText ?? "…"
            return "GRANT SELECT ON \(name) TO \(SQL.quoted(identifier: role)); and USAGE on its schema."
        case (_, SQLState.queryCanceled?) where error.kind == .server && !error.message.contains("user request"):
            return
                "It took longer than statement_timeout (\(settings.statementTimeout.text)); raise it in \"defaults\"."
        case (.deadline, _):
            return "The server did not answer in time, not even with a timeout of its own."
        case (_, SQLState.lockNotAvailable?):
            return "Another session holds a lock on the table, most likely for DDL; see pg_blocking_pids()."
        case (_, SQLState.divisionByZero?):
            return "Divide by nullif(…, 0), or leave such rows out with \"where\"."
        case (_, SQLState.undefinedFunction?), (_, SQLState.undefinedTable?):
            guard settings.searchPath.isEmpty else { return nil }
            return error.hint ?? "The search path is empty: write schema.name, or give the target a search_path."
        default:
            return nil
        }
    }

    /// Errors of the parser, which names what stands in the statement.
    private static let parserStates: Set<String> = ["42P01", "42703", "42883", "42601", "42803", "42804", "42725"]

    /// Errors whose text names objects, settings or nothing, never a value of a row.
    private static let harmlessStates: Set<String> = [
        "22012", "42501", "57014", "55P03", "53100",
        "53200",
        "53300", "57P01", "57P02", "57P03", "40001", "40P01", "21000", "25006",
    ]
}

import CheckFiles
import Checks
import Execution
import Planning
import Postgres

/// What the commands that only look at the plan have in common.
enum OneShot {
    /// Connects and plans; nothing is evaluated.
    static func audit(
        _ server: TargetResolver.Resolved, _ checks: [Check], _ defaults: ProjectDefaults, usesProofs: Bool,
        optimisations: Set<Optimisation> = Optimisation.standard
    ) async throws -> Audit {
        let settings = AuditSettings(
            jobs: 1, statementTimeout: defaults.statementTimeout, lockTimeout: defaults.lockTimeout,
            searchPath: server.searchPath, usesProofs: usesProofs, optimisations: optimisations)
        return try await reaching("the server of target \"\(server.name)\"") {
            try await Audit.begin(server.settings, checks: checks, settings: settings)
        }
    }

    /// Runs `body`, and says what could not be reached if the server refuses.
    static func reaching<Value: Sendable>(_ what: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as PostgresError {
            let code = error.sqlState.map { " (SQLSTATE \($0.rawValue))" } ?? ""
            throw CommandFailure(.notEvaluated, "\(what): \(error.message)\(code)", hint: error.hint)
        }
    }
}

import ArgumentParser
import CheckFiles
import Postgres
import Results
import StructuredSQL

/// Where the commands that need the results schema find it.
enum ResultsPlace {
    static func find(
        _ project: ProjectArguments, _ results: ResultsArguments
    ) throws -> (settings: ConnectionSettings, schema: String) {
        let loaded = try ProjectDirectory.find(project.directory).loadSettings()
        let resolver = TargetResolver(project: loaded, arguments: try TargetArguments.parse([]))
        guard let place = try resolver.results(given: results.results) else {
            throw CommandFailure(
                .usage, "assay.yaml does not say where results are recorded",
                hint: "Add results: {target: …, schema: assay}, or name a database with --results.")
        }
        return place
    }

    /// Lends `body` a connection to the results schema, which is there and of this version.
    static func withConnection<Value: Sendable>(
        _ project: ProjectArguments, _ results: ResultsArguments,
        _ body: (_ connection: Connection, _ schema: String) async throws -> Value
    ) async throws -> Value {
        let place = try find(project, results)
        return try await OneShot.reaching("the results database") {
            let connection = try await Connection.open(place.settings)
            do {
                // To compile these statements takes longer than to run them, and a year of roll-ups need not go to disk.
                try await connection.execute(script: "SET jit = off; SET work_mem = '64MB'")
                let state = try await Migrator(connection: connection, schema: place.schema).state()
                if let problem = state.problem(of: place.schema) {
                    throw CommandFailure(.usage, problem.message, hint: problem.hint)
                }
                let value = try await body(connection, place.schema)
                await connection.close()
                return value
            } catch {
                await connection.close()
                throw error
            }
        }
    }
}

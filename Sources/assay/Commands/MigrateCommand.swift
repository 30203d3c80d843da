import ArgumentParser
import CheckFiles
import Postgres
import Results

/// `assay migrate`: creates or upgrades the results schema.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create or upgrade the results schema.",
        discussion: "Forward only, all steps or none. With --print nothing is sent; the script is for psql.")

    @OptionGroup var project: ProjectArguments
    @OptionGroup var results: ResultsArguments

    @Flag(help: "Print the SQL instead of sending it.")
    var print = false

    func run() async throws {
        if print, results.results == nil, (try? ProjectDirectory.find(project.directory)) == nil {
            return Console.write(Migrator.script(schema: "assay"))
        }
        let place = try ResultsPlace.find(project, results)
        guard !print else { return Console.write(Migrator.script(schema: place.schema)) }
        let steps = try await OneShot.reaching("the results database") {
            let connection = try await Connection.open(place.settings)
            let steps = try await Migrator(connection: connection, schema: place.schema).migrate()
            do {
                try await RollUp(connection: connection, schema: place.schema).complete()
            } catch let error as PostgresError {
                Console.note("assay: roll-ups are still to be made: \(error.message)")
            }
            await connection.close()
            return steps
        }
        if steps.isEmpty {
            Console.write("schema \"\(place.schema)\" is up to date\n")
        } else {
            let names = steps.map { "\($0.version) \($0.name)" }.joined(separator: ", ")
            Console.write("schema \"\(place.schema)\": made \(names)\n")
        }
    }
}

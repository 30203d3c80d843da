import ArgumentParser
import CheckFiles
import Execution
import Postgres
import Reporting
import Results

/// `assay history`: what was recorded.
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show what was recorded: a sparkline per check, or a table for one check.",
        discussion: """
              assay history                      all checks
              assay history 'shop.orders.*'      some of them
              assay history shop.orders.fresh    one, measurement by measurement
            """)

    @Argument(help: ArgumentHelp("The id of a check, or a glob; by default all.", valueName: "check"))
    var check: String?

    @Option(help: ArgumentHelp("Most measurements per check.", valueName: "n"))
    var limit: Int = 30

    @OptionGroup var project: ProjectArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let place = try ResultsPlace.find(project, results)
        let series = try await OneShot.reaching("the results database") {
            let connection = try await Connection.open(place.settings)
            guard try await Migrator(connection: connection, schema: place.schema).state() != .missing else {
                throw CommandFailure(
                    .usage, "the results schema \"\(place.schema)\" does not exist",
                    hint: "Run \"assay migrate\", then \"assay run\".")
            }
            let series = try await History(connection: connection, schema: place.schema)
                .series(matching: check, limit: max(1, limit))
            await connection.close()
            return series
        }
        guard !series.isEmpty else {
            throw CommandFailure(.usage, check.map { "nothing is recorded for \"\($0)\"" } ?? "nothing is recorded yet")
        }
        Console.write(HistoryText(series, style: Console.style(project.color)).text)
    }
}

/// Where the commands that need the results schema find it.
enum ResultsPlace {
    static func find(
        _ project: ProjectArguments, _ results: ResultsArguments
    ) throws -> (settings: ConnectionSettings, schema: String) {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let resolver = TargetResolver(project: loaded, arguments: try TargetArguments.parse([]))
        guard let place = try resolver.results(given: results.results) else {
            throw CommandFailure(
                .usage, "assay.yaml does not say where results are recorded",
                hint: "Add results: {target: …, schema: assay}, or name a database with --results.")
        }
        return place
    }
}

import ArgumentParser
import CheckFiles
import Checks
import ExactJSON
import Postgres
import Reporting
import Results
import ServiceLevels

/// `assay status`: service levels before the period is over.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show service levels: attainment, error budgets, burn rates, and what is down.",
        discussion: """
            An agreement is a file with the key "sla", beside the suites:

              sla: revenue-dashboard
              consumer: executives
              zone: America/New_York
              objectives:
                - {slo: orders-fresh, checks: [shop.orders.fresh], target: 99.5%}

            Its checks need a "schedule": what was due and never measured is not good. Runs count for their slot with --slot.

            Exit codes: 0, or with --fail-on-budget 1 if an objective has no error budget left; 2 wrong usage or files.
            """)

    /// How it is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case pretty, json
    }

    @Argument(help: ArgumentHelp("Agreements to show; by default all.", valueName: "sla"))
    var names: [String] = []

    @Option(help: "pretty or json.")
    var format = Format.pretty

    @Option(
        help: ArgumentHelp("What was known at this time, as PostgreSQL reads it; by default now.", valueName: "time"))
    var asOf: String?

    @Flag(help: "Exit with 1 if an objective has no error budget left, or is missed.")
    var failOnBudget = false

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let resolver = TargetResolver(project: loaded, arguments: target)
        let name = try resolver.target().name
        let place = try ResultsPlace.find(project, results)
        let statuses = try await OneShot.reaching("the results database") {
            let connection = try await Connection.open(place.settings)
            let state = try await Migrator(connection: connection, schema: place.schema).state()
            if let problem = state.problem(of: place.schema) {
                throw CommandFailure(.usage, problem.message, hint: problem.hint)
            }
            let flow = AgreementFlow(
                project: loaded, connection: connection, schema: place.schema, targetName: name)
            do {
                let statuses = try await flow.statuses(of: names, asOf: asOf)
                await connection.close()
                return statuses
            } catch let error as PostgresError where error.sqlState?.errorClass == "22" {
                throw CommandFailure(.usage, error.message, hint: "--as-of takes a time, as PostgreSQL reads it.")
            }
        }
        switch format {
        case .pretty: Console.write(StatusText(statuses, style: Console.style(project.color)).text)
        case .json:
            let documents = statuses.map { StatusJSON($0).document }
            Console.write((documents.count == 1 ? documents[0] : .array(documents)).indentedText + "\n")
        }
        let isSpent = statuses.flatMap(\.objectives).contains { objective in
            objective.verdict == .missed || (objective.budget.spentTenths(ofPeriod: true) ?? 0) >= 1000
        }
        if failOnBudget, isSpent { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

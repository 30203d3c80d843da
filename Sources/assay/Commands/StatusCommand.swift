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

            An objective with "burn: {1h: 14.4, 6h: 6}" says when its budget is spent faster than that.

            Exit codes: 0; 1 with --fail-on-budget if an objective has no error budget left, with --fail-on-burn if one burns too \
            fast; 2 wrong usage or files.
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

    @Flag(help: "Exit with 1 if an objective burns faster than one of its \"burn\" rates.")
    var failOnBurn = false

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let name = try TargetResolver(project: loaded, arguments: target).target().name
        let statuses = try await AgreementFlow.reading(loaded, target: name, project, results) { flow in
            try await flow.statuses(of: names, asOf: asOf, detail: .status)
        }
        switch format {
        case .pretty: Console.write(StatusText(statuses, style: Console.style(project.color)).text)
        case .json:
            let documents = statuses.map { StatusJSON($0).document }
            Console.write((documents.count == 1 ? documents[0] : .array(documents)).indentedText + "\n")
        }
        let isSpent = statuses.flatMap(\.objectives).contains { objective in
            objective.verdict == .missed || objective.hasSpentBudget
        }
        let isBurning = statuses.flatMap(\.objectives).contains { !$0.burning.isEmpty }
        if failOnBudget && isSpent || failOnBurn && isBurning { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

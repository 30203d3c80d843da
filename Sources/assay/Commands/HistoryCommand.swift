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
              assay history --cost               what the audits cost, by dataset and check
              assay history --comparisons churn  what comparisons came to
            """)

    @Argument(help: ArgumentHelp("The id of a check, or a glob; by default all.", valueName: "check"))
    var check: String?

    @Option(help: ArgumentHelp("Most measurements per check.", valueName: "n"))
    var limit: Int = 30

    @Flag(help: "Show what checks cost: their shares of the time that statements took on the server.")
    var cost = false

    @Option(help: ArgumentHelp("Days that --cost looks back.", valueName: "n"))
    var days: Int = 30

    @Flag(help: "Show comparisons, by name or glob: verdicts, and how the models were over time.")
    var comparisons = false

    @OptionGroup var project: ProjectArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let style = Console.style(project.color)
        let text: String? = try await ResultsPlace.withConnection(project, results) { connection, schema in
            let history = History(connection: connection, schema: schema)
            let text: String?
            if comparisons {
                let entries = try await ComparisonLedger(connection: connection, schema: schema)
                    .entries(matching: check, limit: max(1, limit))
                text = entries.isEmpty ? nil : ComparisonHistoryText(entries, style: style).text
            } else if cost {
                let costs = try await history.costs(matching: check, days: max(1, days))
                text = costs.isEmpty ? nil : CostText(costs, days: max(1, days), style: style).text
            } else {
                let series = try await history.series(matching: check, limit: max(1, limit))
                text = series.isEmpty ? nil : HistoryText(series, style: style).text
            }
            return text
        }
        guard let text else {
            throw CommandFailure(.usage, check.map { "nothing is recorded for \"\($0)\"" } ?? "nothing is recorded yet")
        }
        Console.write(text)
    }
}

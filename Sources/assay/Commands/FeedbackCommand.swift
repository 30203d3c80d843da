import ArgumentParser
import Checks
import Execution
import Foundation
import Postgres
import Reporting
import Results

/// `assay feedback`: a person says what a measurement was.
struct FeedbackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feedback",
        abstract: "Say that a measurement was as expected, or bad, so that change and anomaly know.",
        discussion: """
              assay feedback shop.orders.anomaly.row_count expected --reason "spring sale"
              assay feedback shop.orders.anomaly.row_count bad --at 2026-11-03
              assay feedback shop.orders.anomaly.row_count withdrawn

            It is about the newest measurement of the check, or the newest at a time. Values like one marked expected are \
            no anomalies; nothing is compared with one marked bad. What was said stays in the results schema, with who \
            said it; the last word counts.
            """)

    @Argument(help: ArgumentHelp("The id of a check.", valueName: "check"))
    var check: String

    @Argument(help: "What it was: expected, bad, or withdrawn to take back what was said.")
    var mark: FeedbackMark

    @Option(help: ArgumentHelp("The measurement of this run: its id, or how it begins.", valueName: "run"))
    var run: String?

    @Option(
        help: ArgumentHelp(
            "The newest measurement at this time or before, or on this day; a window counts by its beginning.",
            valueName: "time")
    )
    var at: String?

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @Option(name: .customLong("by"), help: ArgumentHelp("Who says so; by default who runs this.", valueName: "name"))
    var actor: String?

    @Option(help: ArgumentHelp("The target it was measured on; by default any.", valueName: "name"))
    var target: String?

    @OptionGroup var project: ProjectArguments
    @OptionGroup var results: ResultsArguments

    func validate() throws {
        if run != nil, at != nil { throw ValidationError("--run and --at are two ways to say which.") }
    }

    func run() async throws {
        let who = actor ?? Actor.current
        let found = try await ResultsPlace.withConnection(project, results) { connection, schema in
            let ledger = FeedbackLedger(connection: connection, schema: schema)
            do {
                return try await ledger.mark(
                    mark, measurementOf: check, on: target, run: run, at: at, reason: reason, actor: who)
            } catch let error as PostgresError where error.sqlState?.errorClass == "22" {
                throw CommandFailure(.usage, error.message, hint: "--at takes a time, as PostgreSQL reads it.")
            }
        }
        guard let (marked, place) = found else {
            throw CommandFailure(
                .usage, "no measurement of \"\(check)\" is recorded\(run != nil || at != nil ? " there" : "")",
                hint: "assay history lists the checks that have one.")
        }
        let figure = marked.metric ?? marked.value
        let text = figure.map { " of \(NumberText.short($0))" } ?? ""
        let moment = marked.windowFrom.map { "for \($0.minutesText)" } ?? "at \(marked.observedAt.minutesText)"
        Console.write("\(check): the measurement\(text) \(moment) on \(place) is marked \(mark.rawValue)\n")
    }
}

extension FeedbackMark: ExpressibleByArgument {}

import ArgumentParser
import CheckFiles
import Checks
import Execution
import Planning
import Reporting
import StructuredSQL

/// `assay show`: the SQL a check becomes.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print the SQL that brings the failing rows of a check, ready for psql.",
        discussion: """
            Values stand in it as literals, and all failing rows come, whatever the check keeps.

              assay show shop.orders.amount.in_range | psql service=warehouse
            """)

    @Argument(help: ArgumentHelp("The id of a check, or a glob that matches some.", valueName: "check"))
    var check: String

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        guard var checks = try? CheckSelection([check]).select(from: loaded.checks) else {
            throw CommandFailure(
                .usage, "there is no check \"\(check)\"",
                hint: Suggestion.hint(for: check, among: loaded.checks.map(\.id)))
        }
        for index in checks.indices { checks[index].keep = .all }
        let server = try TargetResolver(project: loaded, arguments: target).target()
        let audit = try await OneShot.audit(server, checks, loaded.defaults, usesProofs: false)
        _ = await audit.finish()
        var isComplete = true
        for planned in audit.plan.checks {
            let title = "\(planned.check.id) (\(planned.check.source))"
            Console.write("-- \(TerminalText.harmless(title))\n")
            if case .impossible(let failure) = planned.answer {
                Console.error("\(planned.check.id) cannot be evaluated: \(failure.message)", hint: failure.hint)
                isComplete = false
            } else if case .skipped(let reason) = planned.answer {
                Console.write("-- skipped: \(reason)\n")
            } else if let statement = RowFetchPlanner.plainStatement(of: planned) {
                Console.write(statement.literalText.trimmingWhitespaceAtEnd + ";\n")
            } else {
                Console.write("-- answered by the catalog; there is no statement\n")
            }
        }
        if !isComplete { throw ExitCode(ExitStatus.notEvaluated.rawValue) }
    }
}

extension String {
    fileprivate var trimmingWhitespaceAtEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

import ArgumentParser
import CheckFiles
import Checks
import Execution
import Planning
import Postgres
import Reporting

/// `assay plan`: what a run would do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Print the statements a run would send, what the catalog proves, and what cannot be asked.",
        discussion: "Reads the catalog and, without --analyze, no row. Exit code 3 if a check cannot be evaluated.")

    @OptionGroup var selection: SelectionArguments
    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments

    @Flag(name: .customLong("no-proofs"), help: "Plan statements even where a constraint implies that a check passes.")
    var ignoresProofs = false

    @Flag(name: .customLong("explain-choices"), help: "Say why each statement has its form, with the numbers.")
    var explainsChoices = false

    @Flag(help: "Run the statements one after the other, and say what each took: time, rows, blocks.")
    var analyze = false

    @OptionGroup var optimisations: OptimisationArguments

    func run() async throws {
        let directory = try ProjectDirectory.find(project.directory)
        let loaded = try directory.load()
        let checks = try CheckSelection(selection.selectors, directory: directory.path).select(from: loaded.checks)
        let server = try TargetResolver(project: loaded, arguments: target).target()
        let audit = try await OneShot.audit(
            server, checks, loaded.defaults, usesProofs: !ignoresProofs, optimisations: optimisations.chosen)
        let profiles = try await OneShot.reaching("the server of target \"\(server.name)\"") {
            try await audit.profiles(running: analyze)
        }
        _ = await audit.finish()
        let text = PlanText(
            audit.plan, style: Console.style(project.color), explainsChoices: explainsChoices, profiles: profiles)
        Console.write(text.text)
        let isComplete = audit.plan.checks.allSatisfy { planned in
            if case .impossible = planned.answer { false } else { true }
        }
        if !isComplete { throw ExitCode(ExitStatus.notEvaluated.rawValue) }
    }
}

import ArgumentParser
import Catalog
import CheckFiles
import Checks
import Execution
import Reporting

/// `assay validate`: sees that the files and everything they name are in order.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the project's files, and every name, type and privilege they need.",
        discussion: """
            Prepares every statement on the server and reads no row. With --offline only the files are looked at.
            Exit code 2 if a file has mistakes, 3 if a check could not be evaluated.
            """)

    @OptionGroup var selection: SelectionArguments
    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments

    @Flag(help: "Look at the files only.")
    var offline = false

    func run() async throws {
        let directory = try ProjectDirectory.find(project.directory)
        let loaded = try directory.load()
        let checks = try CheckSelection(selection.selectors, directory: directory.path).select(from: loaded.checks)
        let style = Console.style(project.color)
        try AgreementLint(project: loaded).report(style: Console.errorStyle, directory: directory.path)
        guard !offline else {
            Console.write(style.paint("✓", .green) + " \(checks.count) checks in \(directory.files.count) files\n")
            return
        }
        let server = try TargetResolver(project: loaded, arguments: target).target()
        let audit = try await OneShot.audit(server, checks, loaded.defaults, usesProofs: false)
        let failures = try await OneShot.reaching("the server of target \"\(server.name)\"") {
            try await audit.validate()
        }
        _ = await audit.finish()
        for (check, failure) in failures {
            let code = failure.sqlState.map { " (SQLSTATE \($0))" } ?? ""
            let place = directory.path == "." ? "" : directory.path + "/"
            Console.write(
                "\(place)\(failure.location ?? check.source): \(style.paint("error:", .boldRed)) \(check.id): "
                    + "\(TerminalText.harmless(failure.message))\(code)\n")
            if let hint = failure.hint { Console.write("hint: \(TerminalText.harmless(hint))\n") }
        }
        guard failures.isEmpty else {
            throw CommandFailure(.notEvaluated, "\(failures.count) of \(checks.count) checks could not be evaluated")
        }
        Console.write(
            style.paint("✓", .green) + " \(checks.count) checks in \(directory.files.count) files are in order on "
                + "\(server.name) (\(audit.capabilities.product))\n")
    }
}

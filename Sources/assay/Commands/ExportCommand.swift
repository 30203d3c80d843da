import ArgumentParser
import CheckFiles
import Checks
import Foundation
import Reporting
import ServiceLevels

/// `assay export`: what is promised, for other tools.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write service level agreements for other tools, as OpenSLO.",
        discussion: """
              assay export openslo --output slo.yaml
              assay export openslo revenue-dashboard

            An agreement becomes a Service, each of its objectives an SLI and an SLO of OpenSLO v1; what the standard cannot \
            say is in annotations, and assay import openslo reads it back. Exit code 1 if an objective is left out: there is \
            no target of 100 %.
            """)

    /// What can be written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case openslo
    }

    @Argument(help: "openslo.")
    var format: Format

    @Argument(help: ArgumentHelp("Agreements; by default all.", valueName: "sla"))
    var names: [String] = []

    @Option(
        help: ArgumentHelp("File to write to; - is standard output.", valueName: "file"), completion: .file())
    var output = "-"

    @Flag(help: "Exit with 0 although objectives were left out.")
    var allowPartial = false

    @OptionGroup var project: ProjectArguments

    func run() throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let known = loaded.agreements.map(\.agreement)
        guard !known.isEmpty else {
            throw CommandFailure(
                .usage, "the project has no agreements", hint: "Add a file with sla: and objectives:.")
        }
        for name in names where !known.contains(where: { $0.name == name }) {
            throw CommandFailure(
                .usage, "there is no agreement \"\(name)\"", hint: Suggestion.hint(for: name, among: known.map(\.name)))
        }
        let documents = OpenSLODocuments(known.filter { names.isEmpty || names.contains($0.name) })
        for problem in documents.problems {
            let text = "\(problem.agreement), \(problem.objective): \(problem.message)"
            problem.isMissing ? Console.error("\(text); it is left out") : Console.warning(text)
        }
        if !documents.documents.isEmpty { try RunOutput.write(documents.text, to: output == "-" ? nil : output) }
        let missing = documents.problems.count { $0.isMissing }
        if missing > 0, !allowPartial { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

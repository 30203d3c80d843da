import ArgumentParser
import CheckFiles
import Foundation
import Importing
import Reporting
import ServiceLevels

extension ImportTool: ExpressibleByArgument {}

/// `assay import`: checks and objectives of another tool as ours.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write dbt tests, Soda checks, data contracts (ODCS), GX suites or OpenSLO objectives as ours.",
        discussion: """
            Says of every check whether it asks the same here, nearly the same, or is left out, and why.

              assay import dbt ./warehouse --output checks
              assay import odcs contracts/orders.yaml
              assay import openslo slo --output checks

            The service levels of a contract and the objectives of OpenSLO become agreements, in the directory sla.
            """)

    @Argument(help: "dbt, soda, odcs, gx or openslo.")
    var tool: ImportTool

    @Argument(help: ArgumentHelp("A file, or a directory with all below it.", valueName: "path"), completion: .file())
    var path: String

    @Option(help: ArgumentHelp("Directory to write to.", valueName: "dir"), completion: .directory)
    var output = "checks"

    @Flag(help: "Exit with 0 although checks were left out.")
    var allowPartial = false

    @Flag(help: "Write over files that are there.")
    var overwrite = false

    func run() throws {
        let sources = try ImportSources(at: path, of: tool)
        var project = tool.project(from: sources.sources)
        for (path, message) in sources.problems { project.note(path, .notConverted, message) }
        guard !project.items.isEmpty else {
            throw CommandFailure(.usage, "\(path) has no checks of \(tool.rawValue)")
        }
        let files = SuiteWriter(project, origin: tool.rawValue).files
        // What is written must be what the loader takes.
        let loaded = ProjectLoader.load(files.map { SourceFile(path: $0.path, text: $0.text) })
        for diagnostic in loaded.diagnostics where diagnostic.level == .error {
            project.note("\(diagnostic.location)", .notConverted, "what was written is no suite: \(diagnostic.message)")
        }
        try write(files)
        Console.write(report(of: project, files: files.map(\.path)))
        warnOfPromises(project.agreements.map(\.name))
        let lost = project.items.count { $0.fate == .notConverted }
        if lost > 0, !allowPartial { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// Says which promises nobody can keep yet, such as those about checks that the project in the directory does not have.
    private func warnOfPromises(_ names: [String]) {
        guard !names.isEmpty, let directory = try? ProjectDirectory.find(output) else { return }
        var project = ProjectLoader.load(directory.files)
        project.agreements.removeAll { !names.contains($0.agreement.name) }
        for finding in AgreementLint(project: project).findings { Console.warning("\(finding.place): \(finding.text)") }
    }

    private func write(_ files: [(path: String, text: String)]) throws {
        var files = files
        let settings = "\(output)/assay.yaml"
        if !FileManager.default.fileExists(atPath: settings) {
            files.append(("assay.yaml", "targets:\n  warehouse: {connection: \"${DATABASE_URL}\"}\n"))
        }
        let paths = files.map { "\(output)/\($0.path)" }
        if !overwrite, let there = paths.first(where: FileManager.default.fileExists(atPath:)) {
            throw CommandFailure(.usage, "\(there) is there already", hint: "Name another --output, or --overwrite it.")
        }
        for (path, file) in zip(paths, files) {
            do {
                let directory = URL(filePath: path).deletingLastPathComponent()
                try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: URL(filePath: path), options: .atomic)
            } catch {
                throw CommandFailure(.usage, "\(path) cannot be written")
            }
        }
    }

    private func report(of project: ImportedProject, files: [String]) -> String {
        let marks: [ImportItem.Fate: String] = [.converted: "✓", .approximated: "~", .notConverted: "✗"]
        var lines = project.items.map { item in
            let note = item.note.map { ": " + $0 } ?? ""
            return TerminalText.harmless(
                "\(marks[item.fate] ?? "") \(item.name)\(item.fate == .converted && item.note == nil ? "" : " (\(item.fate.rawValue))\(note)")"
            )
        }
        let counts = ImportItem.Fate.allCases.map { fate in
            "\(project.items.count { $0.fate == fate }) \(fate.rawValue)"
        }
        lines += [
            "",
            "\(counts.joined(separator: ", ")) · \(files.count == 1 ? "1 file" : "\(files.count) files") written to \(TerminalText.harmless(output))",
        ]
        return lines.joined(separator: "\n") + "\n"
    }
}

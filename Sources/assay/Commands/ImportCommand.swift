import ArgumentParser
import CheckFiles
import Foundation
import Importing
import Reporting

extension ImportTool: ExpressibleByArgument {}

/// `assay import`: checks of another tool as ours.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write the checks of a dbt project, Soda files, data contracts (ODCS) or GX suites as suites.",
        discussion: """
            Says of every check whether it asks the same here, nearly the same, or is left out, and why.

              assay import dbt ./warehouse --output checks
              assay import odcs contracts/orders.yaml
            """)

    @Argument(help: "dbt, soda, odcs or gx.")
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
        let lost = project.items.count { $0.fate == .notConverted }
        if lost > 0, !allowPartial { throw ExitCode(ExitStatus.failed.rawValue) }
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

import ArgumentParser
import CheckFiles
import Checks
import Comparison
import ExactJSON
import Execution
import Foundation
import Postgres
import Reporting

/// `assay compare`: whether two relations are the same.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare two relations row by row, and show what differs.",
        discussion: """
            A comparison is a file with the key "compare", beside the suites:

              compare: orders-before-and-after
              left:  {dataset: shop.orders}
              right: {dataset: shop.orders_new}
              key: [order_id]

            Exit codes: 0 the same, 1 different, 2 wrong usage or files, 3 something could not be compared.
            """)

    /// How a comparison is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case pretty, json, jsonl
    }

    @Argument(help: ArgumentHelp("Comparisons to make; by default all.", valueName: "name"))
    var names: [String] = []

    @Option(help: "pretty, json, or jsonl with a line for each differing row.")
    var format = Format.pretty

    @Option(help: ArgumentHelp("File to write to; - is standard output.", valueName: "file"), completion: .file())
    var output: String?

    @Option(help: ArgumentHelp("Differing rows of each kind to show.", valueName: "n"))
    var rows = 10

    @Option(
        help: ArgumentHelp("The range FROM..TO it is about: :window_start and :window_end.", valueName: "from..to"))
    var window: String?

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments

    func validate() throws {
        if rows < 0 { throw ValidationError("--rows must be 0 or more.") }
    }

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let diffs = try selected(from: loaded)
        let resolver = TargetResolver(project: loaded, arguments: target)
        var results: [DiffResult] = []
        let lines = DiffLines(format == .jsonl ? output ?? "-" : nil)
        for diff in diffs {
            let (left, right) = (try server(diff.left, resolver), try server(diff.right, resolver))
            let settings = AuditSettings(
                jobs: loaded.defaults.jobs ?? 4, statementTimeout: loaded.defaults.statementTimeout,
                lockTimeout: loaded.defaults.lockTimeout, searchPath: left.searchPath)
            let context = TableDiffRunner.Context(
                settings: settings, masking: loaded.masking, window: try WindowArgument.bounds(window))
            let sink: @Sendable (DiffRow) async throws -> Void = { try await lines.write($0, of: diff.name) }
            do {
                results.append(
                    left.settings.conninfo == right.settings.conninfo
                        ? try await TableDiffRunner(server: left.settings, context: context).run(diff, sink: sink)
                        : try await ServerDiffRunner(left: left.settings, right: right.settings, context: context)
                            .run(diff, sink: sink))
            } catch let error as PostgresError {
                var result = DiffResult(diff: diff, schema: DiffSchema())
                result.problems = ["a server cannot be reached: \(error.message)"]
                results.append(result)
            } catch let error as WindowError {
                throw CommandFailure(.usage, error.message, hint: "--window takes FROM..TO, as PostgreSQL reads them.")
            }
        }
        await lines.close()
        try write(results)
        let outcomes = Set(results.map(\.outcome))
        if outcomes.contains(.incomplete) { throw ExitCode(ExitStatus.notEvaluated.rawValue) }
        if outcomes.contains(.different) { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private func write(_ results: [DiffResult]) throws {
        let style =
            output == nil || output == "-" ? Console.style(project.color) : TerminalStyle(usesColor: false, width: 120)
        let text: String
        switch format {
        case .pretty: text = results.map { DiffText($0, style: style, rowCount: rows).text }.joined(separator: "\n")
        case .json:
            let documents = results.map { DiffJSON($0).document }
            text = (documents.count == 1 ? documents[0] : .array(documents)).indentedText + "\n"
        case .jsonl:
            // The rows are written; what they come to is for people.
            for result in results { Console.writeError(DiffText(result, style: Console.errorStyle, rowCount: 0).text) }
            return
        }
        guard let output, output != "-" else { return Console.write(text) }
        guard (try? Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)) != nil else {
            throw CommandFailure(.usage, "\(output) cannot be written")
        }
    }

    private func selected(from project: Project) throws -> [TableDiff] {
        guard !project.diffs.isEmpty else {
            throw CommandFailure(
                .usage, "the project has no comparison", hint: "assay compare --help shows what one looks like.")
        }
        guard !names.isEmpty else { return project.diffs }
        return try names.map { name in
            guard let diff = project.diffs.first(where: { $0.name == name }) else {
                throw CommandFailure(
                    .usage, "there is no comparison \"\(name)\"",
                    hint: Suggestion.hint(for: name, among: project.diffs.map(\.name)))
            }
            return diff
        }
    }

    private func server(_ side: DiffSide, _ resolver: TargetResolver) throws -> TargetResolver.Resolved {
        try side.target.map { try resolver.target(named: $0) } ?? resolver.target()
    }
}

/// Differing rows as lines of JSON, written as they come.
private actor DiffLines {
    private let handle: FileHandle?
    private var buffer: [UInt8] = []

    /// - Parameter path: Where to write; `nil` means nowhere.
    init(_ path: String?) {
        if let path, path != "-" {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            handle = FileHandle(forWritingAtPath: path)
        } else {
            handle = path == nil ? nil : .standardOutput
        }
    }

    func write(_ row: DiffRow, of comparison: String) throws {
        guard handle != nil else { return }
        let line = JSONValue.object([.init("comparison", .string(comparison))] + row.json.members)
        buffer += Array((line.compactText + "\n").utf8)
        if buffer.count > 65_536 { try flush() }
    }

    private func flush() throws {
        try handle?.write(contentsOf: Data(buffer))
        buffer = []
    }

    func close() {
        try? flush()
    }
}

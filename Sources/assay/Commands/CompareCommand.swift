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
        abstract: "Compare two relations row by row, or a challenger model with the champion.",
        discussion: """
            A comparison is a file with the key "compare", beside the suites:

              compare: orders-before-and-after
              left:  {dataset: shop.orders}
              right: {dataset: shop.orders_new}
              key: [order_id]

            With a task, a truth, a champion and a challenger it is one of two models: which metrics the challenger wins, \
            how certain that is, and whether to promote it.

            Exit codes: 0 the same, or the verdict that --require asks for; 1 different, or another verdict; 2 wrong usage or files; 3 something could not be compared; 4 not recorded.
            """)

    /// How a comparison is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case pretty, json, jsonl, markdown, junit, html
    }

    @Argument(help: ArgumentHelp("Comparisons to make; by default all.", valueName: "name"))
    var names: [String] = []

    @Option(
        help: "pretty, json, jsonl with a line for each differing row, markdown, junit, or html: one page with curves.")
    var format = Format.pretty

    @Option(help: ArgumentHelp("File to write to; - is standard output.", valueName: "file"), completion: .file())
    var output: String?

    @Option(help: ArgumentHelp("Differing rows of each kind to show.", valueName: "n"))
    var rows = 10

    @Option(
        help: ArgumentHelp("The range FROM..TO it is about: :window_start and :window_end.", valueName: "from..to"))
    var window: String?

    @Option(help: "Exit with 1 unless the verdict on the models is this one: promote, hold, reject or inconclusive.")
    var require: ModelResult.Verdict?

    @Option(
        help: ArgumentHelp(
            "File for what came of each range of two servers; where it is there, go on from it.", valueName: "file"),
        completion: .file())
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "Begin no range while a server has more active sessions than this, besides assay's.", valueName: "n"))
    var maxActive: Int?

    @Option(help: "When to show progress on standard error: auto, always or never.")
    var progress = ProgressChoice.auto

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    @Flag(name: .customLong("no-record"), help: "Record nothing.")
    var isUnrecorded = false

    func validate() throws {
        if let maxActive, maxActive < 0 { throw ValidationError("--max-active must be 0 or more.") }
        if rows < 0 { throw ValidationError("--rows must be 0 or more.") }
    }

    func run() async throws {
        let directory = try ProjectDirectory.find(project.directory)
        let loaded = try directory.load()
        let comparisons = try selected(from: loaded)
        if require != nil, !comparisons.contains(where: \.isOfModels) {
            throw CommandFailure(.usage, "--require is about a comparison of models, and none is selected")
        }
        let resolver = TargetResolver(project: loaded, arguments: target)
        let lines = try DiffLines(format == .jsonl ? output ?? "-" : nil)
        let checkpoint = try checkpoint()
        let flow = ComparisonFlow(
            project: loaded, resolver: resolver, window: try WindowArgument.bounds(window), checkpoint: checkpoint,
            maximumActive: maxActive, progress: progress)
        var reports: [ComparisonReport] = []
        for comparison in comparisons {
            switch comparison {
            case .diff(let diff): reports.append(.diff(try await flow.result(of: diff, to: lines)))
            case .models(let models):
                reports += try await flow.results(of: models).map(ComparisonReport.model)
            }
        }
        try await lines.close()
        if !reports.contains(where: { $0.outcome(requiring: nil) == .error }) {
            await checkpoint?.remove()
        } else if let resume {
            Console.note("what was compared is in \(resume): the same command goes on from there")
        }
        let failure = await record(&reports, in: directory.path, resolver)
        try write(reports)
        if let failure {
            throw CommandFailure(
                .notRecorded, "the comparison was not recorded: \(failure.message)", hint: failure.hint)
        }
        let outcomes = reports.map { $0.outcome(requiring: require) }
        if outcomes.contains(.error) { throw ExitCode(ExitStatus.notEvaluated.rawValue) }
        if outcomes.contains(.fail) { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// Records what came of them, if there is a place for it.
    private func record(
        _ reports: inout [ComparisonReport], in directory: String, _ resolver: TargetResolver
    ) async -> PostgresError? {
        do {
            guard !isUnrecorded, let place = try resolver.results(given: results.results) else { return nil }
            try await ComparisonRecording(
                settings: place.settings, schema: place.schema, directory: directory
            ).record(&reports)
            return nil
        } catch let error as PostgresError {
            return error
        } catch {
            return PostgresError(.client, "\((error as? CommandFailure)?.message ?? "\(error)")")
        }
    }

    /// What is compared.
    private enum Comparison {
        case diff(TableDiff)
        /// A champion with each of its challengers.
        case models([ModelComparison])

        var isOfModels: Bool { if case .models = self { true } else { false } }
    }

    /// Where an earlier try left what it found.
    private func checkpoint() throws -> Checkpoint? {
        do {
            return try resume.map { try Checkpoint($0) }
        } catch let failure as Checkpoint.Failure {
            throw CommandFailure(.usage, failure.message)
        }
    }

    private func write(_ reports: [ComparisonReport]) throws {
        let isTerminal = output == nil || output == "-"
        let style = isTerminal ? Console.style(project.color) : TerminalStyle(usesColor: false, width: 120)
        let formats = ComparisonFormats(reports, requiring: require, rowCount: rows)
        let text: String
        switch format {
        case .pretty: text = reports.map { $0.text(style: style, rowCount: rows) }.joined(separator: "\n")
        case .json:
            let documents = reports.map(\.document)
            text = (documents.count == 1 ? documents[0] : .array(documents)).indentedText + "\n"
        case .jsonl:
            // The rows are written; what they come to is for people.
            for report in reports { Console.writeError(report.text(style: Console.errorStyle, rowCount: 0)) }
            return
        case .markdown: text = formats.markdown
        case .junit: text = formats.junit
        case .html: text = formats.html
        }
        try RunOutput.write(text, to: isTerminal ? nil : output)
    }

    /// The comparisons to make, in the order in which they are named, or in that of their files.
    private func selected(from project: Project) throws -> [Comparison] {
        let all =
            project.diffs.map { (name: $0.name, comparison: Comparison.diff($0)) }
            + project.modelFamilies.map { (name: $0[0].name, comparison: Comparison.models($0)) }
        guard !all.isEmpty else {
            throw CommandFailure(
                .usage, "the project has no comparison", hint: "assay compare --help shows what one looks like.")
        }
        guard !names.isEmpty else { return all.map(\.comparison) }
        return try names.map { name in
            guard let one = all.first(where: { $0.name == name }) else {
                throw CommandFailure(
                    .usage, "there is no comparison \"\(name)\"",
                    hint: Suggestion.hint(for: name, among: all.map(\.name)))
            }
            return one.comparison
        }
    }
}

extension ModelResult.Verdict: ExpressibleByArgument {}

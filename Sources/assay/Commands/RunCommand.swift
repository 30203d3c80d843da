import ArgumentParser
import CheckFiles
import Checks
import Execution
import Planning
import Reporting

/// `assay run`: evaluates checks, keeps failing rows, records.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Evaluate checks, show the rows that fail, and record the results.",
        discussion: """
            All checks of a run see one instant. What cannot be evaluated is an error and never passes.

              assay run                                      everything
              assay run 'shop.orders.*' tag:revenue          some of it
              assay run --target staging --format junit=report.xml
              assay run --no-record                          needs nothing but SELECT
            """)

    @OptionGroup var selection: SelectionArguments
    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    @Flag(name: .customLong("no-record"), help: "Record nothing.")
    var isUnrecorded = false

    @Flag(name: .customLong("no-proofs"), help: "Look at the rows even where a constraint implies that a check passes.")
    var ignoresProofs = false

    @Option(
        help: ArgumentHelp("The range FROM..TO the run is about, on each suite's time column.", valueName: "from..to"))
    var window: String?

    @Option(
        help: ArgumentHelp(
            "Evaluate and record each part of the window by itself, as a backfill: "
                + Period.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            discussion: "Parts that are recorded already are left out, so that an interrupted backfill can go on.",
            valueName: "period"))
    var by: Period?

    @Option(help: ArgumentHelp("By whose clock the window's ends and parts are, if they do not say; UTC if not given."))
    var zone: String?

    @Flag(name: .customLong("again"), help: "Do parts of a backfill again that are recorded already.")
    var repeats = false

    @Option(help: ArgumentHelp("The instant at which the run was due.", valueName: "time"))
    var slot: String?

    @Option(
        name: .customLong("param"),
        help: ArgumentHelp("A value for a parameter that custom checks declare.", valueName: "name=value"))
    var parameters: [String] = []

    @Option(help: "The outcome from which the exit code is 1: warn or fail.")
    var failOn: FailOn = .fail

    @Option(help: ArgumentHelp("Most statements at once, each on its own connection.", valueName: "n"))
    var jobs: Int?

    @Option(
        name: .customLong("format"),
        help: ArgumentHelp(
            "How to write the run, with =FILE to a file; repeatable: "
                + RunFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".",
            valueName: "format[=file]"))
    var formats: [RunOutput] = []

    @Option(
        help: ArgumentHelp("File for the only --format; - is standard output.", valueName: "file"), completion: .file())
    var output: String?

    @Option(help: ArgumentHelp("Failing rows to show of each check.", valueName: "n"))
    var rows: Int = 5

    @Option(help: "When to show progress: auto, always or never.")
    var progress: ProgressChoice = .auto

    @Option(
        name: .customLong("max-cost"),
        help: ArgumentHelp(
            "Refuse a run whose statements cost more, by the planner's estimates (see plan).", valueName: "cost"))
    var maximumCost: Double?

    @Option(
        name: .customLong("max-duration"),
        help: ArgumentHelp(
            "End the run after this time; checks that were not evaluated by then are errors.", valueName: "duration"))
    var maximumDuration: DurationArgument?

    @OptionGroup var optimisations: OptimisationArguments

    @Flag(name: .shortAndLong, help: "List the checks that passed, too.")
    var verbose = false

    /// From which outcome on the data count as failed.
    enum FailOn: String, ExpressibleByArgument, CaseIterable {
        case warn, fail
    }

    func validate() throws {
        let places = outputs.map { $0.path ?? "-" }
        if Set(places).count < places.count { throw ValidationError("Two formats cannot go to the same place.") }
        if output != nil, formats.count > 1 { throw ValidationError("--output goes with one --format.") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more.") }
        if let maximumCost, maximumCost <= 0 { throw ValidationError("--max-cost must be greater than 0.") }
        if by != nil, window == nil { throw ValidationError("--by cuts a --window.") }
        if zone != nil, window == nil { throw ValidationError("--zone is about a --window.") }
        if repeats, by == nil { throw ValidationError("--again is about a backfill; add --by.") }
        if by != nil, slot != nil { throw ValidationError("A backfill has no --slot.") }
        if by != nil, outputs.contains(where: { ![.pretty, .json, .ndjson].contains($0.format) }) {
            throw ValidationError("A backfill is written as pretty, json or ndjson.")
        }
        if rows < 0 { throw ValidationError("--rows must be 0 or more.") }
    }

    func run() async throws {
        let directory = try ProjectDirectory.find(project.directory)
        let loaded = try directory.load()
        let checks = try CheckSelection(selection.selectors, directory: directory.path).select(from: loaded.checks)
        let resolver = TargetResolver(project: loaded, arguments: target)
        let server = try resolver.target()
        var request = RunFlow.Request(
            targetName: server.name, target: server.settings, checks: checks,
            settings: AuditSettings(
                jobs: jobs ?? loaded.defaults.jobs ?? 4, statementTimeout: loaded.defaults.statementTimeout,
                lockTimeout: loaded.defaults.lockTimeout, searchPath: server.searchPath, usesProofs: !ignoresProofs,
                optimisations: optimisations.chosen, sampleSize: max(rows, 10)))
        request.settings.budget = Budget(run: maximumCost)
        request.settings.maximumDuration = maximumDuration?.duration
        request.results = isUnrecorded ? nil : try resolver.results(given: results.results)
        request.history = try? resolver.results(given: results.results)
        request.parameters = try parameterValues(for: checks)
        let window = try WindowArgument.bounds(window)
        request.window = window
        if let window, let zone {
            request.window = try await Self.readingWindow(server.name) {
                try await WindowSteps.bounds(window, zone: zone, on: server.settings)
            }
        }
        request.slot = slot
        request.project = loaded.checks
        request.agreements = loaded.recordedAgreements
        request.trigger = slot == nil ? .manual : .scheduled
        request.projectRevision = ProjectRevision.current(in: directory.path)
        if let by, let window {
            request.trigger = .backfill
            request.window = nil
            let steps = try await Self.readingWindow(server.name) {
                try await WindowSteps.steps(of: window, by: by, zone: zone ?? "UTC", on: server.settings)
            }
            return try await backfill(request, steps: steps)
        }
        try await Self.perform(
            request, outputs: outputs, style: Console.style(project.color),
            options: RunText.Options(
                rowCount: rows, listsPassing: verbose, directory: directory.path == "." ? "" : directory.path + "/",
                psqlTarget: server.psqlTarget),
            progress: progress, failsOnWarning: failOn == .warn)
    }

    /// Runs, writes, and exits with the status of the contract.
    static func perform(
        _ request: RunFlow.Request, outputs: [RunOutput], style: TerminalStyle, options: RunText.Options,
        progress choice: ProgressChoice, failsOnWarning: Bool
    ) async throws {
        let progress = ProgressReporter(choice)
        let flow = RunFlow(request: request, progress: progress, failsOnWarning: failsOnWarning)
        let outcome: RunFlow.Outcome
        do {
            outcome = try await Interruption.watching { try await flow.run() }
        } catch {
            progress.finish()
            if let error = error as? WindowError {
                throw CommandFailure(
                    .usage, error.message,
                    hint: "--window takes FROM..TO and --slot an instant, as PostgreSQL reads them.")
            }
            guard Interruption.signal != nil else { throw error }
            throw CommandFailure(Interruption.status, "interrupted; the run has no results")
        }
        progress.finish()
        var status = outcome.status(failsOnWarning: failsOnWarning)
        for output in outputs {
            do {
                try output.write(outcome.run, style: style, options: options)
            } catch let error as CommandFailure {
                // The other outputs still come, and so does the reason.
                Console.error(error.message, hint: error.hint)
                status = error.status
            }
        }
        if let message = outcome.recordingError {
            Console.error("the results were not recorded: \(message)", hint: outcome.recordingHint)
        }
        if status != .success { throw ExitCode(status.rawValue) }
    }

    var outputs: [RunOutput] {
        guard !formats.isEmpty else { return [RunOutput(.pretty, path: output == "-" ? nil : output)] }
        guard let output, formats.count == 1 else { return formats }
        return [RunOutput(formats[0].format, path: output == "-" ? nil : output)]
    }

    private func parameterValues(for checks: [Check]) throws -> [String: String] {
        var values: [String: String] = [:]
        let declared = Set(checks.flatMap(\.parameters.keys))
        for parameter in parameters {
            guard let mark = parameter.firstIndex(of: "=") else {
                throw CommandFailure(.usage, "--param takes name=value, not \"\(parameter)\"")
            }
            let name = String(parameter[..<mark])
            guard declared.contains(name) else {
                throw CommandFailure(
                    .usage, "no selected check declares the parameter \"\(name)\"",
                    hint: Suggestion.hint(for: name, among: declared))
            }
            values[name] = String(parameter[parameter.index(after: mark)...])
        }
        return values
    }
}

import ArgumentParser
import CheckFiles
import Foundation
import Postgres
import Results

/// `assay exclude`: asks to leave time out of service levels.
struct ExcludeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exclude",
        abstract: "Ask to leave a time out of service levels; it counts until somebody else approves.",
        discussion: """
              assay exclude 'shop.*' 2026-10-12T22:00Z..2026-10-13T02:00Z --reason "move to the new server" --ticket OPS-17
              assay approve 0199f1c2 --by eve

            Reports show the figures without exclusions too, and which of them were approved after they had begun.
            """)

    @Argument(help: ArgumentHelp("A selector of checks, as of run.", valueName: "selector"))
    var scope: String

    @Argument(help: ArgumentHelp("The time FROM..TO, as PostgreSQL reads it.", valueName: "from..to"))
    var window: String

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("Where more is said.", valueName: "text"))
    var ticket: String?

    @Option(name: .customLong("by"), help: ArgumentHelp("Who asks; by default who runs this.", valueName: "name"))
    var actor: String?

    @OptionGroup var project: ProjectArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let checks = try CheckSelection([scope]).select(from: loaded.checks)
        guard let bounds = try WindowArgument.bounds(window) else { return }
        let id = RunIdentifier.new()
        let who = actor ?? Actor.current
        try await ExclusionPlace.with(project, results) { ledger in
            try await ledger.request(id, scope: scope, window: bounds, reason: reason, ticket: ticket, by: who)
        }
        Console.write(
            "exclusion \(id): \(who) asks to leave \(checks.count == 1 ? "1 check" : "\(checks.count) checks") out; "
                + "it counts until somebody else approves: assay approve \(id)\n")
    }
}

/// `assay approve`: decides on an exclusion.
struct ApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve, reject or withdraw an exclusion that somebody else asked for.",
        discussion: """
              assay approve 0199f1c2-7a01-7c3e-9d55-0242ac120002
              assay approve 0199f1c2 --decision rejected --reason "no maintenance was announced"
            """)

    @Argument(help: ArgumentHelp("The id of an exclusion, or how it begins.", valueName: "exclusion"))
    var id: String

    @Option(help: "What becomes of it: approved, rejected or withdrawn; the last decision counts.")
    var decision = ExclusionLedger.Decision.approved

    @Option(help: ArgumentHelp("Why.", valueName: "text"))
    var reason: String?

    @Option(name: .customLong("by"), help: ArgumentHelp("Who decides; by default who runs this.", valueName: "name"))
    var actor: String?

    @OptionGroup var project: ProjectArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let who = actor ?? Actor.current
        let found = try await ExclusionPlace.with(project, results) { ledger in
            try await ledger.decide(decision, on: id, reason: reason, by: who)
        }
        guard let found else {
            throw CommandFailure(.usage, "no exclusion, or more than one, begins with \"\(id)\"")
        }
        Console.write(
            "exclusion \(found.id) of \(found.scope), asked for by \(found.requestedBy), is \(decision.rawValue) by \(who)\n"
        )
    }
}

extension ExclusionLedger.Decision: ExpressibleByArgument {}

/// Who runs a command.
enum Actor {
    static var current: String { ProcessInfo.processInfo.environment["USER"] ?? NSUserName() }
}

/// Where exclusions are recorded.
private enum ExclusionPlace {
    static func with<Value: Sendable>(
        _ project: ProjectArguments, _ results: ResultsArguments,
        _ body: (ExclusionLedger) async throws -> Value
    ) async throws -> Value {
        try await ResultsPlace.withConnection(project, results) { connection, schema in
            do {
                return try await body(ExclusionLedger(connection: connection, schema: schema))
            } catch let error as PostgresError where ["22", "23"].contains(error.sqlState?.errorClass) {
                throw CommandFailure(.usage, error.message, hint: error.hint)
            }
        }
    }
}

import ArgumentParser
import CheckFiles
import ExactJSON
import Postgres
import Reporting
import Results
import ServiceLevels

/// `assay incident`: what is broken, and what people do about it.
struct IncidentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "incident",
        abstract: "List incidents, take them up, say what was done and what was learned.",
        discussion: """
            An incident opens when a check with a schedule fails and closes when it is good again; there is one for each check at a \
            time. What people say is added and never changed, and closes nothing: only a good result does.

              assay incident
              assay incident ack 3f9a21c0
              assay incident resolve 3f9a --reason "the load was started again"
              assay incident note shop.orders.fresh "waiting for the supplier"
              assay incident postmortem 3f9a --reason "disk full" --link https://wiki/pm/17 --impact-started "2026-10-03 05:10Z"

            Instead of an id its beginning will do, or a check, which means its last incident.
            """,
        subcommands: [
            IncidentListCommand.self, IncidentShowCommand.self, IncidentNotifiedCommand.self,
            IncidentAcknowledgeCommand.self,
            IncidentResolveCommand.self, IncidentNoteCommand.self, IncidentPostmortemCommand.self,
        ], defaultSubcommand: IncidentListCommand.self)
}

/// What every command about incidents takes.
struct IncidentArguments: ParsableArguments {
    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    func reading<Value: Sendable>(_ body: (IncidentFlow, AgreementFlow) async throws -> Value) async throws -> Value {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let name = try TargetResolver(project: loaded, arguments: target).target().name
        return try await AgreementFlow.reading(loaded, target: name, project, results) { flow in
            try await body(IncidentFlow(flow: flow), flow)
        }
    }

    /// Adds an event to an incident, and says so.
    func add(
        _ kind: IncidentEvent.Kind, to name: String, by actor: String?, text: String?, link: String? = nil,
        impact: String? = nil
    ) async throws {
        let who = actor ?? Actor.current
        for (name, text) in [("--by", who), ("what is said", text ?? "-")] where text.allSatisfy(\.isWhitespace) {
            throw CommandFailure(.usage, "\(name) is empty")
        }
        let (incident, target) = try await reading { incidents, flow in
            (try await incidents.incident(named: name), flow.targetName)
        }
        try await ResultsPlace.withConnection(project, results) { connection, schema in
            do {
                try await IncidentLedger(connection: connection, schema: schema, target: target).add(
                    kind, to: incident.check, incident.failure.firstBad, by: who, text: text, link: link, impact: impact
                )
            } catch let error as PostgresError where ["22", "23"].contains(error.sqlState?.errorClass) {
                throw CommandFailure(.usage, error.message, hint: error.hint)
            }
        }
        let isStillBad = kind == .resolved && incident.isOpen
        Console.write(
            "incident \(incident.id) of \(incident.check): \(kind.rawValue) by \(who)"
                + (isStillBad ? "; it closes with the next good result" : "") + "\n")
    }
}

/// `assay incident list`: incidents of the last days.
struct IncidentListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List incidents, open ones first.")

    @Option(help: ArgumentHelp("How many days back closed ones are listed.", valueName: "days"))
    var days = 7

    @Flag(help: "Only open ones.")
    var open = false

    @Option(help: "pretty or json.")
    var format = StatusCommand.Format.pretty

    @OptionGroup var arguments: IncidentArguments

    func validate() throws {
        guard (1...3660).contains(days) else { throw ValidationError("--days is a number of days.") }
    }

    func run() async throws {
        let all = try await arguments.reading { incidents, _ in try await incidents.incidents(days: days) }
        let shown = open ? all.filter(\.isOpen) : all
        switch format {
        case .pretty:
            Console.write(IncidentText(shown, style: Console.style(arguments.project.color)).list(days: days))
        case .json:
            Console.write(JSONValue.array(shown.map { IncidentJSON($0).document }).indentedText + "\n")
        }
    }
}

/// `assay incident show`: one incident with all that was said.
struct IncidentShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show an incident.")

    @Argument(help: ArgumentHelp("An id, its beginning, or a check.", valueName: "incident"))
    var incident: String

    @OptionGroup var arguments: IncidentArguments

    func run() async throws {
        let found = try await arguments.reading { incidents, _ in try await incidents.incident(named: incident) }
        Console.write(IncidentText([found], style: Console.style(arguments.project.color)).details)
    }
}

/// `assay incident notified`: says that somebody was told, for whatever tells people.
struct IncidentNotifiedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notified", abstract: "Say that somebody was told of an incident; an alerting tool calls this.")

    @Argument(help: ArgumentHelp("An id, its beginning, or a check.", valueName: "incident"))
    var incident: String

    @Option(help: ArgumentHelp("Who was told, and how.", valueName: "text"))
    var reason: String?

    @Option(name: .customLong("by"), help: ArgumentHelp("What told them; by default who runs this.", valueName: "name"))
    var actor: String?

    @OptionGroup var arguments: IncidentArguments

    func run() async throws {
        try await arguments.add(.notified, to: incident, by: actor, text: reason)
    }
}

/// `assay incident ack`: takes an incident up.
struct IncidentAcknowledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack", abstract: "Say that somebody has taken an incident up.")

    @Argument(help: ArgumentHelp("An id, its beginning, or a check.", valueName: "incident"))
    var incident: String

    @Option(help: ArgumentHelp("What is to be known.", valueName: "text"))
    var reason: String?

    @Option(name: .customLong("by"), help: ArgumentHelp("Who; by default who runs this.", valueName: "name"))
    var actor: String?

    @OptionGroup var arguments: IncidentArguments

    func run() async throws {
        try await arguments.add(.acknowledged, to: incident, by: actor, text: reason)
    }
}

/// `assay incident resolve`: says that an incident is repaired.
struct IncidentResolveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolve", abstract: "Say that an incident is repaired; a good result closes it.")

    @Argument(help: ArgumentHelp("An id, its beginning, or a check.", valueName: "incident"))
    var incident: String

    @Option(help: ArgumentHelp("What was done.", valueName: "text"))
    var reason: String

    @Option(name: .customLong("by"), help: ArgumentHelp("Who; by default who runs this.", valueName: "name"))
    var actor: String?

    @OptionGroup var arguments: IncidentArguments

    func run() async throws {
        try await arguments.add(.resolved, to: incident, by: actor, text: reason)
    }
}

/// `assay incident note`: adds to what is known of an incident.
struct IncidentNoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "note", abstract: "Add a note to an incident.")

    @Argument(help: ArgumentHelp("An id, its beginning, or a check.", valueName: "incident"))
    var incident: String

    @Argument(help: ArgumentHelp("The note.", valueName: "text"))
    var text: String

    @Option(name: .customLong("by"), help: ArgumentHelp("Who; by default who runs this.", valueName: "name"))
    var actor: String?

    @OptionGroup var arguments: IncidentArguments

    func run() async throws {
        try await arguments.add(.noted, to: incident, by: actor, text: text)
    }
}

/// `assay incident postmortem`: says what an incident was.
struct IncidentPostmortemCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postmortem", abstract: "Say what the cause of an incident was, and when its impact began.")

    @Argument(help: ArgumentHelp("An id, its beginning, or a check.", valueName: "incident"))
    var incident: String

    @Option(help: ArgumentHelp("The cause.", valueName: "text"))
    var reason: String

    @Option(help: ArgumentHelp("Where more is written.", valueName: "url"))
    var link: String?

    @Option(
        help: ArgumentHelp(
            "When users of the data were hit, as PostgreSQL reads it: from then on the time to detect is counted.",
            valueName: "time"))
    var impactStarted: String?

    @Option(name: .customLong("by"), help: ArgumentHelp("Who; by default who runs this.", valueName: "name"))
    var actor: String?

    @OptionGroup var arguments: IncidentArguments

    func run() async throws {
        try await arguments.add(
            .postmortem, to: incident, by: actor, text: reason, link: link, impact: impactStarted)
    }
}

import ArgumentParser
import CheckFiles
import EmbeddedPostgres
import Execution
import Foundation
import Postgres
import Reporting
import Results
import StructuredSQL

/// `assay demo`: the whole thing on a throwaway PostgreSQL.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the sample checks against a sample warehouse on a throwaway PostgreSQL.",
        discussion: """
            Starts a PostgreSQL that is installed here in a temporary directory, fills the schemas shop and ml with made-up \
            data and planted trouble, runs the checks, records them, and removes everything. With --keep the server stays until \
            you press return, so that you can try the other commands on it.
            """)

    @Flag(help: "Keep the server until return is pressed.")
    var keep = false

    @Option(help: ArgumentHelp("Failing rows to show of each check.", valueName: "n"))
    var rows: Int = 3

    @Option(
        help: ArgumentHelp("Folder for a report of the sample month; without it none is written.", valueName: "folder"),
        completion: .directory)
    var report: String?

    @Option(help: "When to colour: auto, always or never.")
    var color: ColorChoice = .auto

    func run() async throws {
        let style = Console.style(color)
        let cluster: EmbeddedCluster
        do {
            Console.note("assay: starting a throwaway PostgreSQL")
            cluster = try EmbeddedCluster()
        } catch {
            throw CommandFailure(.notEvaluated, error.message)
        }
        defer { cluster.stop() }
        let conninfo: String
        do {
            conninfo = try await Interruption.watching { try await prepare(cluster) }
            setenv("ASSAY_DEMO_DSN", conninfo, 1)
        } catch {
            guard Interruption.signal != nil else { throw error }
            throw CommandFailure(Interruption.status, "interrupted; the throwaway PostgreSQL is gone")
        }
        let project = ProjectLoader.load(DemoProject.files)
        guard !project.hasErrors else {
            Console.writeError(DiagnosticText(project.diagnostics, style: style, directory: "checks/").text)
            throw CommandFailure(.usage, "the sample project has mistakes")
        }
        let target = ConnectionSettings(conninfo: conninfo, applicationName: "assay/demo")
        var request = RunFlow.Request(
            targetName: "warehouse", target: target, checks: project.checks, settings: AuditSettings(jobs: 4))
        request.results = (target, "assay")
        request.project = project.checks
        request.agreements = project.recordedAgreements
        try await recordHistory(of: project, target)
        let progress = ProgressReporter(.auto)
        let flow = RunFlow(request: request, progress: progress, failsOnWarning: false)
        let outcome: RunFlow.Outcome
        do {
            outcome = try await Interruption.watching { try await flow.run() }
        } catch {
            progress.finish()
            guard Interruption.signal != nil else { throw error }
            throw CommandFailure(Interruption.status, "interrupted; the throwaway PostgreSQL is gone")
        }
        progress.finish()
        let options = RunText.Options(rowCount: rows, directory: "checks/", psqlTarget: "\"$ASSAY_DEMO_DSN\"")
        try RunOutput(.pretty).write(outcome.run, style: style, options: options)
        if let message = outcome.recordingError { Console.error("the results were not recorded: \(message)") }
        Console.write("\n")
        try await showServiceLevels(project, target, style)
        Console.write(closing(conninfo, style))
        if keep {
            Console.note("The server is running. Press return to stop it and remove it.")
            _ = readLine()
        }
    }

    private func prepare(_ cluster: EmbeddedCluster) async throws -> String {
        try await OneShot.reaching("the throwaway PostgreSQL") {
            let admin = try await Connection.open(ConnectionSettings(conninfo: cluster.conninfo()))
            try await admin.execute(script: DemoProject.roleScript)
            try await admin.execute(script: "CREATE DATABASE warehouse OWNER warehouse_owner")
            try await admin.execute(script: "GRANT CREATE ON DATABASE warehouse TO assay_runner")
            await admin.close()
            Console.note("assay: filling the sample warehouse: 200,000 orders over 90 days")
            let owner = cluster.conninfo(database: "warehouse") + " options='-c role=warehouse_owner'"
            let connection = try await Connection.open(ConnectionSettings(conninfo: owner))
            try await connection.execute(script: DemoProject.warehouseScript)
            await connection.close()
            let runner = cluster.conninfo(database: "warehouse").replacing("user=postgres", with: "user=assay_runner")
            let migrating = try await Connection.open(ConnectionSettings(conninfo: runner))
            _ = try await Migrator(connection: migrating, schema: "assay").migrate()
            await migrating.close()
            return runner
        }
    }

    /// Records ninety days of the past.
    private func recordHistory(of project: Project, _ results: ConnectionSettings) async throws {
        Console.note("assay: recording 90 days of the sample checks, up to the end of October 2025")
        try await OneShot.reaching("the throwaway PostgreSQL") {
            let connection = try await Connection.open(results)
            try await DemoHistory(project: project, connection: connection, schema: "assay", target: "warehouse")
                .record()
            await connection.close()
        }
    }

    /// Shows a month of the history before it is over, and reports it when it is.
    private func showServiceLevels(
        _ project: Project, _ results: ConnectionSettings, _ style: TerminalStyle
    ) async throws {
        try await OneShot.reaching("the throwaway PostgreSQL") {
            let connection = try await Connection.open(results)
            let flow = AgreementFlow(
                project: project, connection: connection, schema: "assay", targetName: "warehouse")
            let status = try await flow.statuses(of: [], asOf: DemoHistory.lookedAt, detail: .status)
            Console.write(StatusText(status, style: style).text)
            if let report {
                let month = try await flow.statuses(
                    of: [], in: DemoHistory.period, asOf: DemoHistory.reportedAt, detail: .report)
                try ReportMakeCommand.write(month, of: DemoHistory.period, target: "warehouse", to: report)
            }
            await connection.close()
        }
    }

    private func closing(_ conninfo: String, _ style: TerminalStyle) -> String {
        let lines =
            keep
            ? [
                "Try now, in another terminal:", "  export ASSAY_DEMO_DSN=\"\(conninfo)\"",
                "  assay history                                    what is recorded",
                "  assay show shop.orders.amount.in_range           the SQL of a check",
                "  assay plan 'shop.orders.*'                       what a run sends",
                "  assay status --as-of 2025-10-28                  service levels of the sample month",
                "  assay report --period 2025-10 --output reports   its report",
                "  psql \"$ASSAY_DEMO_DSN\" -c 'TABLE assay.sli'      the recorded results",
            ]
            : [
                "What to try next:",
                "  assay demo --keep            the same, and the server stays for you to play with",
                "  less checks/shop/orders.yaml     the checks that just ran",
                "  assay demo --report DIR      the same, and a report of the sample month",
                "  assay run --help             on your own warehouse: write assay.yaml and one suite, then run",
            ]
        return "\n" + style.paint(lines[0], .bold) + "\n" + lines.dropFirst().joined(separator: "\n") + "\n"
    }
}

import ArgumentParser
import Foundation

/// The `assay` command.
@main
struct AssayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Checks the data in a PostgreSQL warehouse and shows the whole rows that fail.",
        discussion: """
            Checks are short YAML suites, one per dataset, and plain SQL files. A run reads each table once, at one \
            instant, and changes nothing.

            Try it on a throwaway PostgreSQL:     assay demo
            See what a run would do:              assay plan
            Run everything:                       assay run
            Run some of it:                       assay run 'shop.orders.*' tag:revenue

            Exit codes: 0 all passed, 1 data failed, 2 wrong usage or files, 3 something could not be evaluated, \
            4 evaluated but not recorded, 130/143 interrupted.
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, ValidateCommand.self, PlanCommand.self, ShowCommand.self, CompareCommand.self,
            HistoryCommand.self, StatusCommand.self, ReportCommand.self, IncidentCommand.self, ExcludeCommand.self,
            ApproveCommand.self, RecordCommand.self, MigrateCommand.self, KindsCommand.self, FeedbackCommand.self,
            BaselineCommand.self, ScanPIICommand.self, ImportCommand.self, ExportCommand.self, SchemaCommand.self,
            DemoCommand.self,
            ManualCommand.self,
        ]
    )

    /// Parses and runs; every way out goes through here, so that exit codes are ours.
    static func main() async {
        Console.openMissingStreams()
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let exit as ExitCode {
            Foundation.exit(exit.rawValue)
        } catch let error as CommandFailure {
            Console.error(error.message, hint: error.hint)
            Foundation.exit(error.status.rawValue)
        } catch {
            let isClean = exitCode(for: error).isSuccess
            let message = fullMessage(for: error)
            if !message.isEmpty { isClean ? Console.write(message + "\n") : Console.writeError(message + "\n") }
            Foundation.exit(isClean ? 0 : ExitStatus.usage.rawValue)
        }
    }
}

/// The version of this program.
enum Version {
    static let text = "0.1.0"
}

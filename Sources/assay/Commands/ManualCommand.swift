import ArgumentParser
import Reporting

/// `assay manual`: the man page, made from the commands themselves.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the man page.",
        shouldDisplay: false)

    func run() throws {
        Console.write(try ManualPage.text(dump: AssayCommand._dumpHelp(), version: Version.text))
    }
}

import ArgumentParser
import CheckFiles
import ExactJSON
import Foundation
import Postgres
import Reporting
import Results
import ServiceLevels

/// `assay report`: service levels of a period, as a document.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the service levels of a month or quarter: HTML, Markdown, JSON and CSV.",
        discussion: """
              assay report --period 2026-10 --output reports
              assay report revenue-dashboard --period 2026-Q4 --as-of 2027-01-05 --format json --output -

            With the same --as-of the same figures come out, and the same bytes, whatever was recorded later.
            """)

    /// How it is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case html, md, json, csv
    }

    @Argument(help: ArgumentHelp("Agreements; by default all.", valueName: "sla"))
    var names: [String] = []

    @Option(help: ArgumentHelp("A month such as 2026-10, or a quarter such as 2026-Q4.", valueName: "period"))
    var period: String

    @Option(
        help: ArgumentHelp("What was known at this time, as PostgreSQL reads it; by default now.", valueName: "time"))
    var asOf: String?

    @Option(help: "html, md, json or csv, separated by commas; by default all.")
    var format = Format.allCases.map(\.rawValue).joined(separator: ",")

    @Option(
        help: ArgumentHelp("Folder to write to; - with one format is standard output.", valueName: "folder"),
        completion: .directory)
    var output: String

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    private var formats: [Format] {
        get throws {
            try format.split(separator: ",").map { name in
                guard let format = Format(rawValue: String(name)) else {
                    throw ValidationError("--format is html, md, json or csv, separated by commas.")
                }
                return format
            }
        }
    }

    func validate() throws {
        if try formats.isEmpty { throw ValidationError("--format names no format.") }
        if output == "-", try formats.count > 1 { throw ValidationError("Only one --format goes to standard output.") }
    }

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let name = try TargetResolver(project: loaded, arguments: target).target().name
        let statuses = try await AgreementFlow.reading(loaded, target: name, project, results) { flow in
            try await flow.statuses(of: names, in: period, asOf: asOf)
        }
        for format in try formats {
            let text = text(statuses, format)
            guard output != "-" else {
                Console.write(text)
                continue
            }
            try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
            let path = "\(output)/sla-\(period).\(format.rawValue)"
            try RunOutput.write(text, to: path)
            Console.note("assay: \(path)")
        }
    }

    private func text(_ statuses: [AgreementStatus], _ format: Format) -> String {
        switch format {
        case .html: AgreementPage(statuses, period: period).text
        case .md: AgreementMarkdown(statuses, period: period).text
        case .csv: AgreementCSV(statuses).text
        case .json: JSONValue.array(statuses.map { StatusJSON($0).document }).indentedText + "\n"
        }
    }
}

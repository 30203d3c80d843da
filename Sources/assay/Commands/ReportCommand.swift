import ArgumentParser
import CheckFiles
import Checks
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
        abstract: "Write the service levels of a month or quarter, or verify what was written.",
        discussion: """
              assay report --period 2026-10 --output reports
              assay report revenue-dashboard --period 2026-Q4 --as-of 2027-01-05 --format json --output -
              assay report verify reports

            With the same --as-of the same figures come out, and the same bytes, whatever was recorded later. What was written is \
            never overwritten: what became known since makes another revision.
            """,
        subcommands: [ReportMakeCommand.self, ReportVerifyCommand.self], defaultSubcommand: ReportMakeCommand.self)
}

/// `assay report make`: writes a report.
struct ReportMakeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "Write the service levels of a period: HTML, Markdown, JSON and CSV.")

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
            try await flow.statuses(of: names, in: period, asOf: asOf, detail: .report)
        }
        let texts = try formats.map {
            (ending: $0.rawValue, text: AgreementDocument.text(statuses, $0, period: period))
        }
        guard output != "-", let first = statuses.first else {
            for one in texts { Console.write(one.text) }
            return
        }
        let manifest = ReportFolder.Manifest(
            period: period, revision: 1, agreements: statuses.map(\.agreement.name), asOf: first.asOf.text,
            target: name,
            assayVersion: Version.text)
        let folder = ReportFolder(path: output)
        guard let written = try folder.write(manifest, texts) else {
            Console.note("assay: nothing has changed since the last report of \(period) in \(output)")
            return
        }
        for (name, _) in written.files { Console.note("assay: \(output)/\(name)") }
        if written.revision > 1 {
            Console.note("assay: revision \(written.revision), because the figures are others than before")
        }
    }
}

/// A report in one of its forms.
enum AgreementDocument {
    static func text(_ statuses: [AgreementStatus], _ format: ReportMakeCommand.Format, period: String) -> String {
        switch format {
        case .html: AgreementPage(statuses, period: period).text
        case .md: AgreementMarkdown(statuses, period: period).text
        case .csv: AgreementCSV(statuses).text
        case .json: JSONValue.array(statuses.map { StatusJSON($0).document }).indentedText + "\n"
        }
    }
}

/// `assay report verify`: whether a folder of reports is what was written, and what would be written again.
struct ReportVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "See that reports are what was written, and that the same comes out again.",
        discussion: """
            Compares every file with the digest in its manifest, each manifest with the digest in the next one, and makes every \
            report again as of its time: what was recorded must still be there, unchanged.

            Exit codes: 0 all is as it was, 1 something is not, 2 wrong usage, 3 the results cannot be read.
            """)

    @Argument(help: ArgumentHelp("The folder.", valueName: "folder"), completion: .directory)
    var folder: String

    @Flag(help: "Look at the files only.")
    var offline = false

    @OptionGroup var project: ProjectArguments
    @OptionGroup var results: ResultsArguments

    func run() async throws {
        let reports = ReportFolder(path: folder)
        let manifests = try reports.manifests()
        guard !manifests.isEmpty else {
            throw CommandFailure(
                .usage, "\(folder) has no report", hint: "assay report --period 2026-10 --output \(folder) makes one.")
        }
        var problems = try reports.problems()
        if !offline {
            let loaded = try ProjectDirectory.find(project.directory).load()
            for manifest in manifests {
                let statuses = try await AgreementFlow.reading(loaded, target: manifest.target, project, results) {
                    flow in
                    // Measurements, not roll-ups: what is derived proves nothing.
                    var flow = flow
                    flow.source = .measurements
                    return try await flow.statuses(
                        of: manifest.agreements, in: manifest.period, asOf: manifest.asOf, detail: .report)
                }
                for (name, digest) in manifest.files {
                    guard let ending = name.split(separator: ".").last,
                        let format = ReportMakeCommand.Format(rawValue: String(ending))
                    else { continue }
                    let text = AgreementDocument.text(statuses, format, period: manifest.period)
                    guard Digest.sha256(text) != digest else { continue }
                    problems.append("\(name): \(Self.difference(reports.text(of: name), text))")
                }
            }
        }
        for problem in problems { Console.write("✗ \(TerminalText.harmless(problem))\n") }
        guard problems.isEmpty else { throw ExitCode(ExitStatus.failed.rawValue) }
        let count = manifests.count == 1 ? "1 report" : "\(manifests.count) reports"
        Console.write("✓ \(count) in \(folder): files, chain\(offline ? "" : " and figures") are as they were\n")
    }

    /// The first line that comes out otherwise.
    private static func difference(_ old: String?, _ new: String) -> String {
        let (before, after) = ((old ?? "").split(whereSeparator: \.isNewline), new.split(whereSeparator: \.isNewline))
        for index in 0..<max(before.count, after.count) {
            let (one, two) = (
                index < before.count ? String(before[index]) : "", index < after.count ? String(after[index]) : ""
            )
            if one != two {
                return "line \(index + 1) was \"\(one.trimmedSpaces)\", and comes out as \"\(two.trimmedSpaces)\" today"
            }
        }
        return "comes out otherwise today"
    }
}

extension String {
    fileprivate var trimmedSpaces: String { TerminalText.cut(String(drop(while: \.isWhitespace)), to: 160) }
}

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
        commandName: "make", abstract: "Write the service levels of a period: HTML, Markdown, JSON, CSV and PDF.")

    /// How it is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case html, md, json, csv
        /// Printed by another program, which does not write the same bytes each time.
        case pdf
    }

    @Argument(help: ArgumentHelp("Agreements; by default all.", valueName: "sla"))
    var names: [String] = []

    @Option(help: ArgumentHelp("A month such as 2026-10, or a quarter such as 2026-Q4.", valueName: "period"))
    var period: String

    @Option(
        help: ArgumentHelp("What was known at this time, as PostgreSQL reads it; by default now.", valueName: "time"))
    var asOf: String?

    @Option(
        help: "html, md, json, csv or pdf, separated by commas; pdf is printed by an installed weasyprint or chromium.")
    var format = Format.allCases.filter { $0 != .pdf }.map(\.rawValue).joined(separator: ",")

    @Option(
        help: ArgumentHelp("Folder to write to; - with one format is standard output.", valueName: "folder"),
        completion: .directory)
    var output: String

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments
    @OptionGroup var results: ResultsArguments

    private var formats: [Format] {
        get throws {
            let named = try format.split(separator: ",").map { name in
                guard let format = Format(rawValue: String(name)) else {
                    throw ValidationError("--format is html, md, json, csv or pdf, separated by commas.")
                }
                return format
            }
            // What is printed stands beside what it is printed from.
            return named.contains(.pdf) && !named.contains(.html) ? [.html] + named : named
        }
    }

    func validate() throws {
        if try formats.isEmpty { throw ValidationError("--format names no format.") }
        if output == "-", try formats.contains(.pdf) {
            throw ValidationError("pdf goes to a folder: name one with --output.")
        }
        if output == "-", try formats.count > 1 { throw ValidationError("Only one --format goes to standard output.") }
    }

    func run() async throws {
        let loaded = try ProjectDirectory.find(project.directory).load()
        let name = try TargetResolver(project: loaded, arguments: target).target().name
        let statuses = try await AgreementFlow.reading(
            loaded, target: name, project, results, settles: asOf == nil
        ) { flow in
            try await flow.statuses(of: names, in: period, asOf: asOf ?? flow.settledAt?.text, detail: .report)
        }
        if output == "-" {
            for format in try formats {
                Console.write(AgreementDocument.text(statuses, format, period: period) ?? "")
            }
        } else {
            try Self.write(statuses, of: period, target: name, to: output, as: formats)
        }
    }

    /// Writes a report into a folder, and says what was written.
    ///
    /// - Parameters:
    ///   - statuses: Of agreements in one period; at least one.
    ///   - period: The name of the period.
    ///   - target: Whose measurements they are.
    ///   - output: The folder.
    ///   - formats: What to write.
    /// - Throws: A ``CommandFailure`` if it cannot be written.
    static func write(
        _ statuses: [AgreementStatus], of period: String, target: String, to output: String,
        as formats: [Format] = [.html, .md, .json, .csv]
    ) throws {
        guard let first = statuses.first else { return }
        let printer = formats.contains(.pdf) ? try PDFPrinter.find() : nil
        let texts = formats.compactMap { format in
            AgreementDocument.text(statuses, format, period: period).map { (ending: format.rawValue, text: $0) }
        }
        var manifest = ReportFolder.Manifest(
            period: period, revision: 1, agreements: statuses.map(\.agreement.name), asOf: first.asOf.text,
            target: target, assayVersion: Version.text)
        manifest.describe(statuses)
        let page = AgreementDocument.text(statuses, .html, period: period) ?? ""
        let written = try ReportFolder(path: output).write(manifest, texts, endings: formats.map(\.rawValue)) {
            try printer.map { [(ending: Format.pdf.rawValue, data: try $0.pdf(of: page))] } ?? []
        }
        guard let written else {
            Console.note("assay: nothing has changed since the last report of \(period) in \(output)")
            return
        }
        for (name, _) in written.files { Console.note("assay: \(output)/\(name)") }
        if written.revision > 1 {
            Console.note("assay: revision \(written.revision), because figures or formats are others than before")
        }
    }
}

extension ReportFolder.Manifest {
    /// Says what the figures are counted from.
    fileprivate mutating func describe(_ statuses: [AgreementStatus]) {
        for status in statuses { definitions[status.agreement.name] = status.definition }
        exclusions = Set(statuses.flatMap { $0.exclusions.map(\.id) }).sorted()
        inputs = Digest.sha256(VerdictLines(statuses).text)
    }
}

/// A report in one of its forms.
enum AgreementDocument {
    /// The text; `nil` of a form that is none.
    static func text(_ statuses: [AgreementStatus], _ format: ReportMakeCommand.Format, period: String) -> String? {
        switch format {
        case .html: AgreementPage(statuses, period: period).text
        case .md: AgreementMarkdown(statuses, period: period).text
        case .csv: AgreementCSV(statuses).text
        case .json: JSONValue.array(statuses.map { StatusJSON($0).document }).indentedText + "\n"
        case .pdf: nil
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
                if Digest.sha256(VerdictLines(statuses).text) != manifest.inputs {
                    problems.append("\(manifest.fileName): what was measured is not what it was")
                }
                for (name, digest) in manifest.files {
                    guard let ending = name.split(separator: ".").last,
                        let format = ReportMakeCommand.Format(rawValue: String(ending)),
                        let text = AgreementDocument.text(statuses, format, period: manifest.period)
                    else { continue }
                    guard Digest.sha256(text) != digest else { continue }
                    problems.append("\(name): \(Self.difference(reports.text(of: name), text))")
                }
            }
        }
        for problem in problems { Console.write("✗ \(TerminalText.harmless(problem))\n") }
        guard problems.isEmpty else { throw ExitCode(ExitStatus.failed.rawValue) }
        let count = manifests.count == 1 ? "1 report" : "\(manifests.count) reports"
        Console.write(
            "✓ \(count) in \(folder): files\(offline ? " and chain" : ", chain and figures") are as they were\n")
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

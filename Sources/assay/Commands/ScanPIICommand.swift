import ArgumentParser
import Catalog
import CheckFiles
import Checks
import ExactJSON
import Execution
import Reporting

/// `assay scan-pii`: where personal data are.
struct ScanPIICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan-pii",
        abstract: "Look for columns with personal data, and propose how suites should mask them.",
        discussion: """
            Looks at the names of columns and at a sample of their values, on the server: only counts leave it. What it \
            finds are proposals, to be read by someone who knows the data; what it does not find may still be personal.
            """)

    /// How the findings are written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case yaml, json
    }

    @Argument(
        help: ArgumentHelp(
            "Relations, such as shop.customers; all that the role sees if none is given.", valueName: "relation"))
    var relations: [String] = []

    @Option(help: ArgumentHelp("Rows of each relation to look at, at most.", valueName: "n"))
    var rows = 10_000

    @Option(
        help: ArgumentHelp("The least share of values that make a column personal, in percent.", valueName: "percent"))
    var share = 10

    @Option(help: "yaml for suites, or json.")
    var format = Format.yaml

    @OptionGroup var project: ProjectArguments
    @OptionGroup var target: TargetArguments

    func run() async throws {
        guard rows > 0, (0...100).contains(share) else {
            throw CommandFailure(.usage, "--rows is 1 or more, --share between 0 and 100")
        }
        let names = try relations.map { text in
            guard let name = RelationName(parsing: text) else {
                throw CommandFailure(.usage, "\"\(text)\" is not the name of a relation")
            }
            return name
        }
        // A connection string alone is enough; there may be no project yet.
        let loaded =
            try target.connection == nil ? ProjectDirectory.find(project.directory).load() : ProjectLoader.load([])
        let server = try TargetResolver(project: loaded, arguments: target).target()
        let settings = AuditSettings(
            jobs: 1, statementTimeout: loaded.defaults.statementTimeout, lockTimeout: loaded.defaults.lockTimeout,
            searchPath: server.searchPath)
        let report = try await OneShot.reaching("the server of target \"\(server.name)\"") {
            try await PersonalDataScan(sampleSize: rows, threshold: Double(share) / 100)
                .run(server.settings, relations: names, settings: settings)
        }
        let text = PersonalDataText(report: report)
        Console.write(format == .json ? text.json.indentedText + "\n" : text.yaml)
        for (relation, message) in report.failures { Console.error("\(relation) was not looked at: \(message)") }
        if !report.failures.isEmpty { throw ExitCode(ExitStatus.notEvaluated.rawValue) }
    }
}

/// The findings of a scan in YAML of suites, or in JSON.
struct PersonalDataText {
    let report: PersonalDataScan.Report

    var yaml: String {
        var lines = [
            "# \(report.relationCount) relations looked at, \(report.findings.count) columns proposed. Read before use."
        ]
        for relation in Set(report.findings.map(\.relation)).sorted() {
            let findings = report.findings.filter { $0.relation == relation }
            lines += ["", "dataset: \(JSONValue.string(relation.description).compactText)", "pii:"]
            let names = findings.map { JSONValue.string($0.column).compactText }
            let width = names.map(\.count).max() ?? 0
            for (name, finding) in zip(names, findings) {
                let entry = "  \(name): \(finding.masking.rawValue)"
                lines.append(TerminalText.padded(entry, to: width + 10) + "# \(Self.reason(finding))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func reason(_ finding: PersonalDataScan.Finding) -> String {
        var reasons: [String] = []
        if finding.matching > 0, let data = finding.data {
            reasons.append("\(finding.matching) of \(finding.sampled) values have \(data.label) in them")
        }
        if let word = finding.word { reasons.append("the name says \(word)") }
        return reasons.joined(separator: "; ")
    }

    var json: JSONValue {
        [
            "relations": .number(String(report.relationCount)),
            "columns": .array(
                report.findings.map { finding in
                    [
                        "relation": .string(finding.relation.description), "column": .string(finding.column),
                        "data": .string(ifPresent: finding.data?.rawValue),
                        "name_says": .string(ifPresent: finding.word),
                        "matching": .number(String(finding.matching)), "sampled": .number(String(finding.sampled)),
                        "masking": .string(finding.masking.rawValue),
                    ]
                }),
            "failures": .array(
                report.failures.map { ["relation": .string($0.relation.description), "message": .string($0.message)] }),
        ]
    }
}

import ArgumentParser
import Checks
import Foundation
import Reporting

/// The formats a run can be written in.
enum RunFormat: String, CaseIterable {
    case pretty, json, ndjson, junit, markdown, github, gitlab, sarif, prometheus
}

/// One way a run is written: a format and a place, `FORMAT` or `FORMAT=FILE`; `-` is standard output.
struct RunOutput: ExpressibleByArgument {
    var format: RunFormat
    var path: String?

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard let format = parts.first.flatMap(RunFormat.init(rawValue:)), !argument.hasSuffix("=") else { return nil }
        self.init(format, path: parts.count == 2 && parts[1] != "-" ? parts[1] : nil)
    }

    init(_ format: RunFormat, path: String? = nil) {
        self.format = format
        self.path = path
    }

    static var allValueStrings: [String] { RunFormat.allCases.map(\.rawValue) }

    /// Writes the run.
    func write(_ run: RunRecord, style: TerminalStyle, options: RunText.Options) throws {
        let text: String
        switch format {
        case .pretty:
            let plain = path == nil ? style : TerminalStyle(usesColor: false, width: 120)
            text = RunText(run, style: plain, options: options).text
        case .json: text = RunJSON(run).text
        case .ndjson: text = RunJSON(run).lines
        case .junit: text = JUnitXML(run).text
        case .markdown: text = MarkdownText(run, options: options).text
        case .github: text = GitHubCommands(run, directory: options.directory).text
        case .gitlab: text = GitLabQuality(run, directory: options.directory).text
        case .sarif: text = SarifLog(run, directory: options.directory).text
        case .prometheus:
            let previous = path.flatMap { try? String(contentsOfFile: $0, encoding: .utf8) }
            text = PrometheusText(run, previous: previous).text
        }
        try Self.write(text, to: path)
    }

    /// Writes a text to a file, or to standard output without one; a file appears whole or not at all.
    ///
    /// A device or a pipe is written to, never replaced.
    static func write(_ text: String, to path: String?) throws {
        guard let path else { return Console.write(text) }
        try write(Data(text.utf8), to: path)
    }

    /// The same for bytes.
    static func write(_ data: Data, to path: String) throws {
        do {
            let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
            let isReplaceable = type == nil || type == .typeRegular
            let permissions = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            try data.write(to: URL(fileURLWithPath: path), options: isReplaceable ? .atomic : [])
            // Rows may be confidential: a file that others cannot read stays one.
            if isReplaceable, let permissions {
                try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
            }
        } catch {
            throw CommandFailure(.usage, "\(path) cannot be written")
        }
    }
}

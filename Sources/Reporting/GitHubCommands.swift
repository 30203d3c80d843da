package import Checks
import StructuredSQL

/// A run as workflow commands of GitHub Actions, which become annotations on the files of the checks.
///
/// One line each; line breaks, and what would end a command's part, are escaped, so that no data can give a command of
/// its own. GitHub shows ten annotations of a kind per step.
package struct GitHubCommands {
    private let run: RunRecord
    private let directory: String

    /// `directory` is the project's from the root of the repository, with a slash.
    package init(_ run: RunRecord, directory: String) {
        self.run = run
        self.directory = directory
    }

    package var text: String {
        var lines = run.warnings.map { "::warning title=assay::\(Self.data($0))" }
        for result in run.results {
            let command: String? =
                switch result.outcome {
                case .fail, .error: "error"
                case .warn: "warning"
                case .pass, .skip: nil
                }
            guard let command else { continue }
            let check = result.check
            let message = [
                result.plainFinding, check.description, result.failure?.hint.map { "hint: " + $0 },
                check.runbook.map { "runbook: " + $0 },
            ]
            .compactMap(\.self).joined(separator: "\n")
            lines.append(
                "::\(command) file=\(Self.property(directory + check.source.file)),line=\(check.source.line),"
                    + "title=\(Self.property(check.id))::\(Self.data(message))")
        }
        let counts = Outcome.allCases.map { "\(run.count(of: $0)) \($0.rawValue)" }.joined(separator: ", ")
        lines.append("::notice title=assay::\(Self.data("\(run.target): \(counts)"))")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func data(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A").replacing("\r", with: "%0D")
            .replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}

package import Checks
import ExactJSON
import StructuredSQL

/// A run as a code quality report of GitLab: what did not pass, at the place where the check is written.
package struct GitLabQuality {
    private let run: RunRecord
    private let directory: String

    /// `directory` is the project's from the root of the repository, with a slash.
    package init(_ run: RunRecord, directory: String) {
        self.run = run
        self.directory = directory
    }

    package var text: String {
        let open = run.results.filter { [.error, .fail, .warn].contains($0.outcome) }
        return JSONValue.array(open.map(issue)).indentedText + "\n"
    }

    private func issue(_ result: CheckResult) -> JSONValue {
        [
            "description": .string("\(result.check.id): \(result.plainFinding)"),
            "check_name": .string(result.check.kindName),
            // The same check is the same issue from run to run, whatever it finds.
            "fingerprint": .string("assay:\(run.target):\(result.check.id)"),
            "severity": .string(severity(result)),
            "location": [
                "path": .string(directory + result.check.source.file),
                "lines": ["begin": .number(String(result.check.source.line))],
            ],
        ]
    }

    private func severity(_ result: CheckResult) -> String {
        if result.outcome == .warn { return "info" }
        return switch result.check.severity {
        case .now: "blocker"
        case .nextBusinessDay: "major"
        case .nextSprint: "minor"
        }
    }
}

package import Checks
import ExactJSON
import StructuredSQL

/// A run as JUnit XML, as CI systems read it: a suite per dataset, a case per check.
///
/// `fail` is a failure, `error` an error, `skip` is skipped; `warn` passes with its finding as output.
package struct JUnitXML {
    private let run: RunRecord

    package init(_ run: RunRecord) {
        self.run = run
    }

    package var text: String {
        let seconds = Duration.microseconds(run.finishedAt.microseconds - run.startedAt.microseconds)
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>"]
        lines.append("<testsuites name=\"assay\" \(counts(run.results)) time=\"\(seconds.secondsText)\">")
        for (name, results) in run.resultsByDataset {
            let time = results.reduce(Duration.zero) { $0 + $1.duration }
            lines.append(
                "  <testsuite name=\"\(Self.escaped(name))\" \(counts(results)) time=\"\(time.secondsText)\" "
                    + "timestamp=\"\(run.startedAt.text)\">")
            lines += results.flatMap(testCase)
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private func counts(_ results: [CheckResult]) -> String {
        func count(_ outcome: Outcome) -> Int { results.count { $0.outcome == outcome } }
        return
            "tests=\"\(results.count)\" failures=\"\(count(.fail))\" errors=\"\(count(.error))\" skipped=\"\(count(.skip))\""
    }

    private func testCase(_ result: CheckResult) -> [String] {
        let check = result.check
        let head =
            "    <testcase name=\"\(Self.escaped(check.id))\" classname=\"\(Self.escaped(check.dataset.name))\" "
            + "time=\"\(result.duration.secondsText)\" file=\"\(Self.escaped(check.source.file))\" line=\"\(check.source.line)\""
        let finding = result.plainFinding
        switch result.outcome {
        case .pass:
            return [head + "/>"]
        case .warn:
            return [
                head + ">", "      <system-out>\(Self.escaped("warning: " + finding))</system-out>", "    </testcase>",
            ]
        case .skip:
            return [head + ">", "      <skipped message=\"\(Self.escaped(result.reason ?? ""))\"/>", "    </testcase>"]
        case .fail:
            return [head + ">"] + element("failure", type: check.kindName, finding, details(result)) + [
                "    </testcase>"
            ]
        case .error:
            let failure = result.failure
            let body = [failure?.message, failure?.hint.map { "hint: " + $0 }].compactMap(\.self)
            return [head + ">"]
                + element("error", type: failure?.sqlState ?? "error", failure?.message ?? "", body) + [
                    "    </testcase>"
                ]
        }
    }

    private func element(_ name: String, type: String, _ message: String, _ body: [String]) -> [String] {
        [
            "      <\(name) type=\"\(Self.escaped(type))\" message=\"\(Self.escaped(message))\">"
                + Self.escaped(body.joined(separator: "\n")) + "</\(name)>"
        ]
    }

    private func details(_ result: CheckResult) -> [String] {
        let source = ["\(result.check.source)", result.check.description, result.reason].compactMap(\.self)
        return source + result.rows.sample.map(\.compactText)
    }

    /// Escapes markup, and leaves out the characters XML 1.0 does not have.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += scalar == "\n" ? "\n" : " "
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

package import Checks
import ExactJSON
import StructuredSQL

/// A run as SARIF 2.1.0 (OASIS), for tools that show findings of analyses beside the source.
///
/// What could not be evaluated is a notification of the run, which then was not successful, and no finding.
package struct SarifLog {
    private let run: RunRecord
    private let directory: String

    /// `directory` is the project's from the root of the repository, with a slash.
    package init(_ run: RunRecord, directory: String) {
        self.run = run
        self.directory = directory
    }

    package var text: String {
        let found = run.results.filter { $0.outcome == .fail || $0.outcome == .warn }
        let kinds = found.reduce(into: [KindDefinition]()) { kinds, result in
            if !kinds.contains(where: { $0.name == result.definition.name }) { kinds.append(result.definition) }
        }
        let rules: [JSONValue] = kinds.map { kind in
            [
                "id": .string(kind.name), "shortDescription": ["text": .string(kind.summary)],
                "fullDescription": ["text": .string(kind.semantics)],
            ]
        }
        let log: JSONValue = [
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                [
                    "tool": [
                        "driver": ["name": "Assay", "version": .string(run.assayVersion), "rules": .array(rules)]
                    ],
                    "automationDetails": ["id": .string("assay/\(run.target)/"), "guid": .string(run.id)],
                    "invocations": [invocation],
                    "results": .array(found.map { result($0, kinds) }),
                ]
            ],
        ]
        return log.indentedText + "\n"
    }

    private var invocation: JSONValue {
        let errors = run.results.filter { $0.outcome == .error }
        return [
            "executionSuccessful": .boolean(errors.isEmpty),
            "startTimeUtc": .string(run.startedAt.text), "endTimeUtc": .string(run.finishedAt.text),
            "toolExecutionNotifications": .array(
                errors.map { result in
                    [
                        "level": "error", "message": ["text": .string("\(result.check.id) \(result.plainFinding)")],
                        "locations": [location(result.failure?.location ?? result.check.source)],
                    ]
                }),
        ]
    }

    private func result(_ result: CheckResult, _ kinds: [KindDefinition]) -> JSONValue {
        [
            "ruleId": .string(result.check.kindName),
            "ruleIndex": .number(ifPresent: kinds.firstIndex { $0.name == result.check.kindName }),
            "level": .string(result.outcome == .warn ? "warning" : "error"),
            "message": ["text": .string("\(result.check.id): \(result.plainFinding)")],
            "locations": [location(result.check.source)],
            "partialFingerprints": ["assayCheck/v1": .string("\(run.target):\(result.check.id)")],
            "properties": [
                "dataset": .string(result.check.dataset.name), "severity": .string(result.check.severity.rawValue),
                "owner": .string(ifPresent: result.check.owner),
                "tags": .array(result.check.tags.map(JSONValue.string)),
                "failing": .number(ifPresent: result.failing), "total": .number(ifPresent: result.total),
                "value": .number(postgres: result.value),
            ],
        ]
    }

    private func location(_ source: SourceLocation) -> JSONValue {
        [
            "physicalLocation": [
                "artifactLocation": ["uri": .string(Self.uri(directory + source.file)), "uriBaseId": "%SRCROOT%"],
                "region": ["startLine": .number(String(max(1, source.line)))],
            ]
        ]
    }

    /// A relative path as a URI (RFC 3986).
    private static func uri(_ path: String) -> String {
        path.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~/".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

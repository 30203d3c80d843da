package import Checks
package import ExactJSON
import StructuredSQL

/// A run in the JSON of the contract: one document, or one line per thing.
package struct RunJSON {
    private let run: RunRecord

    package init(_ run: RunRecord) {
        self.run = run
    }

    /// The document, ending with a line break.
    package var text: String { document.indentedText + "\n" }

    /// One JSON object per line: the run, each result, the summary.
    package var lines: String {
        let objects: [JSONValue] =
            [["run": header]] + run.results.map { ["result": result($0)] } + [["summary": summary]]
        return objects.map { $0.compactText + "\n" }.joined()
    }

    package var document: JSONValue {
        ["run": header, "results": .array(run.results.map(result)), "summary": summary]
    }

    private var header: JSONValue {
        [
            "id": .string(run.id),
            "target": .string(run.target),
            "server": .string(run.server),
            "started_at": .string(run.startedAt.text),
            "finished_at": .string(run.finishedAt.text),
            "observed_at": .string(run.observedAt.text),
            "snapshot": .string(run.snapshot.rawValue),
            "window": run.window.map { ["from": .string($0.from), "to": .string($0.to)] } ?? .null,
            "slot": .string(ifPresent: run.slot),
            "trigger": .string(run.trigger.rawValue),
            "assay_version": .string(run.assayVersion),
            "project_revision": .string(ifPresent: run.projectRevision),
            "definitions_sha256": .string(run.definitionsSHA256),
            "recorded": .boolean(run.isRecorded),
            "warnings": .array(run.warnings.map(JSONValue.string)),
        ]
    }

    private func result(_ result: CheckResult) -> JSONValue {
        let check = result.check
        return [
            "check": .string(check.id),
            "name": .string(ifPresent: check.name),
            "dataset": .string(check.dataset.name),
            "kind": .string(check.kindName),
            "columns": .array(check.columns.map(JSONValue.string)),
            "outcome": .string(result.outcome.rawValue),
            "severity": .string(check.severity.rawValue),
            "dimension": .string(check.dimension.rawValue),
            "owner": .string(ifPresent: check.owner),
            "tags": .array(check.tags.map(JSONValue.string)),
            "failing": .number(ifPresent: result.failing),
            "total": .number(ifPresent: result.total),
            "value": .number(postgres: result.value),
            "metric": .number(postgres: result.metric),
            "expected": result.expectation?.json ?? .null,
            "threshold": .string(ifPresent: result.thresholdText),
            "estimate": result.estimate?.json ?? .null,
            "groups": result.groups?.json ?? .null,
            "proved_by": .string(ifPresent: result.provedBy),
            "reason": .string(ifPresent: result.reason),
            "rows": [
                "kept": .number(String(result.rows.keptCount)),
                "complete": .boolean(result.rows.isComplete(of: result.wantedFailing)),
                "sample": .array(result.rows.sample),
                "problem": .string(ifPresent: result.rows.problem),
            ],
            "evidence": .array(result.evidence),
            "error": result.failure?.json ?? .null,
            "duration_ms": .number(result.duration.millisecondsText),
            "cost_ms": .number(result.cost.millisecondsText),
            "source": ["file": .string(check.source.file), "line": .number(String(check.source.line))],
        ]
    }

    private var summary: JSONValue {
        .object(Outcome.allCases.map { .init($0.rawValue, .number(String(run.count(of: $0)))) })
    }
}

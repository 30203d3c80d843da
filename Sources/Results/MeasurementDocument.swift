import Checks
import ExactJSON

/// One measurement as JSON, in the names of the table's columns.
struct MeasurementDocument {
    let result: CheckResult

    var json: JSONValue {
        let check = result.check
        // A query of the user's own may return more rows than its dataset has; then nothing is known of the good ones.
        let good = result.total.flatMap { total in result.failing.flatMap { $0 <= total ? total - $0 : nil } }
        return [
            "check_id": .string(check.id),
            "sha256": .string(Digest.sha256(check.definition)),
            "definition": (try? JSONValue(parsing: check.definition)) ?? .null,
            "dataset": .string(check.dataset.name),
            "kind": .string(check.kindName),
            "columns": .array(check.columns.map(JSONValue.string)),
            "outcome": .string(result.outcome.rawValue),
            "severity": .string(check.severity.rawValue),
            "dimension": .string(check.dimension.rawValue),
            "owner": .string(ifPresent: check.owner),
            "tags": .array(check.tags.map(JSONValue.string)),
            "failing": .number(ifPresent: result.failing),
            "good": .number(ifPresent: good),
            "total": .number(ifPresent: result.total),
            // As text: jsonb has no NaN or infinity, numeric has.
            "value": .string(ifPresent: result.value),
            "threshold": .string(ifPresent: result.thresholdText),
            "estimate": result.estimate?.json ?? .null,
            "metric": .string(ifPresent: result.metric),
            "expected": result.expectation?.json ?? .null,
            "histogram": result.histogram ?? .null,
            "groups": result.groups?.json ?? .null,
            "proved_by": .string(ifPresent: result.provedBy),
            "reason": .string(ifPresent: result.reason ?? result.rows.problem),
            "error": result.failure?.json ?? .null,
            "rows_kept": .number(String(result.rows.keptCount)),
            "rows_complete": .boolean(result.rows.isComplete(of: result.wantedFailing)),
            "duration_ms": .number(result.duration.millisecondsText),
            "cost_ms": .number(result.cost.millisecondsText),
        ]
    }
}

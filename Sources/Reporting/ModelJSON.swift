package import Comparison
package import ExactJSON
import Statistics

/// A comparison of models in the JSON of the contract.
package struct ModelJSON {
    private let result: ModelResult

    package init(_ result: ModelResult) {
        self.result = result
    }

    /// The document.
    package var document: JSONValue {
        let comparison = result.comparison
        return [
            "comparison": [
                "name": .string(comparison.name),
                "task": .string(comparison.task.rawValue),
                "verdict": .string(result.verdict.rawValue),
                "reasons": .array(result.reasons.map(JSONValue.string)),
                "champion": input(comparison.champion),
                "challenger": input(comparison.challenger),
                "truth": input(comparison.truth),
                "key": .array(comparison.key.map(JSONValue.string)),
                "primary": criterion(comparison.primary),
                "guardrails": .array(comparison.guardrails.map(criterion)),
                "confidence": number(comparison.confidence),
                "cluster": .string(ifPresent: comparison.cluster),
                "weight": .string(ifPresent: comparison.weight),
                "order": .string(ifPresent: comparison.order),
                "challengers": .number(String(comparison.challengerCount)),
                "coverage": coverage,
            ],
            "look": result.look.map { .number(String($0)) } ?? .null,
            "flips": result.flips.map { .number(String($0)) } ?? .null,
            "metrics": .array((result.metrics + result.slices).map(metric)),
            "sample": .array(
                result.disagreements.map {
                    [
                        "key": $0.key, "truth": value($0.truth), "champion": value($0.champion),
                        "challenger": value($0.challenger),
                        "rows": .object(zip(["truth", "champion", "challenger"], $0.rows).map { .init($0, $1) }),
                    ]
                }),
        ]
    }

    private func input(_ input: ModelInput) -> JSONValue {
        [
            "dataset": .string(input.side.label), "column": .string(input.column),
            "version": .string(ifPresent: input.version),
        ]
    }

    private func criterion(_ criterion: Criterion) -> JSONValue {
        [
            "metric": .string(criterion.metric.rawValue), "margin": number(criterion.margin),
            "goal": .string(criterion.goal.rawValue), "by": .array(criterion.by.map(JSONValue.string)),
        ]
    }

    private var coverage: JSONValue {
        guard let coverage = result.coverage else { return .null }
        func model(_ model: ModelResult.Coverage.Model) -> JSONValue {
            [
                "missing": .number(String(model.missing)), "null": .number(String(model.null)),
                "invalid": .number(String(model.invalid)), "orphans": .number(String(model.orphans)),
            ]
        }
        return [
            "truth": .number(String(coverage.truth)), "unlabelled": .number(String(coverage.unlabelled)),
            "invalid_labels": .number(String(coverage.invalidLabels)),
            "invalid_weights": .number(String(coverage.invalidWeights)), "complete": .number(String(coverage.complete)),
            "differing": .number(String(coverage.differing)),
            "share": coverage.share.map { number($0) } ?? .null, "floor": number(result.comparison.coverage),
            "champion": model(coverage.champion), "challenger": model(coverage.challenger),
        ]
    }

    private func metric(_ estimate: MetricEstimate) -> JSONValue {
        let interval = estimate.interval(confidence: result.comparison.confidence)
        // The difference is challenger less champion, whichever is better.
        let sign: Double = estimate.metric.direction == .less ? -1 : 1
        let bounds = interval.map { [sign * $0.low, sign * $0.high].sorted().map { $0 == 0 ? 0 : $0 } }
        func optional(_ value: Double?) -> JSONValue { value.map { number($0) } ?? .null }
        return [
            "metric": .string(estimate.metric.rawValue),
            "slice": estimate.slice.map { .object([.init($0.column, .string(ifPresent: $0.value))]) } ?? .null,
            "n": .number(String(estimate.rows)),
            "champion": optional(estimate.champion), "challenger": optional(estimate.challenger),
            "difference": optional(estimate.gain.map { $0 == 0 ? 0 : sign * $0 }),
            "low": optional(bounds?[0]), "high": optional(bounds?[1]),
            "detectable": optional(estimate.detectable(confidence: result.comparison.confidence)),
            "test": .string(ifPresent: estimate.test),
            "p_value": optional(estimate.probability?.value),
            "p_log10": optional(estimate.probability.flatMap { $0.log10.isFinite ? $0.log10 : nil }),
            "p_adjusted": optional(estimate.adjusted?.value),
            "undefined": .string(ifPresent: estimate.undefined),
        ]
    }

    /// A number, or a label.
    private func value(_ text: String) -> JSONValue {
        result.comparison.predictsLabels ? .string(text) : .number(postgres: text)
    }

    private func number(_ value: Double) -> JSONValue { .number(postgres: "\(value)") }
}

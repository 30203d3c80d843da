package import ExactJSON
import Foundation
package import Statistics

/// What comparing a challenger with a champion came to.
package struct ModelResult: Sendable {
    /// What to do.
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case promote, hold, reject, inconclusive
    }

    /// What there is of truth and predictions; looked at before any metric is.
    package struct Coverage: Sendable, Hashable {
        package struct Model: Sendable, Hashable {
            /// Of labelled rows: without a prediction, with NULL, with one that is no number or no probability.
            package var missing = 0
            package var null = 0
            package var invalid = 0
            /// Predictions for rows that the truth does not have.
            package var orphans = 0

            package init() {}
        }

        package var truth = 0
        package var unlabelled = 0
        package var invalidLabels = 0
        /// Labelled rows whose weight is NULL, less than 0 or no number.
        package var invalidWeights = 0
        package var champion = Model()
        package var challenger = Model()
        /// Labelled rows with both predictions.
        package var complete = 0
        /// Of these, rows on which the models do not predict the same.
        package var differing = 0

        package init() {}

        package var labelled: Int { truth - unlabelled - invalidLabels }
        /// The share of labelled rows that both models predicted; `nil` without any.
        package var share: Double? { labelled > 0 ? Double(complete) / Double(labelled) : nil }
    }

    /// Rows on which the models disagree.
    package struct Disagreement: Sendable, Hashable {
        package var key: JSONValue
        /// The label, and what the models say, as PostgreSQL writes it.
        package var truth: String
        package var champion: String
        package var challenger: String
        /// The whole rows of the truth, the champion and the challenger, without personal columns.
        package var rows: [JSONValue]

        package init(key: JSONValue, truth: String, champion: String, challenger: String, rows: [JSONValue]) {
            self.key = key
            self.truth = truth
            self.champion = champion
            self.challenger = challenger
            self.rows = rows
        }
    }

    /// How many rows, and positives, have which score; for curves.
    package struct Steps: Sendable {
        package var champion: [LogisticCalibration.Step] = []
        package var challenger: [LogisticCalibration.Step] = []
        /// Whether scores were rounded, because there were too many of them.
        package var isRounded = false

        package init() {}
    }

    package var comparison: ModelComparison
    package var coverage: Coverage?
    package var steps = Steps()
    package var histogram: ScoreHistogram?
    /// The instant of the snapshot, as PostgreSQL writes it; `nil` where no server was reached.
    package var takenAt: String?
    /// How often this comparison of these versions was made, this time included; `nil` where nothing is recorded.
    package var look: Int?
    /// Of all rows, in the order of the metrics.
    package var metrics: [MetricEstimate] = []
    /// Of slices that a guardrail judges apart.
    package var slices: [MetricEstimate] = []
    package var disagreements: [Disagreement] = []
    /// Rows whose predicted outcome differs between the models, at the threshold; `nil` where no outcome is predicted.
    package var flips: Int?
    /// Why nothing could be compared.
    package var problems: [String] = []
    package var verdict = Verdict.inconclusive
    /// Why, in sentences without a full stop.
    package var reasons: [String] = []

    package init(_ comparison: ModelComparison) {
        self.comparison = comparison
    }

    /// Decides, by the rule of the documentation.
    package mutating func decide() {
        correctSlices()
        var decision = Decision(result: self)
        decision.decide()
        (verdict, reasons) = (decision.verdict, decision.reasons)
    }

    /// Adds slope and intercept of the calibration, from the steps of the curves.
    package mutating func takeCalibration() {
        let rows = coverage?.complete ?? 0
        let reason =
            steps.isRounded ? "there are too many different scores" : "labels or predictions do not vary enough"
        let (one, two) =
            steps.isRounded
            ? (nil, nil) : (LogisticCalibration(steps.champion), LogisticCalibration(steps.challenger))
        for (metric, value) in [
            (ModelMetric.calibrationSlope, \LogisticCalibration.slope),
            (.calibrationIntercept, \LogisticCalibration.intercept),
        ] {
            let estimate = MetricEstimate(
                metric, nil, rows: rows, champion: one?[keyPath: value], challenger: two?[keyPath: value],
                undefined: reason)
            let place = metrics.firstIndex { $0.metric.isDistance } ?? metrics.endIndex
            metrics.insert(estimate, at: place)
        }
    }

    /// Corrects the verdicts on several challengers of one champion for how many they are: by luck one of many looks better.
    ///
    /// A challenger stays promoted if the probability of its gain by luck, corrected by Holm, is small enough.
    package static func correct(_ results: inout [ModelResult]) {
        guard results.count > 1 else { return }
        let lucks = results.map { result -> Probability in
            let primary = result.comparison.primary
            let least = primary.goal == .superiority ? primary.margin : -primary.margin
            let estimate = result.metrics.first { $0.metric == primary.metric }
            return estimate?.probabilityOfLuck(beyond: least) ?? Probability(1)
        }
        for (index, luck) in MultipleTests.holm(lucks).enumerated() where results[index].verdict == .promote {
            guard luck.value > (1 - results[index].comparison.confidence) / 2 else { continue }
            results[index].verdict = .hold
            results[index].reasons.append(
                "one of \(results.count) challengers may look as good by luck (Holm: \(String(format: "%.3g", luck.value)))"
            )
        }
    }

    /// Corrects the probabilities of each metric's slices for how many there are, by Holm.
    private mutating func correctSlices() {
        for metric in Set(slices.map(\.metric)) {
            let indices = slices.indices.filter { slices[$0].metric == metric && slices[$0].probability != nil }
            let adjusted = MultipleTests.holm(indices.compactMap { slices[$0].probability })
            for (index, probability) in zip(indices, adjusted) { slices[index].adjusted = probability }
        }
    }
}

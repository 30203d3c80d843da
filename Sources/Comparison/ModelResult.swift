package import ExactJSON
import Statistics

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
        package var truth: Double
        package var champion: Double
        package var challenger: Double
        /// The whole rows of the truth, the champion and the challenger, without personal columns.
        package var rows: [JSONValue]

        package init(key: JSONValue, truth: Double, champion: Double, challenger: Double, rows: [JSONValue]) {
            self.key = key
            self.truth = truth
            self.champion = champion
            self.challenger = challenger
            self.rows = rows
        }
    }

    package var comparison: ModelComparison
    package var coverage: Coverage?
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

    /// Corrects the probabilities of each metric's slices for how many there are, by Holm.
    private mutating func correctSlices() {
        for metric in Set(slices.map(\.metric)) {
            let indices = slices.indices.filter { slices[$0].metric == metric && slices[$0].probability != nil }
            let adjusted = MultipleTests.holm(indices.compactMap { slices[$0].probability })
            for (index, probability) in zip(indices, adjusted) { slices[index].adjusted = probability }
        }
    }
}

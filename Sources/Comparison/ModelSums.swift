import Foundation
import Statistics

/// What the server computed of one part of the rows.
package struct ModelSums: Sendable {
    /// One loss.
    package struct Loss: Sendable, Hashable {
        package var champion: Double
        package var challenger: Double
        /// The mean and the variance of the gain of a row.
        package var gain: Double
        package var variance: Double

        package init(champion: Double, challenger: Double, gain: Double, variance: Double) {
            self.champion = champion
            self.challenger = challenger
            self.gain = gain
            self.variance = variance
        }
    }

    /// Rows by outcome and prediction.
    package struct Confusion: Sendable, Hashable {
        package var truePositives = 0
        package var falsePositives = 0

        package init(truePositives: Int = 0, falsePositives: Int = 0) {
            self.truePositives = truePositives
            self.falsePositives = falsePositives
        }
    }

    /// The areas under both curves.
    package struct Areas: Sendable, Hashable {
        package var champion: Double
        package var challenger: Double
        /// Of the difference; `nil` where there are too few clusters.
        package var variance: Double?

        package init(champion: Double, challenger: Double, variance: Double?) {
            self.champion = champion
            self.challenger = challenger
            self.variance = variance
        }
    }

    /// Clusters that have rows of a kind, and the sum of the squares of their sums.
    package struct Clusters: Sendable, Hashable {
        package var count: Int
        package var squares: Double

        package init(count: Int, squares: Double) {
            self.count = count
            self.squares = squares
        }
    }

    /// What a model's curves come to; `nil` where only one outcome is there.
    package struct Curve: Sendable, Hashable {
        package var averagePrecision: Double?
        package var ks: Double?
        package var calibrationError: Double?

        package init(averagePrecision: Double?, ks: Double?, calibrationError: Double?) {
            self.averagePrecision = averagePrecision
            self.ks = ks
            self.calibrationError = calibrationError
        }
    }

    package var slice: MetricEstimate.Slice?
    package var rows = 0
    package var positives = 0
    package var losses: [Loss] = []
    package var champion = Confusion()
    package var challenger = Confusion()
    /// How often one model alone is right, among positives and among negatives.
    package var rightAlone: (champion: (positives: Int, negatives: Int), challenger: (positives: Int, negatives: Int)) =
        (
            (0, 0), (0, 0)
        )
    package var areas: Areas?
    package var championCurve: Curve?
    package var challengerCurve: Curve?
    /// Per loss, and behind them for accuracy, recall and specificity; `nil` without clusters.
    package var clusters: [Clusters]?

    package init() {}

    /// Every metric of the task.
    package func estimates(_ task: ModelComparison.Task, lossMetrics: [ModelMetric]) -> [MetricEstimate] {
        guard rows > 0 else {
            return ModelMetric.all(of: task).map {
                MetricEstimate($0, slice, rows: 0, champion: nil, challenger: nil, undefined: "there are no rows")
            }
        }
        var estimates: [ModelMetric: MetricEstimate] = [:]
        for (index, metric) in lossMetrics.enumerated() {
            let loss = losses[index]
            var estimate = MetricEstimate(
                metric, slice, rows: rows, champion: loss.champion, challenger: loss.challenger)
            if metric != .bias {
                estimate.gain = loss.gain
                if clusters == nil {
                    estimate.take(
                        standardError: rows > 1 ? (loss.variance / Double(rows)).squareRoot() : nil,
                        freedom: Double(rows - 1), as: "paired_t")
                } else {
                    takeClusters(index, of: rows, into: &estimate)
                }
            }
            estimates[metric] = estimate
        }
        if task == .regression, let mse = estimates[.mse] {
            estimates[.rmse] = MetricEstimate(
                .rmse, slice, rows: rows, champion: mse.champion?.squareRoot(), challenger: mse.challenger?.squareRoot()
            )
        }
        if task == .binary {
            for estimate in outcomes + curveEstimates { estimates[estimate.metric] = estimate }
            estimates[.auc] = area
        }
        return ModelMetric.all(of: task).compactMap { estimates[$0] }
    }

    /// The error of a mean over `rows` rows whose clusters are independent.
    private func takeClusters(_ index: Int, of rows: Int, into estimate: inout MetricEstimate) {
        guard let clusters = clusters?[index], clusters.count > 1 else { return }
        let count = Double(clusters.count)
        estimate.take(
            standardError: (count / (count - 1) * clusters.squares).squareRoot() / Double(rows), freedom: count - 1,
            as: "clustered_t")
    }

    private var area: MetricEstimate {
        guard let areas else {
            return MetricEstimate(
                .auc, slice, rows: rows, champion: nil, challenger: nil,
                undefined: positives == 0 || positives == rows ? "all labels are the same" : "it was not computed")
        }
        var estimate = MetricEstimate(
            .auc, slice, rows: rows, champion: areas.champion, challenger: areas.challenger)
        estimate.take(
            standardError: areas.variance.map { max(0, $0).squareRoot() },
            freedom: clusters?.first.map { Double($0.count - 1) } ?? .infinity,
            as: clusters == nil ? "delong" : "obuchowski")
        estimate.events = min(positives, rows - positives)
        return estimate
    }

    private var curveEstimates: [MetricEstimate] {
        let figures: [(ModelMetric, (Curve) -> Double?)] = [
            (.averagePrecision, \.averagePrecision), (.ks, \.ks), (.calibrationError, \.calibrationError),
        ]
        return figures.map { metric, figure in
            MetricEstimate(
                metric, slice, rows: rows, champion: championCurve.flatMap(figure),
                challenger: challengerCurve.flatMap(figure),
                undefined: "all labels are the same")
        }
    }

    // MARK: Outcomes

    private var outcomes: [MetricEstimate] {
        let negatives = rows - positives
        let (c, d) = (champion, challenger)
        func share(_ part: Int, _ whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
        func right(_ one: Confusion) -> Int { one.truePositives + negatives - one.falsePositives }
        var accuracy = MetricEstimate(
            .accuracy, slice, rows: rows, champion: share(right(c), rows), challenger: share(right(d), rows))
        if clusters == nil {
            takeDiscordant(
                rightAlone.champion.positives + rightAlone.champion.negatives,
                rightAlone.challenger.positives + rightAlone.challenger.negatives, of: rows, into: &accuracy)
        }
        var recall = MetricEstimate(
            .recall, slice, rows: positives, champion: share(c.truePositives, positives),
            challenger: share(d.truePositives, positives), undefined: "no label is positive")
        var specificity = MetricEstimate(
            .specificity, slice, rows: negatives, champion: share(negatives - c.falsePositives, negatives),
            challenger: share(negatives - d.falsePositives, negatives), undefined: "no label is negative")
        (recall.events, specificity.events) = (positives, negatives)
        if clusters == nil {
            takeDiscordant(
                rightAlone.champion.positives, rightAlone.challenger.positives, of: positives, into: &recall)
            takeDiscordant(
                rightAlone.champion.negatives, rightAlone.challenger.negatives, of: negatives, into: &specificity)
        } else {
            takeClusters(losses.count, of: rows, into: &accuracy)
            takeClusters(losses.count + 1, of: positives, into: &recall)
            takeClusters(losses.count + 2, of: negatives, into: &specificity)
        }
        let precision = MetricEstimate(
            .precision, slice, rows: rows, champion: share(c.truePositives, c.truePositives + c.falsePositives),
            challenger: share(d.truePositives, d.truePositives + d.falsePositives),
            undefined: "a model predicts no positive")
        func f1(_ one: Confusion) -> Double? {
            share(2 * one.truePositives, one.truePositives + one.falsePositives + positives)
        }
        func mcc(_ one: Confusion) -> Double? {
            let (tp, fp) = (Double(one.truePositives), Double(one.falsePositives))
            let (fn, tn) = (Double(positives) - tp, Double(negatives) - fp)
            let product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
            return product > 0 ? (tp * tn - fp * fn) / product.squareRoot() : nil
        }
        return [
            accuracy, recall, specificity, precision,
            MetricEstimate(
                .f1, slice, rows: rows, champion: f1(c), challenger: f1(d), undefined: "nothing is positive"),
            MetricEstimate(
                .mcc, slice, rows: rows, champion: mcc(c), challenger: mcc(d),
                undefined: "a label or a prediction never changes"),
        ]
    }

    /// A paired difference of proportions: McNemar's exact test, and the interval with half a row more in each cell of the
    /// table, so that a few rows that all point one way do not make a certainty.
    ///
    /// Source: A. Agresti and Y. Min, "Simple improved confidence intervals for comparing matched proportions", 2005.
    private func takeDiscordant(_ champion: Int, _ challenger: Int, of rows: Int, into estimate: inout MetricEstimate) {
        guard rows > 0, estimate.gain != nil else { return }
        let (b, c, n) = (Double(champion) + 0.5, Double(challenger) + 0.5, Double(rows) + 2)
        estimate.take(standardError: max(0, b + c - (c - b) * (c - b) / n).squareRoot() / n, as: "mcnemar_exact")
        estimate.center = (c - b) / n
        estimate.probability = BinomialTest.twoSided(champion, challenger)
    }
}

import Comparison
import Statistics

/// What is drawn of two models: how they rank, how well their probabilities hold, how their scores are distributed.
struct ModelCurves {
    let result: ModelResult

    var html: HTML? {
        let plots = [roc, calibration, distribution].compactMap(\.self)
        guard !plots.isEmpty else { return nil }
        return "<div class=\"figures\">\(plots.map(\.html).joined(separator: "\n"))</div>"
    }

    private var named: [(name: String, look: Plot.Series.Look, steps: [LogisticCalibration.Step])] {
        [
            ("champion", .champion, result.steps.champion), ("challenger", .challenger, result.steps.challenger),
        ]
    }

    private func figure(_ metric: ModelMetric) -> String {
        guard let one = result.metrics.first(where: { $0.metric == metric }), let champion = one.champion,
            let challenger = one.challenger
        else { return "" }
        return "\(ModelText.number(champion)) of the champion, \(ModelText.number(challenger)) of the challenger"
    }

    // MARK: Ranking

    private var roc: Plot? {
        guard result.metrics.contains(where: { $0.metric == .auc && $0.champion != nil }) else { return nil }
        let lines = named.map { Plot.Series(name: $0.name, look: $0.look, points: Self.roc($0.steps)) }
        return Plot(
            title: "ROC: positives found, by negatives taken for them",
            summary: "ROC curves; the area is \(figure(.auc))", xTitle: "false positive rate",
            yTitle: "true positive rate", xRange: 0...1, yRange: 0...1,
            series: [Plot.Series(name: "", look: .even, points: [(0, 0), (1, 1)])] + lines)
    }

    /// Rates by threshold from the highest score down; points nearer than can be seen are left out.
    private static func roc(_ steps: [LogisticCalibration.Step]) -> [(x: Double, y: Double)] {
        let positives = steps.reduce(0) { $0 + $1.positives }
        let negatives = steps.reduce(0) { $0 + $1.weight } - positives
        guard positives > 0, negatives > 0 else { return [] }
        var points: [(x: Double, y: Double)] = [(0, 0)]
        var (found, taken) = (0.0, 0.0)
        for step in steps.reversed() {
            found += step.positives
            taken += step.weight - step.positives
            let point = (x: taken / negatives, y: found / positives)
            guard let last = points.last, abs(last.x - point.x) + abs(last.y - point.y) >= 0.004 else { continue }
            points.append(point)
        }
        return points + [(1, 1)]
    }

    // MARK: Calibration

    private var calibration: Plot? {
        guard result.comparison.task == .binary, !result.steps.champion.isEmpty else { return nil }
        let lines = named.map {
            Plot.Series(name: $0.name, look: $0.look, points: Self.bins($0.steps), isMarked: true)
        }
        return Plot(
            title: "Calibration: what happened, by what was predicted",
            summary:
                "Shares of positives by predicted probability in ten bins; the expected error is \(figure(.calibrationError))",
            xTitle: "mean predicted probability", yTitle: "share of positives", xRange: 0...1, yRange: 0...1,
            series: [Plot.Series(name: "", look: .even, points: [(0, 0), (1, 1)])] + lines)
    }

    /// The mean prediction and the share of positives of each bin of a tenth that has rows.
    private static func bins(_ steps: [LogisticCalibration.Step]) -> [(x: Double, y: Double)] {
        var sums = [(weight: Double, score: Double, positives: Double)](repeating: (0, 0, 0), count: 10)
        for step in steps {
            let bin = min(9, max(0, Int((step.score * 10).rounded(.up)) - 1))
            sums[bin].weight += step.weight
            sums[bin].score += step.weight * step.score
            sums[bin].positives += step.positives
        }
        return sums.filter { $0.weight > 0 }.map { ($0.score / $0.weight, $0.positives / $0.weight) }
    }

    // MARK: Distribution

    private var distribution: Plot? {
        guard let histogram = result.histogram else { return nil }
        let width = (histogram.high - histogram.low) / Double(histogram.champion.count)
        func outline(_ shares: [Double]) -> [(x: Double, y: Double)] {
            var points: [(x: Double, y: Double)] = [(histogram.low, 0)]
            for (index, share) in shares.enumerated() {
                let start = histogram.low + Double(index) * width
                points += [(start, share), (start + width, share)]
            }
            return points + [(histogram.high, 0)]
        }
        let most = max(0.01, (histogram.champion + histogram.challenger).max() ?? 0)
        let apart = result.metrics.first { $0.metric == .psi }?.challenger.map(ModelText.number) ?? ""
        return Plot(
            title: "Scores: share of rows, by what the models say",
            summary:
                "Distributions of both models' scores in \(histogram.champion.count) bins; population stability index \(apart)",
            xTitle: "score", yTitle: "share of rows", xRange: histogram.low...histogram.high, yRange: 0...most,
            series: [
                Plot.Series(name: "champion", look: .champion, points: outline(histogram.champion)),
                Plot.Series(name: "challenger", look: .challenger, points: outline(histogram.challenger)),
            ])
    }
}

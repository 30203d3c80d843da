import Foundation
package import Statistics

/// A metric of both models on the same rows, and what their difference is worth.
package struct MetricEstimate: Sendable, Hashable {
    /// A part of the rows: those with one value in a column.
    package struct Slice: Sendable, Hashable {
        package var column: String
        /// `nil` is NULL.
        package var value: String?

        package init(column: String, value: String?) {
            self.column = column
            self.value = value
        }
    }

    package var metric: ModelMetric
    /// `nil` means all rows.
    package var slice: Slice?
    /// Rows with a label and both predictions; of recall the positive ones, of specificity the negative ones.
    package var rows: Int
    /// Rows of the rarer outcome that the metric rests on; `nil` where it rests on all rows alike.
    package var events: Int?
    package var champion: Double?
    package var challenger: Double?
    /// Why one of them is not there.
    package var undefined: String?
    /// What the challenger wins, in the metric's unit: more is better, also of losses.
    package var gain: Double?
    /// The middle of the interval, where that is not the gain.
    package var center: Double?
    /// The standard error of the gain; `nil` where none is known.
    package var standardError: Double?
    /// Degrees of freedom of the interval; infinite for a normal one.
    package var freedom = Double.infinity
    /// The test of no difference.
    package var test: String?
    package var probability: Probability?
    /// The same, corrected for how many slices there are.
    package var adjusted: Probability?

    package init(
        _ metric: ModelMetric, _ slice: Slice?, rows: Int, champion: Double?, challenger: Double?,
        undefined: String? = nil
    ) {
        self.metric = metric
        self.slice = slice
        self.rows = rows
        self.champion = champion
        self.challenger = challenger
        self.undefined = champion == nil || challenger == nil ? undefined ?? "it is not defined on these rows" : nil
        // Of bias neither more nor less is better, but nearer to 0.
        if let champion, let challenger, metric.direction != .none {
            gain = metric.direction == .less ? champion - challenger : challenger - champion
        }
    }

    /// The interval of the gain.
    ///
    /// - Parameter confidence: In 0...1.
    /// - Returns: `nil` where there is none.
    package func interval(confidence: Double) -> (low: Double, high: Double)? {
        guard let gain, let standardError else { return nil }
        let reach = standardError * Self.quantile(upperTail: (1 - confidence) / 2, freedom)
        let center = center ?? gain
        return (center - reach, center + reach)
    }

    /// The difference that a test of the confidence's level finds in four of five cases.
    package func detectable(confidence: Double) -> Double? {
        guard let standardError else { return nil }
        return standardError
            * (NormalDistribution.quantile(upperTail: (1 - confidence) / 2)
                + NormalDistribution.quantile(upperTail: 0.2))
    }

    /// The probability of a gain as small as this one if the challenger lost no more than `margin`.
    package func probabilityOfHarm(beyond margin: Double) -> Probability? {
        guard let gain, let standardError else { return nil }
        guard standardError > 0 else { return Probability(gain < -margin ? 0 : 1) }
        let statistic = ((center ?? gain) + margin) / standardError
        let tail =
            freedom.isInfinite
            ? NormalDistribution.twoSided(statistic) : StudentDistribution(freedom: freedom).twoSided(statistic)
        return statistic < 0 ? tail.multiplied(by: 0.5) : Probability(1 - tail.value / 2)
    }

    /// The probability of a gain as large as this one if it were no more than `least`.
    package func probabilityOfLuck(beyond least: Double) -> Probability? {
        guard let gain, let standardError else { return nil }
        guard standardError > 0 else { return Probability(gain > least ? 0 : 1) }
        let statistic = ((center ?? gain) - least) / standardError
        let tail =
            freedom.isInfinite
            ? NormalDistribution.twoSided(statistic) : StudentDistribution(freedom: freedom).twoSided(statistic)
        return statistic > 0 ? tail.multiplied(by: 0.5) : Probability(1 - tail.value / 2)
    }

    private static func quantile(upperTail tail: Double, _ freedom: Double) -> Double {
        freedom.isInfinite
            ? NormalDistribution.quantile(upperTail: tail)
            : StudentDistribution(freedom: freedom).quantile(upperTail: tail)
    }

    /// Takes the standard error, and tests by it.
    mutating func take(standardError error: Double?, freedom: Double = .infinity, as test: String) {
        guard let gain, let error, !error.isNaN else { return }
        standardError = error
        self.freedom = freedom
        self.test = test
        guard error > 0 else {
            probability = Probability(gain == 0 ? 1 : 0)
            return
        }
        let statistic = gain / error
        probability =
            freedom.isInfinite
            ? NormalDistribution.twoSided(statistic) : StudentDistribution(freedom: freedom).twoSided(statistic)
    }
}

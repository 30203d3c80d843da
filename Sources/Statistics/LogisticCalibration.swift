import Foundation

/// How predicted probabilities are to be corrected: the logistic regression of outcomes on the logit of the predictions.
///
/// A calibrated model has the intercept 0 and the slope 1; a slope below 1 means predictions that are too extreme. Fitted by
/// Newton's method, without a penalty. Source: D. Cox, "Two further applications of a model for binary regression", 1958.
package struct LogisticCalibration: Sendable, Hashable {
    package var intercept: Double
    package var slope: Double

    /// Rows that share a prediction.
    package struct Step: Sendable, Hashable {
        /// In 0...1.
        package var score: Double
        /// The weight of all rows, and of the positive ones.
        package var weight: Double
        package var positives: Double

        package init(score: Double, weight: Double, positives: Double) {
            self.score = score
            self.weight = weight
            self.positives = positives
        }
    }

    /// Fits; `nil` where there is no fit: one outcome or one prediction only, or predictions that separate the outcomes.
    ///
    /// - Parameter steps: Rows by prediction.
    package init?(_ steps: [Step]) {
        // As far from 0 and 1 as a double can be told from 1.
        let least = 2.220446049250313e-16
        let points = steps.map { step in
            let p = min(max(step.score, least), 1 - least)
            return (x: log(p) - log1p(-p), weight: step.weight, positives: step.positives)
        }
        let weight = points.reduce(0) { $0 + $1.weight }
        let positives = points.reduce(0) { $0 + $1.positives }
        guard positives > 0, positives < weight, Set(points.map(\.x)).count > 1 else { return nil }
        var (intercept, slope) = (0.0, 0.0)
        for _ in 0..<100 {
            var (g0, g1, h00, h01, h11) = (0.0, 0.0, 0.0, 0.0, 0.0)
            for point in points {
                let mean = 1 / (1 + exp(-(intercept + slope * point.x)))
                let rest = point.positives - point.weight * mean
                let spread = point.weight * mean * (1 - mean)
                g0 += rest
                g1 += rest * point.x
                h00 += spread
                h01 += spread * point.x
                h11 += spread * point.x * point.x
            }
            let determinant = h00 * h11 - h01 * h01
            guard determinant > 1e-12 * h00 * h11 else { return nil }
            var (step0, step1) = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
            // A step that is too long overshoots.
            let length = max(abs(step0) / 5, abs(step1) / 2, 1)
            (step0, step1) = (step0 / length, step1 / length)
            intercept += step0
            slope += step1
            guard abs(intercept) < 1e3, abs(slope) < 1e3 else { return nil }
            if abs(step0) <= 1e-13 * max(1, abs(intercept)), abs(step1) <= 1e-13 * max(1, abs(slope)) {
                (self.intercept, self.slope) = (intercept, slope)
                return
            }
        }
        return nil
    }
}

import Foundation

/// Tests whose probability the client computes from what the server counted.
package enum SignificanceTest: String, Sendable, Hashable {
    /// Pearson's chi-square; the parameter is the number of degrees of freedom.
    case chiSquare
    /// Kolmogorov and Smirnov's test of two samples; the parameter is n·m / (n + m).
    case kolmogorovSmirnov

    /// The probability of a statistic as great as this one, or greater, if there is no difference.
    ///
    /// Chi-square: Q(df/2, x/2), NIST/SEMATECH e-Handbook 1.3.6.6.6. Kolmogorov-Smirnov: the limiting distribution
    /// 2 Σ (-1)^(j-1) exp(-2 j² λ²) with λ = D sqrt(nm / (n+m)), Smirnov (1948), Ann. Math. Statist. 19; for small λ in
    /// the form of Marsaglia, Tsang and Wang (2003), J. Stat. Softw. 8(18).
    ///
    /// - Parameters:
    ///   - statistic: 0 or more.
    ///   - parameter: Greater than 0.
    /// - Returns: In 0...1; NaN outside the domain.
    package func probability(of statistic: Double, _ parameter: Double) -> Double {
        guard statistic >= 0, parameter > 0 else { return .nan }
        switch self {
        case .chiSquare: return GammaFunction.upperRegularized(parameter / 2, statistic / 2)
        case .kolmogorovSmirnov: return Self.limitingTail(statistic * parameter.squareRoot())
        }
    }

    private static func limitingTail(_ lambda: Double) -> Double {
        if lambda <= 0 { return 1 }
        if lambda < 1 {
            // The same function by its theta transform, which converges fast where the other does not.
            let factor = (2 * Double.pi).squareRoot() / lambda
            let sum = (1...20).reduce(0.0) { sum, k in
                let odd = Double(2 * k - 1)
                return sum + exp(-odd * odd * .pi * .pi / (8 * lambda * lambda))
            }
            return 1 - factor * sum
        }
        let sum = (1...50).reduce(0.0) { sum, j in
            let term: Double = exp(-2 * Double(j * j) * lambda * lambda)
            return j % 2 == 1 ? sum + term : sum - term
        }
        return min(1, max(0, 2 * sum))
    }
}

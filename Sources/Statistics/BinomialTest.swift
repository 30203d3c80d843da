import Foundation

/// How improbable a number of successes is, where either outcome is as probable as the other.
package enum BinomialTest {
    /// The probability of a split of `first + second` trials at least as uneven, on either side.
    ///
    /// The exact test of signs, and of McNemar on the discordant pairs; 1 where there is no trial.
    package static func twoSided(_ first: Int, _ second: Int) -> Probability {
        let trials = first + second
        let fewer = min(first, second)
        guard trials > 0, 2 * fewer < trials else { return Probability(1) }
        // P(X <= k) = I_{1/2}(n - k, k + 1).
        let tail = BetaFunction.logRegularized(0.5, Double(trials - fewer), Double(fewer + 1))
        return Probability(logarithm: tail + log(2))
    }

    /// The same with half the probability of the split itself: less conservative.
    ///
    /// Source: M. Fagerland, S. Lydersen and P. Laake, "The McNemar test for binary matched-pairs data", 2013.
    package static func midP(_ first: Int, _ second: Int) -> Probability {
        let trials = first + second
        guard trials > 0, first != second else { return Probability(1) }
        let (n, k) = (Double(trials), Double(min(first, second)))
        let combinations: Double = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
        return Probability(twoSided(first, second).value - exp(combinations - n * log(2)))
    }
}

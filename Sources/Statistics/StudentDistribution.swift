import Foundation

/// Student's t distribution.
package struct StudentDistribution: Sendable, Hashable {
    /// Degrees of freedom; greater than 0.
    package let freedom: Double

    package init(freedom: Double) {
        self.freedom = freedom
    }

    /// The probability of a value at least as far from 0 as `t`, on either side.
    ///
    /// By I_x(ν/2, 1/2) at x = ν / (ν + t²). Source: NIST Digital Library of Mathematical Functions, 8.17.
    package func twoSided(_ t: Double) -> Probability {
        guard freedom > 0, !t.isNaN else { return Probability(.nan) }
        if t.isInfinite { return Probability(0) }
        let square = t * t
        // The smaller of x and 1 - x has the digits.
        if square < freedom {
            let inner = BetaFunction.logRegularized(square / (freedom + square), 0.5, freedom / 2)
            return Probability(-expm1(inner))
        }
        return Probability(logarithm: BetaFunction.logRegularized(freedom / (freedom + square), freedom / 2, 0.5))
    }

    /// The value that is exceeded with probability `tail`, which is less than 1/2.
    package func quantile(upperTail tail: Double) -> Double {
        guard tail > 0, tail < 0.5 else { return tail == 0.5 ? 0 : .nan }
        return Bisection.root(in: 0...1e8) { twoSided($0).value > 2 * tail }
    }
}

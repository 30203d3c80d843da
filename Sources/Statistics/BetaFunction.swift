import Foundation

/// The incomplete beta function.
package enum BetaFunction {
    /// The natural logarithm of the regularised incomplete beta function I_x(a, b).
    ///
    /// By its continued fraction, on the side where it converges; the other side is the complement. Relative error of I about
    /// 1e-12 for a and b up to 1e6. Source: NIST Digital Library of Mathematical Functions, 8.17.22.
    ///
    /// - Parameters:
    ///   - x: In 0...1.
    ///   - a: Greater than 0.
    ///   - b: Greater than 0.
    /// - Returns: 0 or less; NaN outside the domain.
    package static func logRegularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard a > 0, b > 0, x >= 0, x <= 1 else { return .nan }
        if x == 0 { return -.infinity }
        if x == 1 { return 0 }
        if x < (a + 1) / (a + b + 2) { return logSide(x, a, b) }
        let other = logSide(1 - x, b, a)
        return log1p(-exp(other))
    }

    /// The same of the complement, 1 - I_x(a, b), for `x` given as 1 - `y` to keep its last digits.
    package static func logComplement(_ y: Double, _ a: Double, _ b: Double) -> Double {
        logRegularized(y, b, a)
    }

    private static func logSide(_ x: Double, _ a: Double, _ b: Double) -> Double {
        logFront(x, a, b) - log(a) + log(fraction(x, a, b))
    }

    /// The natural logarithm of x^a (1 - x)^b / B(a, b).
    ///
    /// Of great arguments by Stirling's series about the mode, where the great terms cancel before they are computed. Source:
    /// A. DiDonato and A. Morris, "Significant digit computation of the incomplete beta function ratios", 1992.
    private static func logFront(_ x: Double, _ a: Double, _ b: Double) -> Double {
        guard min(a, b) > 10 else { return a * log(x) + b * log1p(-x) - lgamma(a) - lgamma(b) + lgamma(a + b) }
        func correction(_ x: Double) -> Double {
            let inverse = 1 / (x * x)
            return (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x
        }
        let (sum, mode) = (a + b, a / (a + b))
        let distance = x - mode
        let powers = a * log1p(distance / mode) + b * log1p(-distance / (b / sum))
        return powers + log(a * b / (2 * Double.pi * sum)) / 2 - correction(a) - correction(b) + correction(sum)
    }

    /// By the method of Lentz, in the form of Thompson and Barnett.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 - (a + b) * x / (a + 1)
        if abs(d) < tiny { d = tiny }
        d = 1 / d
        var result = d
        for m in 1..<100_000 {
            let k = Double(m)
            for step in [
                k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)),
                -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1)),
            ] {
                d = 1 + step * d
                if abs(d) < tiny { d = tiny }
                c = 1 + step / c
                if abs(c) < tiny { c = tiny }
                d = 1 / d
                result *= d * c
            }
            if abs(d * c - 1) < 1e-16 { break }
        }
        return result
    }
}

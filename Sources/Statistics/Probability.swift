import Foundation

/// A probability that may be too small for a floating-point number.
package struct Probability: Sendable, Hashable, Comparable {
    /// In 0...1; 0 where it is less than the least positive number.
    package let value: Double
    /// Its common logarithm; 0 or less, negative infinity for an impossible event.
    package let log10: Double

    package init(_ value: Double) {
        self.value = min(max(value, 0), 1)
        log10 = self.value > 0 ? Foundation.log10(self.value) : -.infinity
    }

    /// From the natural logarithm.
    package init(logarithm: Double) {
        let limited = min(logarithm, 0)
        value = exp(limited)
        log10 = limited / log(10)
    }

    package static func < (one: Probability, two: Probability) -> Bool { one.log10 < two.log10 }

    /// The product with a number of 1 or more, at most 1: what a correction for several tests makes of it.
    package func multiplied(by factor: Double) -> Probability {
        let logarithm = (log10 + Foundation.log10(factor)) * log(10)
        return log10 < -300 ? Probability(logarithm: logarithm) : Probability(value * factor)
    }
}

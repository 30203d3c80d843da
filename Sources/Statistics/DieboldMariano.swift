import Foundation

/// The test of equal accuracy of two forecasts whose errors depend on each other over the horizon.
///
/// The variance of the mean difference of losses has the autocovariances up to the horizon less one, and the correction for few
/// forecasts, with Student's distribution of n - 1 degrees of freedom. Where these come to no positive variance those of
/// Bartlett's kernel do, with h lags that weigh less the farther they are. Sources: F. Diebold and R. Mariano, "Comparing
/// predictive accuracy", 1995; D. Harvey, S. Leybourne and P. Newbold, "Testing the equality of prediction mean squared
/// errors", 1997; W. Newey and K. West, "A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent
/// covariance matrix", 1987.
package struct DieboldMariano: Sendable, Hashable {
    /// Of the mean difference; `nil` where there are too few forecasts.
    package var standardError: Double?
    /// Which kernel it is: `diebold_mariano`, or `diebold_mariano_bartlett`.
    package var name: String

    /// - Parameters:
    ///   - autocovariances: Sums of products of centred differences 0, 1, … h - 1 steps apart, divided by the count.
    ///   - count: Forecasts.
    package init(autocovariances: [Double], count: Int) {
        name = "diebold_mariano"
        let (n, h) = (Double(count), Double(autocovariances.count))
        guard count > 1, count > autocovariances.count, let own = autocovariances.first else { return }
        var variance = own + 2 * autocovariances.dropFirst().reduce(0, +)
        if variance <= 0, own > 0 {
            name = "diebold_mariano_bartlett"
            variance = autocovariances.enumerated().dropFirst().reduce(own) { sum, entry in
                sum + 2 * (1 - Double(entry.offset) / h) * entry.element
            }
        }
        let correction = (n + 1 - 2 * h + h * (h - 1) / n) / n
        standardError = (max(0, variance) / n / correction).squareRoot()
    }
}

/// What a sample says of all rows: the share that fails lies between two bounds, with a confidence of 95 %.
///
/// The interval is Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927), which
/// keeps its promise for small shares and for none at all, where the usual one has no width. Of a sample of blocks each
/// block counts as one draw, as if all its rows were alike: often too wide, and too narrow only where blocks hold very
/// different numbers of rows.
package struct Estimate: Sendable, Hashable {
    package var sample: Sample
    /// Bounds of the share of failing rows, each in 0...1.
    package var low: Double
    package var high: Double

    /// The confidence of the bounds.
    package static let confidence = 0.95
    /// The 97.5 % quantile of the standard normal distribution.
    private static let z = 1.959963984540054

    /// - Parameters:
    ///   - failing: Rows of the sample that fail, 0 or more.
    ///   - total: Rows of the sample, `failing` or more, at least 1.
    ///   - sample: How they were drawn.
    ///   - rowsPerBlock: Rows that a block of the table has on average.
    package init(failing: Int, of total: Int, in sample: Sample, rowsPerBlock: Double) {
        let draws = sample.method == .rows ? Double(total) : max(1, Double(total) / max(1, rowsPerBlock))
        self.sample = sample
        (low, high) = Self.wilson(share: Double(failing) / Double(total), draws: draws)
    }

    /// The bounds for a share seen in so many independent draws.
    package static func wilson(share: Double, draws: Double) -> (low: Double, high: Double) {
        let square = z * z
        let scale = 1 + square / draws
        let centre = (share + square / (2 * draws)) / scale
        let width = z / scale * (share * (1 - share) / draws + square / (4 * draws * draws)).squareRoot()
        // The bounds touch 0 and 1 exactly where nothing, or everything, fails.
        return (share == 0 ? 0 : max(0, centre - width), share == 1 ? 1 : min(1, centre + width))
    }
}

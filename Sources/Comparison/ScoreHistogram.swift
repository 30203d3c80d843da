import ExactJSON

/// How both models' scores are distributed, in bins of equal width.
package struct ScoreHistogram: Sendable, Hashable {
    /// Where the first bin begins and the last one ends.
    package var low: Double
    package var high: Double
    /// The share of rows in each bin.
    package var champion: [Double]
    package var challenger: [Double]

    /// Bins.
    static let binCount = 20

    /// Reads what the server says; `nil` where there is nothing to be drawn.
    init?(_ json: JSONValue?) {
        guard let json, let low = json["low"]?.scalarText.flatMap(Double.init),
            let high = json["high"]?.scalarText.flatMap(Double.init), high > low
        else { return nil }
        func shares(_ name: String) -> [Double] {
            var shares = [Double](repeating: 0, count: Self.binCount)
            for bin in json["bins"]?.elements ?? [] {
                guard let index = bin["bin"]?.integer, shares.indices.contains(index) else { continue }
                shares[index] = bin[name]?.scalarText.flatMap(Double.init) ?? 0
            }
            return shares
        }
        (self.low, self.high, champion, challenger) = (low, high, shares("one"), shares("two"))
    }
}

/// Corrections of probabilities for how many tests there are.
package enum MultipleTests {
    /// Holm's step-down correction: the probability that any of the true hypotheses is rejected stays below the level.
    ///
    /// Source: S. Holm, "A simple sequentially rejective multiple test procedure", 1979.
    ///
    /// - Parameter probabilities: In any order.
    /// - Returns: One for each, in the same order.
    package static func holm(_ probabilities: [Probability]) -> [Probability] {
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        var adjusted = probabilities
        var greatest = Probability(logarithm: -.infinity)
        for (rank, index) in order.enumerated() {
            let own = probabilities[index].multiplied(by: Double(order.count - rank))
            greatest = max(greatest, own)
            adjusted[index] = greatest
        }
        return adjusted
    }

    /// The correction of Benjamini and Hochberg: the share of false ones among the rejected stays below the level.
    ///
    /// Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", 1995.
    ///
    /// - Parameter probabilities: In any order.
    /// - Returns: One for each, in the same order.
    package static func benjaminiHochberg(_ probabilities: [Probability]) -> [Probability] {
        let order = probabilities.indices.sorted { probabilities[$0] < probabilities[$1] }
        var adjusted = probabilities
        var least = Probability(1)
        for (rank, index) in order.enumerated().reversed() {
            let own = probabilities[index].multiplied(by: Double(order.count) / Double(rank + 1))
            least = min(least, own)
            adjusted[index] = least
        }
        return adjusted
    }
}

/// What one check cost over a time: its share of what statements took on the server.
package struct CheckCost: Sendable, Hashable {
    package var dataset: String
    package var check: String
    package var runs: Int
    /// All runs together.
    package var total: Duration

    package init(dataset: String, check: String, runs: Int, total: Duration) {
        self.dataset = dataset
        self.check = check
        self.runs = runs
        self.total = total
    }
}

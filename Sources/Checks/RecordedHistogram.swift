package import ExactJSON
import StructuredSQL

/// How a column's values were distributed when a run looked at them, as the results schema keeps it.
package struct RecordedHistogram: Sendable, Hashable {
    /// Which run's to take.
    package enum Choice: String, Sendable, Hashable, CaseIterable {
        /// The first that recorded one for the same check.
        case first
        /// The newest.
        case previous
    }

    /// What the values were sorted into.
    package enum Bins: Sendable, Hashable {
        /// Inner edges of numbers, ascending; what is above `top` is a bin of its own.
        case numbers(edges: [String], top: String?)
        /// The values themselves.
        case values([String])
    }

    package var bins: Bins
    /// How many values were in each; of numbers one more than edges, and one more for what is above the top.
    package var counts: [Int]

    /// Most different values that are kept one by one.
    package static let maximumValues = 1000

    package init(bins: Bins, counts: [Int]) {
        self.bins = bins
        self.counts = counts
    }

    /// Reads what ``query(of:rows:binCount:)`` gave; `nil` if it is something else.
    package init?(_ document: JSONValue) {
        func list(_ name: String) -> [String]? { document[name].map { $0.elements.compactMap(\.scalarText) } }
        guard let counts = list("counts")?.compactMap({ Int($0) }) else { return nil }
        self.counts = counts
        if let values = list("values") {
            guard values.count == counts.count else { return nil }
            bins = .values(values)
        } else {
            guard let edges = list("edges"), counts.count == edges.count + 2 else { return nil }
            bins = .numbers(edges: edges, top: document["top"]?.string)
        }
    }
}

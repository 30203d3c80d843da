package import StructuredSQL

/// Where the rows of one side of a comparison are, and which of them count.
package struct SideInput: Sendable {
    /// Ready to stand after FROM.
    package var source: SQL
    package var filter: SQL?
    /// Whether a constraint says that no two rows share the key, and that every row has one.
    package var hasProvenKey: Bool

    package init(source: SQL, filter: SQL? = nil, hasProvenKey: Bool = false) {
        self.source = source
        self.filter = filter
        self.hasProvenKey = hasProvenKey
    }

    /// The rows, ready to stand after FROM; their columns are called `r.` and their name.
    ///
    /// - Parameter conditions: What holds of them besides.
    /// - Returns: The source and its condition.
    func rows(and conditions: [SQL] = []) -> SQL {
        let all = ([filter].compactMap(\.self) + conditions).map { "(\($0))" as SQL }
        return all.isEmpty ? "\(source) AS r" : "\(source) AS r WHERE \(all.joined(separator: " AND "))"
    }
}

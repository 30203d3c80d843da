/// How an engine of several servers (Citus) keeps a table, as its catalog says.
package struct Distribution: Sendable, Hashable {
    package enum Method: Sendable, Hashable {
        /// In shards, by the hash or range of a column.
        case sharded(by: String)
        /// All of it in one place, which may be any server.
        case single
        /// A copy on every server.
        case reference
    }

    package var method: Method
    /// Tables of one number have the rows of equal keys on the same server.
    package var colocation: Int
    /// Bytes on all servers, indexes included; `nil` if a server did not say.
    package var sizeBytes: Int?

    package init(_ method: Method, colocation: Int, sizeBytes: Int? = nil) {
        self.method = method
        self.colocation = colocation
        self.sizeBytes = sizeBytes
    }

    /// The column that says where a row is; `nil` where all rows are together.
    package var column: String? {
        if case .sharded(let column) = method { column } else { nil }
    }
}

extension Relation {
    /// Whether its rows are on several servers, so that what cannot be pushed down to them has to be gathered.
    package var isSharded: Bool { distribution?.column != nil }

    /// Whether all rows with the same values in `columns` are on one server.
    package func keepsTogether(_ columns: [String]) -> Bool {
        distribution?.column.map(columns.contains) ?? true
    }

    /// Whether every row is on a server that has all rows of `other` with the same key.
    ///
    /// - Parameters:
    ///   - other: The relation that is joined.
    ///   - pairs: Columns of this relation and those of the other one that must be equal to them.
    /// - Returns: Whether they can be joined where they are.
    package func isBeside(_ other: Relation, joinedOn pairs: [(own: String, other: String)]) -> Bool {
        switch (distribution, other.distribution) {
        case (nil, nil): true
        // A copy is everywhere but not on a coordinator without shards, where local tables are; asked for, it comes.
        case (_?, let parent?) where parent.method == .reference: true
        case (let child?, let parent?) where child.colocation == parent.colocation:
            switch (child.method, parent.method) {
            case (.single, .single): true
            // By range or by append, tables have no colocation.
            case (.sharded(let own), .sharded(let others)):
                child.colocation != 0 && pairs.contains { $0.own == own && $0.other == others }
            default: false
            }
        default: false
        }
    }
}

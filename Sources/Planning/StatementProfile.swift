package import ExactJSON

/// What PostgreSQL says of one statement: its planner's estimate and, where it was run for that, what it took.
package struct StatementProfile: Sendable, Hashable {
    /// Cost in the planner's own unit, the reading of one page in a row.
    package var cost: Double
    /// `nil` if the statement was not run.
    package var actual: Actual?

    /// What running it took.
    package struct Actual: Sendable, Hashable {
        package var planning: Duration
        package var execution: Duration
        /// Rows read from relations and indexes, kept or not.
        package var rowsRead: Int
        /// Blocks found in the server's cache.
        package var blocksHit: Int
        /// Blocks that came from outside it.
        package var blocksRead: Int
        /// Blocks written to temporary files, because memory was short.
        package var temporaryBlocks: Int
        /// Parallel workers that helped.
        package var workers: Int
    }

    /// Reads the answer to `EXPLAIN (FORMAT JSON)`, with or without `ANALYZE, BUFFERS`.
    ///
    /// - Returns: `nil` if the document is something else.
    package init?(explanation document: JSONValue) {
        guard case .array(let plans) = document, let explanation = plans.first, let plan = explanation["Plan"],
            let cost = plan.number("Total Cost")
        else { return nil }
        self.cost = cost
        guard let execution = explanation.number("Execution Time") else { return }
        actual = Actual(
            planning: .microseconds(Int((explanation.number("Planning Time") ?? 0) * 1000)),
            execution: .microseconds(Int(execution * 1000)), rowsRead: Int(plan.rowsRead),
            blocksHit: Int(plan.number("Shared Hit Blocks") ?? 0),
            blocksRead: Int(plan.number("Shared Read Blocks") ?? 0),
            temporaryBlocks: Int(plan.number("Temp Written Blocks") ?? 0), workers: plan.workers)
    }
}

extension JSONValue {
    fileprivate func number(_ name: String) -> Double? {
        guard case .number(let text)? = self[name] else { return nil }
        return Double(text)
    }

    private var children: [JSONValue] {
        guard case .array(let children)? = self["Plans"] else { return [] }
        return children
    }

    /// Rows that scans of this node and those below it returned or threw away; counts are means over the loops.
    fileprivate var rowsRead: Double {
        var rows = children.reduce(0) { $0 + $1.rowsRead }
        if self["Relation Name"] != nil || self["Index Name"] != nil && children.isEmpty {
            let perLoop = ["Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck"]
                .reduce(0) { $0 + (number($1) ?? 0) }
            rows += perLoop * (number("Actual Loops") ?? 1)
        }
        return rows
    }

    fileprivate var workers: Int {
        Int(number("Workers Launched") ?? 0) + children.reduce(0) { $0 + $1.workers }
    }
}

package import Catalog
package import StructuredSQL

/// One statement of a plan: expressions that share a scan of a relation, or one probe's own statement.
package struct Scan: Sendable, Hashable {
    /// The dataset, as check files name it.
    package var dataset: RelationName
    package var relation: Relation
    /// Rows the shared scan reads; `nil` means all.
    package var filter: SQL?
    package var probes: [Probe.ID]
    package var isShared: Bool
    /// Bytes of the relations it reads, by the planner's own estimates; `nil` where nobody knows.
    package var estimatedBytes: Int?
    /// Whether only functions of PostgreSQL's own take part, so that nothing but the answer comes of it.
    package var isClosed: Bool
    /// Ids of the checks that wait for it.
    package var checks: [String]

    /// The statement that answers some of the scan's probes, in their order.
    ///
    /// A part of a scan asks the same as the whole: that is what makes retrying apart safe.
    package func statement(for probes: some Collection<Probe.ID>, in plan: Plan) -> SQL {
        if let only = probes.first, case .statement(let sql, _) = plan.probes[only].form { return sql }
        let expressions: [SQL] = probes.map { id in
            if case .expression(let sql) = plan.probes[id].form { sql } else { SQL() }
        }
        let head: SQL = "SELECT \(expressions.joined(separator: ",\n    "))\nFROM \(relation.name.sql)"
        // HAVING makes it one row whatever the expressions are, and refuses a column outside an aggregate.
        guard let filter else { return head + "\nHAVING true" }
        return head + "\nWHERE (\(filter))\nHAVING true"
    }

    /// The whole statement.
    package func statement(in plan: Plan) -> SQL { statement(for: probes, in: plan) }
}

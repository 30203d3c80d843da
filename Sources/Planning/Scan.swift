package import Catalog
package import Checks
package import StructuredSQL

/// One statement of a plan: expressions that share a scan of a relation, or one probe's own statement.
package struct Scan: Sendable, Hashable {
    /// The dataset, as check files name it.
    package var dataset: RelationName
    package var relation: Relation
    /// Rows the shared scan reads; `nil` means all.
    package var filter: SQL?
    /// The part of the relation that is read; `nil` means all of it.
    package var sample: Sample?
    package var probes: [Probe.ID]
    package var isShared: Bool
    /// Whether an engine of several servers has a part in it, whose estimates are made up.
    package var isDistributed: Bool
    /// Bytes of the relations it reads, by the planner's own estimates; `nil` where nobody knows.
    package var estimatedBytes: Int?
    /// Whether only functions of PostgreSQL's own take part, so that nothing but the answer comes of it.
    package var isClosed: Bool
    /// Ids of the checks that wait for it.
    package var checks: [String]
    /// Columns by which the rows are judged apart; empty where they are judged as a whole.
    package var groups: [Column] = []
    /// How the rows are sorted into the steps of a backfill; `nil` where there is one window, or none.
    package var steps: StepGrouping?
    /// Columns of few values by which a shared scan groups the rows, to judge each combination once.
    package var grouping: [String] = []
    /// Partitions of which each is asked for its own part, because some are on other servers; empty where none is.
    package var partitions: [RelationName] = []
    /// How many row addresses the checks of each probe want, where the table is read in pieces; empty where it is not.
    package var addressLimits: [Probe.ID: Int] = [:]
    /// A cheaper statement whose row is the answer unless its first value is NULL.
    package var screen: SQL?
    /// Other answers that this one may follow from.
    package var impliedBy: [Implication] = []
    /// `work_mem` while it runs, in bytes; `nil` leaves the session's.
    package var workMemoryBytes: Int?
    /// Why it is as it is.
    package var choices: [Choice] = []

    /// The statement that answers some of the scan's probes, in their order.
    ///
    /// A part of a scan asks the same as the whole: that is what makes retrying apart safe.
    package func statement(for probes: some Collection<Probe.ID>, in plan: Plan) -> SQL {
        if let only = probes.first, case .statement(let sql, _) = plan.probes[only].form { return sql }
        if !grouping.isEmpty || !partitions.isEmpty, probes.count == self.probes.count {
            return GroupedStatement(scan: self, probes: probes.map { plan.probes[$0] }).sql
        }
        if !groups.isEmpty {
            let asked = probes.compactMap { id in
                if case .groups(let probe) = plan.probes[id].form { probe } else { nil }
            }
            return GroupedOutcomes(columns: groups).statement(for: asked, of: rows)
        }
        if let steps, let filter {
            let source = relation.name.sql.sampled(sample)
            let isFenced = isClosed && relation.columns.allSatisfy { $0.isSelectable && $0.name != "assay:step" }
            return steps.statement(
                for: probes.map { plan.probes[$0].expression }, from: source, where: filter, isFenced: isFenced)
        }
        let expressions: [SQL] = probes.map { plan.probes[$0].expression }
        // HAVING makes it one row whatever the expressions are, and refuses a column outside an aggregate; a count does so
        // too, and is left alone where the statement has to be split.
        let counts = relation.isSharded && probes.contains { plan.probes[$0].isCount }
        return "SELECT \(expressions.joined(separator: ",\n    "))\nFROM \(rows)\(counts ? "" : "\nHAVING true")"
    }

    /// The statement that asks one probe of a single step; `nil` where the rows are not sorted into steps.
    ///
    /// Rows of other steps are not looked at: what fails on one of them fails there alone.
    package func statement(for probe: Probe.ID, ofStep step: Int, in plan: Plan) -> SQL? {
        guard let steps else { return nil }
        return """
            SELECT \(plan.probes[probe].expression)
            FROM \(rows) AND \(steps.bucket) = \(SQL(quotedByServer: String(step + 1)))
            HAVING true
            """
    }

    /// The whole statement.
    package func statement(in plan: Plan) -> SQL { statement(for: probes, in: plan) }

    /// Whether it is a list of aggregates over all rows, which may be put together from parts.
    var mayTakeAnyForm: Bool { isShared && groups.isEmpty && steps == nil }

    /// The statement that is sent first: the screen, where there is one.
    package func firstStatement(in plan: Plan) -> SQL { screen ?? statement(in: plan) }

    /// The relation and the filter, ready to stand after FROM.
    var rows: SQL {
        let source = relation.name.sql.sampled(sample)
        return filter.map { "\(source)\nWHERE (\($0))" } ?? source
    }
}

import Catalog
import Checks
import StructuredSQL

/// The form of each statement: what may be done to answer faster, decided by what the catalog knows.
extension Planner {
    /// Lets a count of hashes answer first for the scan that was added last.
    mutating func screenDuplicates(of columns: [String], _ nulls: NullPolicy, _ subject: Subject) {
        let scan = plan.scans.count - 1
        let count = subject.relation.estimatedRowCount ?? 0
        guard context.optimisations.contains(.hashing), !subject.relation.isSharded,
            count >= CostModel.minimumRows || context.ignoresCosts
        else {
            return
        }
        let screen = UniquenessScreen(
            relation: subject.relation, columns: columns.compactMap { subject.relation.column(named: $0) },
            nulls: nulls,
            rows: subject.rows)
        if screen.isHopeless, !context.ignoresCosts {
            note(
                .hashing, isTaken: false, "the statistics know duplicates of \(columns.joined(separator: ", "))",
                at: scan)
            return
        }
        plan.scans[scan].screen = screen.statement
        note(
            .hashing, isTaken: true, "sorting \(Int(count)) machine words instead of grouping by the key", at: scan)
        if context.optimisations.contains(.memory) {
            giveMemory(screen.workMemoryBytes(limit: context.workMemoryLimit), to: scan)
        }
    }

    func distinctCount(of columns: [String], _ subject: Subject) -> SQL {
        let query = DistinctQuery(relation: subject.relation, columns: columns)
        if context.optimisations.contains(.hashing),
            let sorting = query.sortingStatement(in: subject.rows, ignoringCosts: context.ignoresCosts)
        {
            return sorting
        }
        return query.statement { subject.rows(and: $0) }
    }

    /// What becomes of an aggregate on this relation.
    func behaviour(of aggregate: Aggregate, on subject: Subject) -> AggregateClass {
        subject.relation.isSharded && context.gatheredAggregates.contains(aggregate.expression.literalText)
            ? .gathered : aggregate.behaviour
    }

    /// Says of the scan that was added last why it is apart.
    mutating func explainGathering(_ aggregate: Aggregate, on subject: Subject) {
        guard behaviour(of: aggregate, on: subject) == .gathered else { return }
        note(
            .pushdown, isTaken: false,
            "the engine cannot split \(aggregate.expression.literalText): every row travels to one server",
            at: plan.scans.count - 1)
    }

    mutating func note(_ optimisation: Optimisation, isTaken: Bool, _ reason: String, at scan: Int) {
        plan.scans[scan].choices.append(Choice(optimisation: optimisation, isTaken: isTaken, reason: reason))
    }

    private mutating func giveMemory(_ bytes: Int, to scan: Int) {
        guard bytes > context.workMemoryBytes else { return }
        plan.scans[scan].workMemoryBytes = bytes
        note(
            .memory, isTaken: true,
            "\(bytes >> 20) MB of work_mem, where the session has \(context.workMemoryBytes >> 20)", at: scan)
    }

    /// Asks partitions on other servers for their own counts.
    mutating func choosePartitions() {
        guard context.optimisations.contains(.shards) else { return }
        for index in plan.scans.indices where plan.scans[index].mayTakeAnyForm && plan.scans[index].sample == nil {
            let partitions = plan.scans[index].relation.remotePartitions
            guard !partitions.isEmpty else { continue }
            let isDivisible = plan.scans[index].probes.allSatisfy { plan.probes[$0].isDivisible }
            if isDivisible { plan.scans[index].partitions = partitions }
            note(
                .shards, isTaken: isDivisible,
                isDivisible
                    ? "\(partitions.count) partitions, some on other servers, each counts its own rows"
                    : "an aggregate in the same scan cannot be put together from partitions", at: index)
        }
    }

    /// Reads large tables in pieces.
    mutating func choosePieces() {
        for index in plan.scans.indices {
            let limits = AddressedScan.limits(for: plan.scans[index], in: plan, context)
            guard !limits.isEmpty else { continue }
            plan.scans[index].addressLimits = limits
            note(
                .addresses, isTaken: true,
                "read in pieces on every connection that is free; failing rows are noted where they are", at: index)
        }
    }

    /// Judges columns of few values once per combination.
    mutating func chooseGrouping() {
        guard context.optimisations.contains(.grouping) else { return }
        for index in plan.scans.indices {
            let scan = plan.scans[index]
            guard scan.mayTakeAnyForm, scan.sample == nil, !scan.relation.isSharded else { continue }
            let grouping = GroupingChoice(
                for: plan.scans[index], probes: plan.scans[index].probes.map { plan.probes[$0] },
                ignoringCosts: context.ignoresCosts)
            plan.scans[index].grouping = grouping.columns
            if let choice = grouping.choice { plan.scans[index].choices.append(choice) }
        }
    }
}

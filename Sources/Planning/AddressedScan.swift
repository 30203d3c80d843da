import Catalog
import Checks
package import StructuredSQL

/// A shared scan of a large table in pieces: each counts, and notes the addresses (`ctid`) of rows that fail.
///
/// In the same snapshot a row stays where it is, as long as the table keeps its file: every piece says which file it
/// read, and pieces of two files are of no use. The second pass then reads the noted rows and no others, and pieces on
/// several connections need no help of parallel workers.
package struct AddressedScan: Sendable {
    package let scan: Scan
    private let plan: Plan

    /// Smallest table for which pieces are worth a statement each, in bytes.
    private static let minimumBytes = 64 << 20
    /// Most addresses noted of a check that wants more; its rows are looked for again.
    package static let maximumAddresses = 200_000
    /// Most addresses one statement may gather, if every row fails every check: some 40 bytes each on the server.
    private static let addressesPerPiece = 1_000_000
    /// Fewest and most blocks to a piece.
    private static let pieceBlocks = 512...8192

    /// - Returns: `nil` where the scan is a single statement.
    package init?(_ scan: Scan, in plan: Plan) {
        guard !scan.addressLimits.isEmpty else { return nil }
        self.scan = scan
        self.plan = plan
    }

    /// Decides whether a scan is read in pieces, and which probes note addresses.
    ///
    /// - Returns: How many addresses each of them wants; empty if the scan stays one statement.
    static func limits(for scan: Scan, in plan: Plan, _ context: PlanningContext) -> [Probe.ID: Int] {
        guard context.optimisations.contains(.addresses), context.readsAddressRanges, scan.mayTakeAnyForm,
            scan.grouping.isEmpty, scan.sample == nil, scan.relation.hasRowAddresses,
            scan.relation.sizeBytes >= minimumBytes || context.ignoresCosts,
            scan.probes.allSatisfy({ plan.probes[$0].isCount })
        else { return [:] }
        let affordable = max(1, addressesPerPiece / (pieceBlocks.lowerBound * rowsPerBlock(of: scan.relation)))
        var limits: [Probe.ID: Int] = [:]
        for planned in plan.checks where planned.check.keep != .atMost(0) {
            guard case .rows(let failing, _) = planned.answer, case .rows(_, .shareable)? = planned.assertion,
                scan.probes.contains(failing.probe), limits.count < affordable || limits[failing.probe] != nil
            else { continue }
            let limit = planned.check.keep.maximum ?? .max
            limits[failing.probe] = max(limits[failing.probe] ?? 0, limit)
        }
        return limits
    }

    /// Blocks of the first pieces, which show what fails too often to be noted, and of later ones.
    package var blocks: (first: Int, later: Int) {
        let rows = Self.rowsPerBlock(of: scan.relation) * scan.addressLimits.count
        let bounds = Self.pieceBlocks
        let later = min(bounds.upperBound, max(bounds.lowerBound, Self.addressesPerPiece / rows))
        return (min(1024, later), later)
    }

    private static func rowsPerBlock(of relation: Relation) -> Int { max(1, Int(relation.rowsPerBlock.rounded())) }

    /// The statement for one piece.
    ///
    /// Its columns: the counts of the probes, the addresses of those `noting` some, the file that was read
    /// (`pg_relation_filenode`) and its length in blocks. The statement's own lock keeps the file while it runs.
    ///
    /// - Parameters:
    ///   - blocks: Blocks of the table, half open; without an end it is all that follows.
    ///   - wanted: Probes whose addresses are wanted, with how many more.
    /// - Returns: A statement of one row.
    package func statement(for blocks: (from: Int, to: Int?), noting wanted: [(probe: Probe.ID, count: Int)]) -> SQL {
        let noting = Set(wanted.map(\.probe))
        var columns: [SQL] = scan.probes.map { probe in
            // The array is made once, although it stands here twice.
            noting.contains(probe)
                ? "coalesce(pg_catalog.array_length(\(addresses(of: probe)), 1), 0)" : plan.probes[probe].expression
        }
        columns += wanted.map { "(\(addresses(of: $0.probe)))[1:\(bind: $0.count)]" }
        columns.append(scan.relation.fileNode)
        columns.append(
            """
            pg_catalog.pg_relation_size(\(scan.relation.regclass)) \
            / pg_catalog.current_setting('block_size')::pg_catalog.int8
            """)
        var condition: SQL = "ctid >= \(bind: "(\(blocks.from),0)")::pg_catalog.tid"
        if let end = blocks.to { condition += " AND ctid < \(bind: "(\(end),0)")::pg_catalog.tid" }
        if let filter = scan.filter { condition += " AND (\(filter))" }
        return """
            SELECT \(columns.joined(separator: ",\n    "))
            FROM \(scan.relation.name.sql)
            WHERE \(condition)
            HAVING true
            """
    }

    private func addresses(of probe: Probe.ID) -> SQL {
        guard case .count(let condition?) = plan.probes[probe].form else { return "NULL" }
        return "pg_catalog.array_agg(ctid) FILTER (WHERE \(condition.sql))"
    }
}

extension Relation {
    /// The file the table is in now; it changes whenever the table is written anew.
    var fileNode: SQL { "pg_catalog.pg_relation_filenode(\(regclass))" }
}

import Catalog
import Checks
package import StructuredSQL

/// A shared scan of a large table in pieces: each counts, and notes the addresses (`ctid`) of rows that fail.
///
/// In the same snapshot a row stays where it is. The second pass then reads the noted rows and no others, and pieces on
/// several connections need no help of parallel workers. A piece is small, so what it notes is bounded.
package struct AddressedScan: Sendable {
    private let scan: Scan
    private let plan: Plan

    /// Smallest table for which pieces are worth a statement each, in bytes.
    private static let minimumBytes = 64 << 20
    /// Most addresses noted of a check that wants more; its rows are looked for again.
    package static let maximumAddresses = 200_000

    /// - Returns: `nil` where the scan is a single statement.
    package init?(_ scan: Scan, in plan: Plan) {
        guard !scan.addressLimits.isEmpty else { return nil }
        self.scan = scan
        self.plan = plan
    }

    /// Decides whether a scan is read in pieces.
    static func limits(for scan: Scan, in plan: Plan, _ context: PlanningContext) -> [Probe.ID: Int] {
        guard context.optimisations.contains(.addresses), context.readsAddressRanges, scan.isShared,
            scan.grouping.isEmpty, scan.relation.hasRowAddresses,
            scan.relation.sizeBytes >= minimumBytes || context.ignoresCosts,
            scan.probes.allSatisfy({ if case .count = plan.probes[$0].form { true } else { false } })
        else { return [:] }
        var limits: [Probe.ID: Int] = [:]
        for planned in plan.checks where planned.check.keep != .atMost(0) {
            guard case .rows(let failing, _) = planned.answer, case .rows(_, .shareable)? = planned.assertion,
                scan.probes.contains(failing.probe)
            else { continue }
            let limit = planned.check.keep.maximum ?? .max
            limits[failing.probe] = max(limits[failing.probe] ?? 0, limit)
        }
        return limits
    }

    /// The relation, to ask its size.
    package var relation: SQL { scan.relation.name.sql }

    /// Probes that note addresses, with how many their checks want.
    package var limits: [Probe.ID: Int] { scan.addressLimits }

    /// The statement for one piece; its columns are the counts of the probes, then the addresses of those `noting` some.
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

/// Where rows of a table are: block and offset of each in one number, in the order of the table.
package struct RowAddresses: Sendable, Hashable {
    package var numbers: [UInt64]

    package init(_ numbers: [UInt64]) {
        self.numbers = numbers
    }

    /// The text of an array of `tid` with every address of several once.
    static func arrayText(_ all: [RowAddresses]) -> String {
        var numbers = all.count == 1 ? all[0].numbers : all.flatMap(\.numbers).sorted()
        if all.count > 1 { numbers = numbers.enumerated().filter { $0 == 0 || numbers[$0 - 1] != $1 }.map(\.element) }
        return "{" + numbers.map { "\"(\($0 >> 16),\($0 & 0xFFFF))\"" }.joined(separator: ",") + "}"
    }
}

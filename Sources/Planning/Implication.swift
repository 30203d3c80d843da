import Checks
import StructuredSQL

/// An answer that follows from another one, so that its statement is run only where it does not.
///
/// Rows that differ in some columns differ in more columns too: where `unique: [id]` finds nothing, `unique: [id, day]` has
/// nothing to find, with the same reading of NULL and of the same rows.
package struct Implication: Sendable, Hashable {
    /// The probe that answers for it.
    package var probe: Probe.ID
    /// Whether it asks the very same; else its answer counts only if it found nothing.
    package var isSame: Bool
    /// The check that asks it.
    package var check: String

    /// Whether the other probe's columns, failing rows and rows looked at, are the answer here too.
    package func holds(for cells: [String?]) -> Bool {
        isSame || cells.first == "0"
    }
}

/// A scan that looks for duplicates, and what makes two of them comparable.
struct DuplicateScan {
    var scan: Int
    var dataset: String
    var filter: String?
    var nulls: NullPolicy
    var columns: Set<String>
    /// Whether the statement may be refused for a column of its own: then it has to be asked.
    var mayFail: Bool

    /// Whether both look at the same rows in the same way.
    func isComparable(to other: DuplicateScan) -> Bool {
        dataset == other.dataset && filter == other.filter && nulls == other.nulls
    }
}

extension Planner {
    /// Lets the uniqueness of few columns answer for that of more.
    mutating func chooseImplications() {
        guard context.optimisations.contains(.implication) else { return }
        var roots: [DuplicateScan] = []
        for candidate in duplicateScans.sorted(by: { ($0.columns.count, $0.scan) < ($1.columns.count, $1.scan) }) {
            let answering = roots.filter {
                $0.isComparable(to: candidate) && $0.columns.isSubset(of: candidate.columns) && !candidate.mayFail
            }
            if answering.isEmpty { roots.append(candidate) }
            for root in answering {
                guard let probe = plan.scans[root.scan].probes.first, let check = plan.scans[root.scan].checks.first
                else { continue }
                let isSame = root.columns == candidate.columns
                plan.scans[candidate.scan].impliedBy.append(Implication(probe: probe, isSame: isSame, check: check))
                note(
                    .implication, isTaken: true,
                    isSame ? "\(check) asks the same" : "where \(check) finds nothing, there is nothing to find",
                    at: candidate.scan)
            }
        }
    }
}

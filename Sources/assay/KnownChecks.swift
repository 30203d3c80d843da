import CheckFiles
import Checks
import Results
import ServiceLevels

/// What is known of checks besides their results: as it was recorded, and else as the project says it.
struct KnownChecks {
    private let recorded: [String: ServiceLevelReader.ScheduledCheck]
    private let declared: [String: Check]
    /// When checks are due, by the versions of their schedules: those that share one share its slots.
    private let plans: [[SlotPlan.Version]: SlotPlan]

    /// - Parameters:
    ///   - project: The project as it is.
    ///   - scheduled: What was recorded of checks that ever were due.
    ///   - zones: Rules of the zones of their schedules.
    init(project: Project, scheduled: [ServiceLevelReader.ScheduledCheck], zones: [String: ZoneRules]) {
        recorded = Dictionary(scheduled.map { ($0.check, $0) }, uniquingKeysWith: { first, _ in first })
        declared = Dictionary(project.checks.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        plans = Dictionary(
            Set(scheduled.map(\.versions)).map { ($0, SlotPlan($0, zones: zones)) },
            uniquingKeysWith: { first, _ in first })
    }

    /// A check without its results.
    func history(of id: String) -> CheckHistory {
        if let check = recorded[id] {
            return CheckHistory(
                check: id, dataset: check.dataset, severity: Severity(rawValue: check.severity) ?? .nextBusinessDay,
                owner: check.owner, plan: plans[check.versions] ?? SlotPlan([], zones: [:]), results: [])
        }
        let check = declared[id]
        return CheckHistory(
            check: id, dataset: check?.dataset.name ?? "", severity: check?.severity ?? .nextBusinessDay,
            owner: check?.owner, plan: SlotPlan([], zones: [:]), results: [])
    }

    /// The checks that a selector means; none where it cannot be read.
    func selected(by selector: String, among ids: Set<String>) -> Set<String> {
        guard let selection = try? CheckSelection([selector]) else { return [] }
        return ids.filter { id in
            if let check = recorded[id] {
                return selection.selects(id: id, dataset: check.dataset, owner: check.owner, tags: check.tags)
            }
            return declared[id].map { (try? selection.select(from: [$0]))?.isEmpty == false } ?? false
        }
    }
}

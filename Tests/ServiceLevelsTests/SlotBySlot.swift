import Checks
import ServiceLevels

/// A slot with what is known of it.
struct JudgedSlot: Hashable {
    var slot: SlotPlan.Slot
    var verdict: SlotVerdict
    /// What counts, after the policy for what is unknown: true is good; `nil` does not count.
    var counts: Bool?
    /// Whether a conclusive planned result was there in time; `nil` where that does not matter (yet).
    var isTimely: Bool?
    /// Rows of the result that counts.
    var rows: Ratio?
}

/// What ``SlotJudge`` says, slot by slot and without a thought for how long it takes: it must come to the same.
struct SlotBySlot {
    private let policy: UnknownPolicy
    private let asOf: Timestamp
    private let excluded: TimeRanges

    /// - Parameters:
    ///   - policy: For slots of which nothing is known.
    ///   - asOf: What was recorded later does not exist.
    ///   - excluded: Slots that are due in it do not count.
    init(policy: UnknownPolicy, asOf: Timestamp, excluded: TimeRanges = TimeRanges()) {
        self.policy = policy
        self.asOf = asOf
        self.excluded = excluded
    }

    /// The slots with what became of them.
    ///
    /// The last conclusive planned result of a slot counts: a retry replaces an error, a failure that is confirmed stays one,
    /// and what somebody ran by hand after the repair changes nothing.
    ///
    /// - Parameters:
    ///   - slots: In their order; begun before the period, so that what was bad before is known.
    ///   - observations: Of the check, in any order.
    /// - Returns: One for each slot.
    func judge(_ slots: [SlotPlan.Slot], _ observations: [Observation]) -> [JudgedSlot] {
        var bySlot: [Timestamp: [Observation]] = [:]
        let ends = slots.map(\.slot)
        for one in observations where [.scheduled, .retry].contains(one.trigger) && one.recordedAt <= asOf {
            guard
                let due = one.slot.flatMap({ slot in ends.binaryContains(slot) ? slot : nil })
                    ?? ends.last(notAfter: one.slot ?? one.observedAt)
            else { continue }
            // Behind the end of a slot, where nothing is due, a result belongs to none.
            guard let slot = slots.first(where: { $0.due == due }), one.slot ?? one.observedAt < slot.end else {
                continue
            }
            bySlot[due, default: []].append(one)
        }
        var last: Bool?
        return slots.map { slot in
            let results = (bySlot[slot.due] ?? []).sorted {
                ($0.observedAt, $0.recordedAt, $0.outcome == .fail ? 1 : 0)
                    < ($1.observedAt, $1.recordedAt, $1.outcome == .fail ? 1 : 0)
            }
            let conclusive = results.filter { $0.outcome.isConclusive }
            let verdict = verdict(slot, results, conclusive)
            var judged = JudgedSlot(slot: slot, verdict: verdict)
            switch verdict {
            case .good, .bad:
                judged.counts = verdict == .good
                judged.rows = conclusive.last?.rows
                last = verdict == .good
            case .unknown:
                judged.counts = counted(after: last)
            case .excluded, .pending:
                // An exclusion says nothing about what was before or is behind it.
                break
            }
            judged.isTimely = timely(slot, verdict, conclusive)
            return judged
        }
    }

    private func verdict(
        _ slot: SlotPlan.Slot, _ results: [Observation], _ conclusive: [Observation]
    ) -> SlotVerdict {
        if excluded.contains(slot.due) { return .excluded }
        if let isGood = conclusive.last.map({ $0.outcome != .fail }) { return isGood ? .good : .bad }
        if slot.deadline > asOf { return .pending }
        return .unknown(results.isEmpty ? .missing : .errored)
    }

    private func counted(after last: Bool?) -> Bool? {
        switch policy {
        case .stickyBad: last == false ? false : nil
        case .ignore: nil
        case .asBad: false
        case .asGood: true
        case .holdLast: last
        }
    }

    private func timely(_ slot: SlotPlan.Slot, _ verdict: SlotVerdict, _ conclusive: [Observation]) -> Bool? {
        switch verdict {
        case .excluded, .pending: nil
        case .good, .bad, .unknown: conclusive.contains { $0.finishedAt <= slot.deadline }
        }
    }
}

extension SlotPlan.Slot {
    fileprivate var slot: Timestamp { due }
}

extension [Timestamp] {
    /// The last of sorted instants that is no later.
    fileprivate func last(notAfter instant: Timestamp) -> Timestamp? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? self[low - 1] : nil
    }

    fileprivate func binaryContains(_ instant: Timestamp) -> Bool { last(notAfter: instant) == instant }
}

package import Checks

/// What became of a slot.
package enum SlotVerdict: Sendable, Hashable {
    case good, bad
    /// Nobody knows: nothing conclusive was measured, and why.
    case unknown(Absence)
    /// An approved exclusion has it, or it is out of hours.
    case excluded
    /// It may still be measured in time.
    case pending

    /// Why nothing is known.
    package enum Absence: String, Sendable, Hashable, CaseIterable {
        /// No planned run was recorded.
        case missing
        /// Runs were recorded that could not evaluate the check.
        case errored
    }
}

/// How slots count of which nothing is known.
package enum UnknownPolicy: String, Sendable, Hashable, CaseIterable {
    /// After a bad one they are bad until something else is known, else they do not count: a failure does not go away because
    /// nobody looks.
    case stickyBad = "sticky_bad"
    /// They do not count.
    case ignore
    case asBad = "as_bad"
    case asGood = "as_good"
    /// They are what the last known one was.
    case holdLast = "hold_last"
}

/// A slot with what is known of it.
package struct JudgedSlot: Sendable, Hashable {
    package var slot: SlotPlan.Slot
    package var verdict: SlotVerdict
    /// What counts, after the policy for what is unknown: true is good; `nil` does not count.
    package var counts: Bool?
    /// Whether a conclusive planned result was there in time; `nil` where that does not matter (yet).
    package var isTimely: Bool?
    /// Rows of the result that counts.
    package var rows: Ratio?
}

/// Judges the slots of one check by what was known at an instant.
package struct SlotJudge: Sendable {
    private let policy: UnknownPolicy
    private let asOf: Timestamp
    private let excluded: TimeRanges

    /// - Parameters:
    ///   - policy: For slots of which nothing is known.
    ///   - asOf: What was recorded later does not exist.
    ///   - excluded: Slots that are due in it do not count.
    package init(policy: UnknownPolicy, asOf: Timestamp, excluded: TimeRanges = TimeRanges()) {
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
    package func judge(_ slots: [SlotPlan.Slot], _ observations: [Observation]) -> [JudgedSlot] {
        var bySlot: [Timestamp: [Observation]] = [:]
        let ends = slots.map(\.slot)
        for one in observations where one.isPlanned && one.recordedAt <= asOf {
            guard
                let due = one.slot.flatMap({ slot in ends.binaryContains(slot) ? slot : nil })
                    ?? ends.last(notAfter: one.slot ?? one.observedAt)
            else { continue }
            bySlot[due, default: []].append(one)
        }
        var last: Bool?
        return slots.map { slot in
            let results = (bySlot[slot.due] ?? []).sorted {
                ($0.observedAt, $0.recordedAt) < ($1.observedAt, $1.recordedAt)
            }
            let conclusive = results.filter { $0.isGood != nil }
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
        if let isGood = conclusive.last?.isGood { return isGood ? .good : .bad }
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

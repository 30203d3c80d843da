package import Checks

/// What one measurement of a check said, with the clocks it was seen, finished and recorded by.
package struct Observation: Sendable, Hashable {
    package var outcome: Outcome
    package var trigger: RunRecord.Trigger
    /// The instant it was due; `nil` where nobody said so.
    package var slot: Timestamp?
    package var observedAt: Timestamp
    package var finishedAt: Timestamp
    /// When it became known; what was recorded after the instant of a report does not exist for it.
    package var recordedAt: Timestamp
    /// Rows that were good, and all; `nil` where rows were not counted.
    package var rows: Ratio?

    package init(
        _ outcome: Outcome, _ trigger: RunRecord.Trigger = .scheduled, slot: Timestamp? = nil, observedAt: Timestamp,
        finishedAt: Timestamp? = nil, recordedAt: Timestamp? = nil, rows: Ratio? = nil
    ) {
        self.outcome = outcome
        self.trigger = trigger
        self.slot = slot
        self.observedAt = observedAt
        self.finishedAt = finishedAt ?? observedAt
        self.recordedAt = recordedAt ?? self.finishedAt
        self.rows = rows
    }
}

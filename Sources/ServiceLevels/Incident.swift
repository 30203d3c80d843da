package import Checks

/// A time in which a check failed that has a schedule: when it began, was noticed, was taken up and was over.
///
/// It opens with the first failing result and closes with the next good one, whatever people say about it; what they say is
/// kept beside it.
package struct Incident: Sendable, Hashable {
    package var check: String
    package var dataset: String
    /// The check's; one step higher where the dataset is a key dataset of the agreement.
    package var severity: Severity
    package var owner: String?
    package var failure: StateTimeline.Failure
    /// The part of it that lies in the period and counts, in microseconds; ends with what is known where it goes on.
    package var downtime: Int
    /// What people did and said, in the order in which it was recorded.
    package var events: [IncidentEvent] = []

    package init(
        check: String, dataset: String, severity: Severity, owner: String?, failure: StateTimeline.Failure,
        downtime: Int
    ) {
        self.check = check
        self.dataset = dataset
        self.severity = severity
        self.owner = owner
        self.failure = failure
        self.downtime = downtime
    }

    /// Keeps what people did and said about it.
    ///
    /// - Parameters:
    ///   - events: Of its check, in the order in which they were recorded; those of other incidents are left out.
    ///   - end: When it ends where it is still going on.
    package mutating func attach(_ events: [IncidentEvent], until end: Timestamp) {
        let range = failure.range(until: end)
        self.events = events.filter { range.contains($0.firstBad) }
    }

    /// Eight hexadecimal digits of what it is about: the same wherever it is computed.
    package var id: String { Self.id(check: check, firstBad: failure.firstBad) }

    /// The id of the incident of a check that began at an instant (FNV-1a, folded to 32 bits).
    package static func id(check: String, firstBad: Timestamp) -> String {
        let hash = "\(check) \(firstBad.text)".utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        let text = String(UInt32(truncatingIfNeeded: hash ^ (hash >> 32)), radix: 16)
        return String(repeating: "0", count: 8 - text.count) + text
    }

    package enum Status: String, Sendable, Hashable, CaseIterable {
        case open, acknowledged
        /// Somebody says that it is repaired; no good result has shown it.
        case resolved
        case closed
    }

    package var status: Status {
        if !isOpen { return .closed }
        if repairedAt != nil { return .resolved }
        return acknowledgedAt != nil ? .acknowledged : .open
    }

    package var isOpen: Bool { failure.firstGood == nil }

    /// When somebody was first told.
    package var notifiedAt: Timestamp? { events.first { $0.kind == .notified }?.recordedAt }

    /// When somebody first took it up.
    package var acknowledgedAt: Timestamp? { events.first { $0.kind == .acknowledged }?.recordedAt }

    /// When somebody last said that it is repaired.
    package var repairedAt: Timestamp? { events.last { $0.kind == .resolved }?.recordedAt }

    /// When it began for those who use the data, as somebody found out afterwards; the last word counts.
    package var impactStartedAt: Timestamp? { events.last { $0.impactStartedAt != nil }?.impactStartedAt }

    /// The last post-mortem.
    package var postmortem: IncidentEvent? { events.last { $0.kind == .postmortem } }

    /// From its beginning to its detection, in microseconds: from the start of the impact where somebody found it out, else, as an
    /// estimate, from the middle between the last good and the first failing result; `nil` where neither is known.
    package var timeToDetect: Int? {
        if let impactStartedAt { return failure.detectedAt.microseconds - impactStartedAt.microseconds }
        return failure.lastGood.map { good in
            failure.detectedAt.microseconds - (good.microseconds + failure.firstBad.microseconds) / 2
        }
    }

    /// From its detection until somebody was told, in microseconds; `nil` where that is not recorded.
    package var timeToNotify: Int? { notifiedAt.map { $0.microseconds - failure.detectedAt.microseconds } }

    /// From its detection until somebody took it up, in microseconds; `nil` where nobody did.
    package var timeToAcknowledge: Int? {
        acknowledgedAt.map { $0.microseconds - failure.detectedAt.microseconds }
    }

    /// From its detection to the first good result, in microseconds; `nil` where it goes on.
    package var timeToRepair: Int? {
        failure.firstGood.map { $0.microseconds - failure.detectedAt.microseconds }
    }
}

/// Something that somebody did or said about an incident; never changed, only followed by another.
package struct IncidentEvent: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Somebody was told; whatever tells people says so.
        case notified
        case acknowledged, resolved, noted, postmortem
    }

    package var kind: Kind
    package var check: String
    /// When the incident began that it is about.
    package var firstBad: Timestamp
    package var actor: String
    package var text: String?
    /// Where more is written.
    package var link: String?
    package var impactStartedAt: Timestamp?
    package var recordedAt: Timestamp

    package init(
        _ kind: Kind, check: String, firstBad: Timestamp, by actor: String, text: String? = nil, link: String? = nil,
        impactStartedAt: Timestamp? = nil, recordedAt: Timestamp
    ) {
        self.kind = kind
        self.check = check
        self.firstBad = firstBad
        self.actor = actor
        self.text = text
        self.link = link
        self.impactStartedAt = impactStartedAt
        self.recordedAt = recordedAt
    }
}

extension Severity {
    /// One step more urgent.
    package var raised: Severity {
        switch self {
        case .now, .nextBusinessDay: .now
        case .nextSprint: .nextBusinessDay
        }
    }
}

extension CheckHistory {
    /// The incidents of a range: none of a check without a schedule.
    ///
    /// - Parameters:
    ///   - timeline: The check's.
    ///   - range: Half open.
    ///   - asOf: What is still going on ends then, or with the range.
    ///   - isKey: Whether the dataset is a key dataset.
    ///   - downtime: How much of an incident's time counts, in microseconds.
    /// - Returns: Those that touch the range, oldest first.
    package func incidents(
        _ timeline: StateTimeline, in range: TimeRange, asOf: Timestamp, isKey: Bool, downtime: (TimeRange) -> Int
    ) -> [Incident] {
        guard !plan.isEmpty else { return [] }
        return timeline.failures.compactMap { failure in
            let span = failure.range(until: min(range.to, asOf))
            guard !span.intersection(range).isEmpty else { return nil }
            return Incident(
                check: check, dataset: dataset, severity: isKey ? severity.raised : severity, owner: owner,
                failure: failure, downtime: downtime(span))
        }
    }
}

package import ExactJSON

/// What is known of a run as a whole.
package struct RunRecord: Sendable {
    /// How far one instant reaches.
    package enum Consistency: String, Sendable, Hashable {
        /// All checks saw one snapshot.
        case run
        /// Each dataset was seen at one instant, but not all at the same.
        case dataset
        /// Nothing is promised.
        case none
    }

    /// Why the run was made.
    package enum Trigger: String, Sendable, Hashable, CaseIterable {
        case manual, scheduled, retry, backfill
    }

    package var id: String
    package var target: String
    package var server: String
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// The instant the data were seen, by the server's clock.
    package var observedAt: Timestamp
    package var snapshot: Consistency
    /// The half-open time range the run is about, both ends as given.
    package var window: (from: String, to: String)?
    package var slot: String?
    package var trigger: Trigger
    package var assayVersion: String
    package var projectRevision: String?
    package var definitionsSHA256: String
    /// Whether the results schema has the run.
    package var isRecorded: Bool
    /// Things about the run that a person should know.
    package var warnings: [String]
    package var results: [CheckResult]
    /// All checks of the project, whether they ran or not: when they are due is recorded.
    package var project: [Check] = []
    /// The project's agreements with their checks, as documents by name: what is promised is recorded.
    package var agreements: [String: JSONValue] = [:]
    /// What the datasets' relations were, by the datasets' names.
    package var schemas: [String: RelationSchema] = [:]

    package init(
        id: String, target: String, server: String, startedAt: Timestamp, observedAt: Timestamp,
        snapshot: Consistency, trigger: Trigger, assayVersion: String, definitionsSHA256: String
    ) {
        self.id = id
        self.target = target
        self.server = server
        self.startedAt = startedAt
        finishedAt = startedAt
        self.observedAt = observedAt
        self.snapshot = snapshot
        self.trigger = trigger
        self.assayVersion = assayVersion
        self.definitionsSHA256 = definitionsSHA256
        isRecorded = false
        warnings = []
        results = []
    }

    /// Number of results by outcome.
    package func count(of outcome: Outcome) -> Int {
        results.count { $0.outcome == outcome }
    }

    /// Results of each dataset, datasets in the order in which they first come.
    package var resultsByDataset: [(dataset: String, results: [CheckResult])] {
        var order: [String] = []
        var groups: [String: [CheckResult]] = [:]
        for result in results {
            let name = result.check.dataset.name
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(result)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}

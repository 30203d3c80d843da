import Checks
import Planning

extension ScanRunner {
    /// What a probe gave: the values of its columns, or why it has none.
    struct Answer: Sendable {
        var cells: Result<[String?], CheckFailure>
        /// Why single cells are not there although others are, by their position.
        var failures: [Int: CheckFailure] = [:]
        var duration: Duration
        /// Whether the statement that gave it cannot have run on an empty table.
        var sawRows = false
    }

    /// What all statements came to.
    struct Findings: Sendable {
        var answers: [Probe.ID: Answer] = [:]
        /// Where failing rows are, as far as all that are wanted were noted.
        var addresses: [Probe.ID: RowAddresses] = [:]
        /// What each statement took, by the first of its probes.
        var durations: [Probe.ID: Duration] = [:]

        /// Takes the answers to a scan, which took so long.
        mutating func take(_ found: [Probe.ID: Answer], of scan: Scan, duration: Duration) {
            answers.merge(found) { _, new in new }
            if let first = scan.probes.first { durations[first] = duration }
        }

        mutating func merge(_ other: Findings) {
            answers.merge(other.answers) { _, new in new }
            durations.merge(other.durations) { _, new in new }
        }
    }
}

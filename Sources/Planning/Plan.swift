package import Catalog
package import Checks
package import StructuredSQL

/// What a run will do: each check with the way it is answered, and the statements that answer them.
package struct Plan: Sendable {
    /// Checks in the order they were given.
    package var checks: [PlannedCheck]
    package var probes: [Probe]
    /// Statements, the largest relations first.
    package var scans: [Scan]
}

/// A check, resolved against the catalog.
package struct PlannedCheck: Sendable {
    package var check: Check
    /// The dataset's relation; `nil` where it does not exist or was not looked for.
    package var relation: Relation?
    /// The question; `nil` where nothing is asked.
    package var assertion: Assertion?
    /// The rows looked at: the check's own filter and the run's window.
    package var filter: SQL?
    /// The check's own filter, without the window.
    package var ownFilter: SQL?
    /// The part of the relation that is looked at; `nil` means all of it.
    package var sample: Sample?
    /// Columns by whose values the rows are judged apart; empty where they are judged as a whole.
    package var groups: [Column] = []
    /// The step of a backfill that it is about, from 0; `nil` where there are none.
    package var step: Int?
    /// How rows are sorted into steps, where one scan does it for all.
    package var steps: StepGrouping?
    /// What earlier runs recorded, of a check that compares with it.
    package var past: Past?
    /// What explains a value that is too great or too small.
    package var evidence: Evidence?
    /// What the numbers do not say.
    package var note: String?
    /// How the column's values are distributed, where it is recorded for later runs.
    package var histogram: ProbeColumn?
    package var answer: Answer

    /// The relation, quoted; what the file names where the catalog has none.
    var source: SQL { (relation?.name.sql ?? check.dataset.relation.sql).sampled(sample) }

    /// The relation and the filter, ready to stand after FROM.
    var scope: SQL { filter.map { "\(source)\nWHERE (\($0))" } ?? source }

    /// A statement that computes a value, of each group where there are groups.
    func plain(_ expression: SQL, from source: SQL) -> SQL {
        guard !groups.isEmpty else { return "SELECT \(expression)\nFROM \(source)" }
        let list = groups.map { "\(identifier: $0.name)" as SQL }.joined(separator: ", ")
        return "SELECT \(list), \(expression)\nFROM \(source)\nGROUP BY \(list)"
    }

    /// The statement that counts different combinations of values; `nil` without a relation.
    func distinctStatement(of columns: [String]) -> SQL? {
        guard let relation else { return nil }
        return DistinctQuery(relation: relation, columns: columns).statement { condition in
            filter.map { "\(source) WHERE (\($0)) AND (\(condition))" } ?? "\(source) WHERE (\(condition))"
        }
    }

    /// Where a check's answer comes from.
    package enum Answer: Sendable {
        /// A constraint implies that the check passes.
        case proved(by: String)
        /// The catalog itself is the answer.
        case settled(failing: Int, total: Int, reason: String)
        /// It cannot be asked.
        case impossible(CheckFailure)
        case skipped(reason: String)
        /// Failing rows and, where something says so, rows looked at.
        case rows(failing: ProbeColumn, total: ProbeColumn?)
        case value(ProbeColumn)
        /// A probability that the client computes from a statistic and a parameter.
        case probability(DerivedTest, of: ProbeColumn, parameter: ProbeColumn)
        /// What came of each group of rows, as JSON.
        case groups(ProbeColumn)

        /// Probes the answer needs.
        package var probes: [Probe.ID] {
            switch self {
            case .proved, .settled, .impossible, .skipped: []
            case .rows(let failing, let total): [failing.probe] + (total.map { [$0.probe] } ?? [])
            case .value(let value), .groups(let value), .probability(_, let value, _): [value.probe]
            }
        }
    }
}

package import ExactJSON

/// What one check came to in one run.
package struct CheckResult: Sendable {
    package var check: Check
    package var outcome: Outcome
    /// Failing rows; `nil` where the check has none to count.
    package var failing: Int?
    /// Rows looked at; `nil` where the check looks at none.
    package var total: Int?
    /// What it says of all rows, where only a sample was looked at; `failing` and `total` are of the sample.
    package var estimate: Estimate?
    /// What came of each group of rows, where they are judged apart; `failing` and `total` are the sums.
    package var groups: GroupFindings?
    /// The number the check computes, in PostgreSQL's text; `nil` where it computes none or it is NULL.
    package var value: String?
    /// The number that another kind measures, of a check that compares it with earlier ones.
    package var metric: String?
    /// What earlier measurements lead one to expect; `nil` while too few are known.
    package var expectation: Expectation?
    /// How the column's values are distributed, as JSON, where it is recorded for later runs.
    package var histogram: JSONValue?
    /// The constraint that implies the check passes.
    package var provedBy: String?
    /// What the numbers do not say: why it is skipped, what the catalog has.
    package var reason: String?
    package var failure: CheckFailure?
    package var rows: FailingRows
    /// Some of the rows that explain a value that is too great or too small.
    package var evidence: [JSONValue] = []
    /// What they are.
    package var evidenceTitle: String?
    /// Time the server and the network took for the statements that answered it, shared ones in full.
    package var duration: Duration
    /// The check's share of what all statements of the run took; of several on their connections it is the sum.
    package var cost = Duration.zero

    /// Whether only rows of the groups that warn or fail are wanted: others have failing rows, too, and pass.
    package var selectsGroups: Bool {
        groups != nil && check.fail != .anyFailingRow && check.warn != .anyFailingRow
    }

    /// Whether the value that warns or fails is too great, or too small; `nil` where it is neither.
    ///
    /// Of checks that are judged by group it is that of the worst group.
    package var isTooGreat: Bool? {
        guard outcome == .warn || outcome == .fail else { return nil }
        let worst = groups?.violating.first
        guard let value = (groups == nil ? value : worst?.value).flatMap({ ExactDecimal($0) }),
            let threshold = (worst?.outcome ?? outcome) == .fail ? check.fail : check.warn
        else { return nil }
        return switch threshold.condition {
        case .greater, .greaterOrEqual: true
        case .less, .lessOrEqual: false
        case .notBetween(let low, _): low <= value
        case .notEqual(let wanted): wanted < value
        case .equal, .between: nil
        }
    }

    /// Failing rows that are wanted: of checks that are judged by group, those of the worst groups that warn or fail.
    package var wantedFailing: Int? {
        guard let groups, selectsGroups, failing != nil else { return failing }
        return groups.violating.reduce(0) { $0 + ($1.failing ?? 0) }
    }

    package init(check: Check, outcome: Outcome) {
        self.check = check
        self.outcome = outcome
        rows = FailingRows()
        duration = .zero
    }
}

/// The failing rows of a check: some of them here, all that are kept in the results schema.
package struct FailingRows: Sendable, Hashable {
    /// Rows brought from the server.
    package var keptCount = 0
    /// The first few of them.
    package var sample: [JSONValue] = []
    /// The check's share of the time that bringing them took.
    package var cost = Duration.zero
    /// Why rows are missing that should be here.
    package var problem: String?

    package init() {}

    package func isComplete(of failing: Int?) -> Bool {
        keptCount == (failing ?? 0) && problem == nil
    }
}

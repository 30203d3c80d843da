import ExactJSON

/// A check before the settings of its test are put on it.
struct DbtDraft: Sendable, Hashable {
    /// What dbt counts as failures, beside what our check measures.
    enum Measure: Sendable, Hashable {
        /// The same: failing rows, or whatever the kind counts.
        case same
        /// Something else, so that numbers differ; the text names it.
        case other(String)
        /// One failing row or none: our check judges a number.
        case single(Judgement)
        /// The difference between two counts, which our check judges.
        case difference(Difference)
    }

    /// What of a difference counts.
    enum Difference: Sendable, Hashable {
        /// How great it is, in either direction.
        case magnitude
        /// That the own count is not the smaller one, and by how much it is greater.
        case excess
    }

    /// How a number is judged.
    struct Judgement: Sendable, Hashable {
        /// The threshold that is met where the test fails.
        var violated: String
        /// The same as parameters of the kind, which can only fail; empty where it has none.
        var bounds: [JSONValue.Member] = []
        /// The number as an aggregate, for a kind that must have bounds and so cannot warn.
        var aggregate: String?
        /// Whether the kind judges so by itself.
        var isKindsOwn = false
    }

    var kind: String
    var column: String?
    var arguments: [JSONValue.Member]
    /// Conditions on the rows that are looked at.
    var conditions: [String] = []
    /// Whether NULL fails, in a kind where it passes if nothing is said.
    var nullsFail = false
    var groupBy: [String] = []
    /// What becomes of it with nothing to look at: `pass` or `fail`; `nil` leaves it to the kind.
    var onEmpty: String?
    var measure: Measure = .same
    /// Whether it looks at rows; else it looks at the catalog and takes no condition.
    var readsRows = true

    init(_ kind: String, column: String? = nil, _ arguments: [JSONValue.Member] = []) {
        self.kind = kind
        self.column = column
        self.arguments = arguments
    }

    /// The check, with what differs from dbt in clauses.
    func check(_ levels: DbtLevels) throws(DbtObstacle) -> (check: ImportedCheck, notes: [String]) {
        var draft = self
        var notes: [String] = []
        var thresholds = levels.countOptions
        switch measure {
        case .same: break
        case .other(let counted):
            if !levels.isUsual { notes.append("error_if and warn_if count \(counted) in dbt and failing rows here") }
        case .single(let judgement):
            var fails = !levels.onlyWarns
            if groupBy.isEmpty {
                fails = try levels.failsOnce()
            } else if !levels.isUsual {
                notes.append("error_if and warn_if count groups in dbt, here one group is enough")
            }
            thresholds = draft.judge(judgement, fails: fails)
        case .difference(let difference): thresholds = try Self.options(of: difference, levels)
        }
        if !readsRows, !conditions.isEmpty { notes.append("where means nothing for columns") }
        let options = draft.options(thresholds)
        return (ImportedCheck(draft.kind, column: draft.column, draft.value, options: options), notes)
    }

    /// Sets the parameters or gives the threshold by which a number is judged.
    private mutating func judge(_ judgement: Judgement, fails: Bool) -> [JSONValue.Member] {
        if fails {
            arguments += judgement.bounds
            guard judgement.bounds.isEmpty, !judgement.isKindsOwn else { return [] }
            return [.init("fail", .string(judgement.violated))]
        }
        if let aggregate = judgement.aggregate, !judgement.bounds.isEmpty {
            (kind, column, arguments) = ("metric", nil, [.init("expression", .string(aggregate))])
        }
        return [.init("warn", .string(judgement.violated))]
    }

    private static func options(
        of difference: Difference, _ levels: DbtLevels
    ) throws(DbtObstacle) -> [JSONValue.Member] {
        // Any difference fails by itself.
        if difference == .magnitude, levels.fail == .anyFailure { return [] }
        var options: [JSONValue.Member] = []
        for (name, condition) in [("warn", levels.warn), ("fail", levels.fail)] {
            guard let condition else { continue }
            guard let threshold = condition.threshold(on: difference) else {
                throw DbtObstacle("\(name == "fail" ? "error_if" : "warn_if") says no greatest difference")
            }
            options.append(.init(name, .string(threshold)))
        }
        return options
    }

    /// Options beside the kind, in their order, but for those that every check takes.
    private func options(_ thresholds: [JSONValue.Member]) -> [JSONValue.Member] {
        var options: [JSONValue.Member] = []
        if readsRows, let condition = DbtText.all(conditions) { options.append(.init("where", .string(condition))) }
        if !groupBy.isEmpty { options.append(.init("group_by", .array(groupBy.map(JSONValue.string)))) }
        if nullsFail { options.append(.init("nulls", "fail")) }
        if let onEmpty, onEmpty != Self.usualOnEmpty[kind] ?? "pass" {
            options.append(.init("on_empty", .string(onEmpty)))
        }
        return options + thresholds
    }

    /// The parameters, or the short form where a kind has one for all that is given.
    private var value: JSONValue {
        guard arguments.count == 1, arguments[0].name == Self.shortForms[kind] else { return .object(arguments) }
        return arguments[0].value
    }

    /// What kinds do with nothing to look at, where they do not pass.
    private static let usualOnEmpty = [
        "metric": "error", "min": "error", "max": "error", "avg": "error", "sum": "error", "median": "error",
        "percentile": "error", "stddev": "error", "distinct_percent": "error", "same_row_count": "error",
        "fresh": "fail", "row_count": "skip",
    ]

    /// The parameter that stands alone behind a kind.
    private static let shortForms = [
        "accepted_values": "values", "rejected_values": "values", "required_values": "values", "exact_values": "values",
        "references": "to", "expect": "expression", "metric": "expression", "matches": "regex", "like": "pattern",
        "length": "equals", "fresh": "within", "sequence_without_gaps": "every", "column_type": "type",
        "column_count": "equals", "row_count": "equals", "value_count": "equals", "same_row_count": "as",
        "same_rows": "as", "distinct_count": "equals", "same_distinct_count": "to", "column_set": "columns",
        "column_absent": "columns", "within_stddevs": "sigma", "sequential": "step", "unique": "columns",
        "complete": "columns", "equal_columns": "columns", "different_columns": "columns",
        "start_before_end": "columns", "no_overlaps": "columns", "no_gaps": "columns",
    ]
}

package import StructuredSQL

/// An assertion on a dataset, as a check file states it.
package struct Check: Sendable, Hashable {
    package var id: String
    package var name: String?
    package var description: String?
    package var dataset: Dataset
    package var kind: any CheckKind
    /// Columns the check is about, as named in the file.
    package var columns: [String]
    /// Only rows for which this holds are looked at.
    package var filter: SQL?
    package var warn: Threshold?
    package var fail: Threshold?
    package var nulls: NullPolicy
    package var onEmpty: EmptyPolicy
    package var severity: Severity
    package var dimension: Dimension
    package var tags: [String]
    package var owner: String?
    /// Failing rows to keep.
    package var keep: RowLimit
    /// Columns of failing rows to keep; `nil` means all.
    package var keptColumns: [String]?
    package var isEnabled: Bool
    package var runbook: String?
    package var schedule: Schedule?
    /// Declared parameters by name, each with the SQL expression of its default.
    package var parameters: [String: SQL]
    package var source: SourceLocation
    /// What the file says, in a canonical form: equal text, equal definition.
    package var definition: String

    package init(
        id: String,
        dataset: Dataset,
        kind: any CheckKind,
        columns: [String] = [],
        source: SourceLocation
    ) {
        let definition = type(of: kind).definition
        self.id = id
        self.dataset = dataset
        self.kind = kind
        self.columns = columns
        self.source = source
        nulls = definition.nulls
        onEmpty = definition.onEmpty
        severity = .nextBusinessDay
        dimension = definition.dimension
        tags = []
        keep = .atMost(1000)
        isEnabled = true
        parameters = [:]
        self.definition = ""
        fail = kind.ownThreshold ?? (kind.quantities.contains(.count) ? .anyFailingRow : nil)
    }

    package var kindName: String { type(of: kind).definition.name }

    package static func == (left: Check, right: Check) -> Bool {
        left.id == right.id && left.definition == right.definition && left.source == right.source
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(definition)
    }
}

extension Check {
    /// Decides the outcome of what was measured.
    ///
    /// Only given levels count: with `fail` alone there is no warning.
    package func outcome(of measured: Measured) -> Judgement {
        switch measured {
        case .rows(let failing, let total):
            if total == 0, failing == 0 { return judgeEmpty("no rows to look at") }
            func isMet(_ threshold: Threshold?) -> Bool {
                guard let threshold else { return false }
                return threshold.quantity == .percent
                    ? threshold.isMet(byShareOf: failing, in: total ?? 0)
                    : threshold.isMet(by: ExactDecimal(failing))
            }
            return Judgement(isMet(fail) ? .fail : isMet(warn) ? .warn : .pass)
        case .value(let text):
            guard let text else { return judgeEmpty("the value is NULL: there was nothing to compute it from") }
            guard let value = ExactDecimal(text) else {
                return judgeSpecial(text)
            }
            let isFail = fail?.isMet(by: value) ?? false
            return Judgement(isFail ? .fail : (warn?.isMet(by: value) ?? false) ? .warn : .pass)
        }
    }

    private func judgeEmpty(_ reason: String) -> Judgement {
        switch onEmpty {
        case .pass: Judgement(.pass, reason)
        case .fail: Judgement(.fail, reason)
        case .skip: Judgement(.skip, reason)
        case .error: Judgement(.error, reason)
        }
    }

    private func judgeSpecial(_ text: String) -> Judgement {
        // Text may be anybody's personal text: only the numbers that are none are named.
        let isSpecial = ["NaN", "Infinity", "-Infinity"].contains(text)
        return Judgement(.error, "the value is \(isSpecial ? text : "no number"), which no threshold can judge")
    }
}

/// What running a check gave.
package enum Measured: Sendable, Hashable {
    /// Failing rows among those looked at; `total` is `nil` where nothing says how many that were.
    case rows(failing: Int, total: Int?)
    /// A number in PostgreSQL's text form; `nil` is NULL.
    case value(String?)
}

/// An outcome and, where the numbers do not say it, the reason.
package struct Judgement: Sendable, Hashable {
    package var outcome: Outcome
    package var reason: String?

    package init(_ outcome: Outcome, _ reason: String? = nil) {
        self.outcome = outcome
        self.reason = reason
    }
}

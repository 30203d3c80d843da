extension Check {
    /// Decides the outcome of what was measured.
    ///
    /// Only given levels count: with `fail` alone there is no warning. Of a sample, thresholds of a count are compared with
    /// the number of failing rows that the whole dataset has if the sample is like it.
    package func outcome(of measured: Measured, sample: Sample? = nil) -> Judgement {
        switch measured {
        case .rows(let failing, let total):
            if total == 0, failing == 0 {
                // Of an empty sample nothing follows, not even that there are no rows.
                return sample == nil
                    ? judgeEmpty("no rows to look at") : Judgement(.error, "the sample has no rows")
            }
            let projected = sample.map { Int((Double(failing) / $0.share).rounded()) } ?? failing
            func isMet(_ threshold: Threshold?) -> Bool {
                guard let threshold else { return false }
                return threshold.quantity == .percent
                    ? threshold.isMet(byShareOf: failing, in: total ?? 0)
                    : threshold.isMet(by: ExactDecimal(projected))
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

    private func judgeEmpty(_ reason: String) -> Judgement { Judgement(onEmpty.outcome, reason) }

    /// Decides the outcome of what came of each group: the worst of them, where there is any.
    package func outcome(of groups: GroupFindings) -> Judgement {
        groups.outcome.map { Judgement($0, groups.summary) } ?? judgeEmpty("no rows to look at")
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

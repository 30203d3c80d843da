/// How much may go wrong, and what is left of that: in slots, microseconds or rows, exactly.
package struct ErrorBudget: Sendable, Hashable {
    package let target: TargetShare
    /// What counted.
    package let attained: Ratio
    /// What will have counted when the period is over, as far as the schedule says; `nil` where nobody knows, as of rows.
    package let planned: Int?

    package init(target: TargetShare, attained: Ratio, planned: Int?) {
        self.target = target
        self.attained = attained
        self.planned = planned
    }

    /// The share of the budget that is spent, in tenths of a per cent, rounded up; `nil` where there is no budget.
    ///
    /// - Parameter ofPeriod: Of the budget of the whole period, not of that for what counted.
    /// - Returns: 1000 where nothing is left; more where more went wrong.
    package func spentTenths(ofPeriod: Bool) -> Int? {
        guard let total = ofPeriod ? planned : attained.total else { return nil }
        let allowed = total.multipliedReportingOverflow(by: target.denominator - target.numerator)
        let spent = attained.bad.multipliedReportingOverflow(by: target.denominator)
        guard !allowed.overflow, !spent.overflow, allowed.partialValue > 0 else { return nil }
        let product = spent.partialValue.multipliedFullWidth(by: 1000)
        let (quotient, remainder) = allowed.partialValue.dividingFullWidth(product)
        return remainder > 0 ? quotient + 1 : quotient
    }

    /// What is left in per cent, signed: `37.5`, `-12.1`.
    package func remainingPercent(ofPeriod: Bool = false) -> String? {
        spentTenths(ofPeriod: ofPeriod).map { spent in
            let left = 1000 - spent
            return "\(left < 0 ? "-" : "")\(abs(left) / 10).\(abs(left) % 10)"
        }
    }

    /// How long the rest of the period's budget lasts at a pace, in microseconds; 0 where nothing is left.
    ///
    /// Exactly: remaining share / burn rate x length of the period.
    ///
    /// - Parameters:
    ///   - recent: What counted in a window: the pace.
    ///   - period: The length of the period in microseconds.
    /// - Returns: `nil` where nothing is spent at this pace, or there is no budget.
    package func timeToExhaustion(at recent: Ratio, period: Int) -> Int? {
        guard let burn = burnThousandths(recent), burn > 0, let spent = spentTenths(ofPeriod: true) else { return nil }
        let left = max(0, 1000 - spent)
        let product = period.multipliedFullWidth(by: left)
        guard product.high < burn else { return nil }
        return burn.dividingFullWidth(product).quotient
    }

    /// How fast it is spent: 1 spends just the whole budget in the whole period.
    ///
    /// - Parameter recent: What counted in a window.
    /// - Returns: Thousandths, rounded up; `nil` where nothing counted, or nothing may go wrong.
    package func burnThousandths(_ recent: Ratio) -> Int? {
        let rest = target.denominator - target.numerator
        guard recent.total > 0, rest > 0 else { return nil }
        let spent = recent.bad.multipliedReportingOverflow(by: target.denominator)
        let allowed = recent.total.multipliedReportingOverflow(by: rest)
        guard !spent.overflow, !allowed.overflow else { return nil }
        let (quotient, remainder) = allowed.partialValue.dividingFullWidth(
            spent.partialValue.multipliedFullWidth(by: 1000))
        return remainder > 0 ? quotient + 1 : quotient
    }
}

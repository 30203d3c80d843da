/// How much may go wrong, and what is left of that: in slots, microseconds or rows, exactly.
package struct ErrorBudget: Sendable, Hashable {
    /// What is promised about a part of a period: from a change of the target on, another one.
    package struct Part: Sendable, Hashable {
        package var target: TargetShare
        /// What counted.
        package var attained: Ratio
        /// What will have counted when it is over, as far as the schedule says; `nil` where nobody knows, as of rows.
        package var planned: Int?

        package init(target: TargetShare, attained: Ratio, planned: Int?) {
            self.target = target
            self.attained = attained
            self.planned = planned
        }

        /// How many of so many may be bad, in thousand millionths of one.
        fileprivate func allowed(of total: Int) -> Int128 {
            Int128(total) * Int128(target.denominator - target.numerator)
                * Int128(ErrorBudget.unit / target.denominator)
        }
    }

    /// In the order of time.
    package let parts: [Part]

    /// Every target is a whole number of thousand millionths.
    private static let unit = 1_000_000_000

    package init(_ parts: [Part]) {
        self.parts = parts
    }

    package init(target: TargetShare, attained: Ratio, planned: Int?) {
        self.init([Part(target: target, attained: attained, planned: planned)])
    }

    /// What counted.
    package var attained: Ratio { parts.reduce(.none) { $0 + $1.attained } }

    /// What will have counted when the period is over; `nil` where nobody knows.
    package var planned: Int? {
        parts.reduce(0) { sum, part in sum.flatMap { sum in part.planned.map { sum + $0 } } }
    }

    /// Whether no more went wrong than was allowed of what counted; without any there is no saying.
    package var isKept: Bool? {
        guard attained.total > 0 else { return nil }
        return Int128(attained.bad) * Int128(Self.unit) <= parts.reduce(0) { $0 + $1.allowed(of: $1.attained.total) }
    }

    /// The share of the budget that is spent, in tenths of a per cent, rounded up; `nil` where there is no budget.
    ///
    /// - Parameter ofPeriod: Of the budget of the whole period, not of that for what counted.
    /// - Returns: 1000 where nothing is left; more where more went wrong.
    package func spentTenths(ofPeriod: Bool) -> Int? {
        guard let allowed = allowed(ofPeriod: ofPeriod) else { return nil }
        return Int(exactly: (Int128(attained.bad) * Int128(Self.unit) * 1000).dividedUp(by: allowed))
    }

    /// How much may be bad, in thousand millionths; `nil` where nothing may, or nobody knows.
    private func allowed(ofPeriod: Bool) -> Int128? {
        var sum: Int128 = 0
        for part in parts {
            guard let total = ofPeriod ? part.planned : part.attained.total else { return nil }
            sum += part.allowed(of: total)
        }
        return sum > 0 ? sum : nil
    }

    /// What is left in per cent, signed: `37.5`, `-12.1`.
    package func remainingPercent(ofPeriod: Bool = false) -> String? {
        spentTenths(ofPeriod: ofPeriod).map { spent in
            let left = 1000 - spent
            return "\(left < 0 ? "-" : "")\(abs(left) / 10).\(abs(left) % 10)"
        }
    }

    /// How many of the period's slots or slices may be bad, cut; `nil` where nobody knows.
    package var allowedOfPeriod: Int? {
        allowed(ofPeriod: true).flatMap { Int(exactly: $0 / Int128(Self.unit)) }
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
        return Int(exactly: Int128(period) * Int128(max(0, 1000 - spent)) / Int128(burn))
    }

    /// The share of the period's budget that will be spent when it is over, in tenths of a per cent, rounded up, if what is still to
    /// come is as bad as a window was; `nil` where there is no budget, or nothing counted in the window.
    ///
    /// - Parameter recent: What counted in a window: the pace.
    /// - Returns: 1000 where just all of it will be spent.
    package func projectedTenths(at recent: Ratio) -> Int? {
        guard let planned, recent.total > 0, let allowed = allowed(ofPeriod: true) else { return nil }
        let rest = max(0, planned - attained.total)
        // (bad + rest x recent.bad / recent.total) / allowed, with one division.
        let bad = Int128(attained.bad) * Int128(recent.total) + Int128(rest) * Int128(recent.bad)
        return Int(exactly: (bad * Int128(Self.unit) * 1000).dividedUp(by: allowed * Int128(recent.total)))
    }

    /// How fast it is spent, by the last target: 1 spends just the whole budget in the whole period.
    ///
    /// - Parameter recent: What counted in a window.
    /// - Returns: Thousandths, rounded up; `nil` where nothing counted, or nothing may go wrong.
    package func burnThousandths(_ recent: Ratio) -> Int? {
        guard recent.total > 0, let target = parts.last?.target, !target.allowsNothing else { return nil }
        let spent = Int128(recent.bad) * Int128(target.denominator) * 1000
        let allowed = Int128(recent.total) * Int128(target.denominator - target.numerator)
        return Int(exactly: spent.dividedUp(by: allowed))
    }
}

extension Int128 {
    /// The quotient of numbers that are not negative, rounded up.
    fileprivate func dividedUp(by divisor: Int128) -> Int128 { (self + divisor - 1) / divisor }
}

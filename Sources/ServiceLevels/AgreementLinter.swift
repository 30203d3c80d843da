package import Checks

/// Finds promises that cannot mean what they say, before they are given.
package struct AgreementLinter {
    /// What is wrong with an objective.
    package struct Finding: Sendable, Hashable {
        package var objective: String
        package var message: String
        package var hint: String?
        /// Whether it can never be kept or judged, and not only hardly.
        package var isError: Bool
    }

    /// A check of an objective.
    package struct Member: Sendable, Hashable {
        package var check: String
        package var schedule: Schedule?

        package init(check: String, schedule: Schedule?) {
            self.check = check
            self.schedule = schedule
        }
    }

    private let agreement: Agreement
    private let zones: [String: ZoneRules]

    /// Days that a month has at least.
    private static let daysOfMonth = 28
    /// Slots of a period below which a single one decides.
    private static let leastSlots = 12

    /// - Parameters:
    ///   - agreement: What is promised.
    ///   - zones: Rules of the zones of schedules; those that are missing count as UTC, which is near enough for counting.
    package init(_ agreement: Agreement, zones: [String: ZoneRules] = [:]) {
        self.agreement = agreement
        self.zones = zones
    }

    /// What is wrong.
    ///
    /// - Parameter members: The checks of each objective, in their order.
    /// - Returns: Findings in the order of the objectives.
    package func findings(_ members: [[Member]]) -> [Finding] {
        zip(agreement.objectives, members).flatMap(findings)
    }

    private func findings(_ objective: Objective, _ members: [Member]) -> [Finding] {
        var findings: [Finding] = []
        func add(_ message: String, hint: String?, isError: Bool) {
            findings.append(
                Finding(objective: objective.name, message: message, hint: hint, isError: isError))
        }
        let unscheduled = members.filter { $0.schedule == nil }.map(\.check)
        if unscheduled.count == members.count {
            add(
                "none of its checks has a schedule, so nothing is ever due",
                hint: "Add schedule: {every: 1h, grace: 15min} to their suites.", isError: true)
            return findings
        }
        if let first = unscheduled.first {
            let others = unscheduled.count > 1 ? " and \(unscheduled.count - 1) more" : ""
            add("\(first)\(others) has no schedule and never counts", hint: nil, isError: false)
        }
        if objective.target.allowsNothing {
            add(
                "a target of 100 % has no error budget: one failure in a year misses it",
                hint: "Say how much may go wrong, such as 99.9%.", isError: false)
            return findings
        }
        for alert in objective.burnAlerts { self.findings(alert, objective, members).forEach(add) }
        guard objective.method == .occurrences else { return findings }
        let slots = members.reduce(0) { $0 + self.slots($1.schedule) }
        if slots < Self.leastSlots {
            add(
                "only \(slots) results are due in a period: each of them decides",
                hint: "Measure more often, or promise a longer period.", isError: false)
        }
        // One failure of all slots, in the target's units.
        let allowed = slots.multipliedReportingOverflow(by: objective.target.denominator - objective.target.numerator)
        if !allowed.overflow, allowed.partialValue < objective.target.denominator {
            add(
                "\(objective.target.percent) % of \(slots) results allows no failure: the first one misses it",
                hint: "Say that none may fail, or promise less than \(Self.percent(slots - 1, of: slots)) %.",
                isError: false)
        }
        return findings
    }

    /// What is wrong with a burn alert: whether it can fire at all, and whether a single result makes it.
    private func findings(
        _ alert: BurnAlert, _ objective: Objective, _ members: [Member]
    ) -> [(message: String, hint: String?, isError: Bool)] {
        let target = objective.target
        // When all is bad the budget burns 1 / (1 - target) times as fast as it may.
        let most = target.denominator * 1000 / (target.denominator - target.numerator)
        if alert.factor > most {
            return [
                (
                    "a burn rate of \(alert.factorText) over \(alert.window) can never be reached: at \(target.percent) % the most is \(BurnAlert.text(thousandths: most))",
                    "Choose a lower factor, or a higher target.", true
                )
            ]
        }
        let slots = members.reduce(0) { $0 + self.slots($1.schedule) } * alert.hours / (days * 24)
        guard slots < Self.leastSlots else { return [] }
        return [
            (
                "only \(slots) results are due in \(alert.window): a burn rate over them says little",
                "Choose a longer window.", false
            )
        ]
    }

    private static func percent(_ good: Int, of total: Int) -> String {
        Ratio(good, of: total).percent(digits: 2) ?? "0"
    }

    /// Days that a period has at least.
    private var days: Int {
        switch agreement.period {
        case .month: Self.daysOfMonth
        case .quarter: 90
        case .week: 7
        case .rolling(let days): days
        }
    }

    /// Results that are due in a period, at least.
    private func slots(_ schedule: Schedule?) -> Int {
        guard let schedule else { return 0 }
        let start = Timestamp(microseconds: CivilDate(year: 2026, month: 2, day: 1).days * 86_400_000_000)
        let range = TimeRange(start, Timestamp(microseconds: start.microseconds + days * 86_400_000_000))
        let due = SlotPlan([.init(from: start, schedule: schedule)], zones: zones).slots(in: range)
        guard let hours = agreement.hours?.instants(in: range, zone: zones[agreement.zone] ?? .utc) else {
            return due.count
        }
        return due.count { hours.contains($0.due) }
    }
}

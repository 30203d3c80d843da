import Checks
import ServiceLevels
import Testing

/// Promises that cannot mean what they say.
struct AgreementLinterTests {
    private func messages(_ target: String, _ schedules: [Schedule?], _ period: Agreement.Period = .month) throws
        -> [String]
    {
        let share = try #require(TargetShare(target))
        let objective = Objective("o", checks: [], target: share)
        let members = schedules.enumerated().map {
            AgreementLinter.Member(check: "c\($0.offset)", schedule: $0.element)
        }
        return AgreementLinter(Agreement(name: "a", period: period, objectives: [objective])).findings([members])
            .map { ($0.isError ? "error: " : "") + $0.message }
    }

    @Test func targetsAndSchedulesAreWeighed() throws {
        let hourly = Schedule(rhythm: .every(.seconds(3600)))
        let daily = Schedule(rhythm: .cron("0 6 * * *", zone: nil))
        #expect(try messages("99%", [hourly]) == [])
        // 28 results: 99 % of them allows 0.28 failures, 96 % one.
        #expect(try messages("99%", [daily]) == ["99 % of 28 results allows no failure: the first one misses it"])
        #expect(try messages("96%", [daily]) == [])
        #expect(try messages("100%", [hourly]).first?.contains("has no error budget") == true)
        #expect(
            try messages("99%", [nil, nil]) == ["error: none of its checks has a schedule, so nothing is ever due"])
        #expect(try messages("99%", [hourly, nil]) == ["c1 has no schedule and never counts"])
        #expect(
            try messages("90%", [daily], .week) == [
                "only 7 results are due in a period: each of them decides",
                "90 % of 7 results allows no failure: the first one misses it",
            ])
    }

    /// When all is bad a budget of 5 % burns 20 times as fast as it may, and one of 10 % 10 times.
    @Test func burnRatesThatCannotBeReachedAreMistakes() throws {
        let quarterly = AgreementLinter.Member(check: "c", schedule: Schedule(rhythm: .every(.seconds(900))))
        func messages(_ target: String, _ alerts: [BurnAlert]) throws -> [String] {
            var objective = Objective("o", checks: [], target: try #require(TargetShare(target)))
            objective.burnAlerts = alerts
            return AgreementLinter(Agreement(name: "a", objectives: [objective])).findings([[quarterly]])
                .map { ($0.isError ? "error: " : "") + $0.message }
        }
        let fast = try #require(BurnAlert.thousandths("14.4"))
        #expect(fast == 14_400)
        #expect(try messages("95%", [BurnAlert(hours: 6, factor: fast), BurnAlert(hours: 72, factor: 20_000)]) == [])
        #expect(
            try messages("90%", [BurnAlert(hours: 6, factor: fast)]) == [
                "error: a burn rate of 14.4 over 6h can never be reached: at 90 % the most is 10"
            ])
        #expect(
            try messages("99%", [BurnAlert(hours: 1, factor: fast)]) == [
                "only 4 results are due in 1h: a burn rate over them says little"
            ])
        #expect(BurnAlert.text(thousandths: 14_400) == "14.4" && BurnAlert.text(thousandths: 6000) == "6")
        #expect(BurnAlert.thousandths("1.0005") == nil && BurnAlert.thousandths("x") == nil)
    }
}

import Checks
import ServiceLevels
import Testing

/// Attainment, coverage and budgets as exact fractions, computed by hand.
struct AttainmentTests {
    private static let hourly = Schedule(rhythm: .every(.seconds(3600)), grace: .seconds(900))
    private static let daily = Schedule(rhythm: .cron("0 6 * * *", zone: nil), grace: .seconds(7200))

    private func history(
        _ schedule: Schedule, _ observations: [Observation], check: String = "c", since: String = "2026-01-01",
        zones: [String: ZoneRules] = [:]
    ) -> CheckHistory {
        CheckHistory(
            check: check, dataset: "d",
            plan: SlotPlan([.init(from: Instants.at(since), schedule: schedule)], zones: zones),
            results: observations.map(ObservationRun.init))
    }

    /// One planned result for each hour of a day, by its letter: p(ass), w(arn), f(ail), e(rror), s(kip), or none for a dot.
    private func hours(_ letters: String, on day: String, rows: [Ratio] = []) -> [Observation] {
        let start = Instants.at(day).microseconds
        return letters.enumerated().compactMap { hour, letter in
            let outcomes: [Character: Outcome] = ["p": .pass, "w": .warn, "f": .fail, "e": .error, "s": .skip]
            guard let outcome = outcomes[letter] else { return nil }
            let due = Timestamp(microseconds: start + hour * 3_600_000_000)
            return Observation(
                outcome, slot: due, observedAt: due.advanced(by: .seconds(60)), rows: rows.isEmpty ? nil : rows[hour])
        }
    }

    private func judge(
        _ objective: Objective, _ histories: [CheckHistory], _ period: TimeRange, asOf: String = "2027-01-01",
        zone: ZoneRules = .utc, hours: TimeRanges? = nil, exclusions: TimeRanges = TimeRanges()
    ) -> ObjectiveResult {
        let judge = ObjectiveJudge(period: period, asOf: Instants.at(asOf), zone: zone, hours: hours) { _ in exclusions
        }
        let result = judge.judge(objective, histories)
        // Results that are put together to runs come to the same.
        let merged = histories.map { history in
            var history = history
            let grid = history.plan.grid(in: Instants.range("2026-01-01", "2027-01-01"))
            let known = history.results.filter { $0.lastRecorded <= Instants.at(asOf) }
            history.results = ObservationRun.merged(known, on: grid)
            return history
        }
        #expect(judge.judge(objective, merged) == result)
        return result
    }

    private func objective(
        _ target: String = "99%", _ method: Objective.Method = .occurrences, _ unknown: UnknownPolicy = .stickyBad
    ) throws -> Objective {
        Objective("o", checks: ["c"], target: try #require(TargetShare(target)), method: method, unknown: unknown)
    }

    private let day = Instants.range("2026-03-02", "2026-03-03")

    @Test func everyHourOfADay() throws {
        let result = judge(
            try objective(), [history(Self.hourly, hours("ppppfppppppppwpppppppppf", on: "2026-03-02"))], day)
        #expect(result.attained == Ratio(22, of: 24) && result.counts.coverage == Ratio(24, of: 24))
        #expect(result.attained.percent() == "91.666" && result.verdict == .missed)
        // 1 % of 24 slots is 0.24: 2 of them are more than eight times as much.
        #expect(result.budget.spentTenths(ofPeriod: false) == 8334 && result.budget.remainingPercent() == "-733.4")
        #expect(result.planned == 24)
        #expect(result.recent.map(\.ratio) == [Ratio(0, of: 1), Ratio(5, of: 6), Ratio(22, of: 24), Ratio(22, of: 24)])
        // 2 of 24 bad where 1 of 100 may be.
        #expect(result.budget.burnThousandths(result.recent[2].ratio) == 8334)
        #expect(result.budget.burnThousandths(result.recent[0].ratio) == 100_000)
        #expect(result.timeToExhaustion(period: day.length) == 0)
        // 100 of 1000 planned may be bad and 40 were: 60 per cent left. At a burn rate of 2 that lasts 0.3 periods of 1000 hours.
        let budget = ErrorBudget(
            target: TargetShare(numerator: 9, denominator: 10), attained: Ratio(460, of: 500), planned: 1000)
        #expect(budget.remainingPercent(ofPeriod: true) == "60.0" && budget.burnThousandths(Ratio(40, of: 50)) == 2000)
        #expect(budget.timeToExhaustion(at: Ratio(40, of: 50), period: 1000 * 3_600_000_000) == 300 * 3_600_000_000)
        #expect(budget.timeToExhaustion(at: Ratio(50, of: 50), period: 1000) == nil)
        #expect(
            judge(
                try objective("91%"), [history(Self.hourly, hours("ppppfppppppppwpppppppppf", on: "2026-03-02"))], day
            ).verdict == .met)
    }

    /// A day with one failure, an unknown hour behind it and one among good ones: 91.30, 95.45, 87.50, 95.83 and 91.67 per cent.
    @Test(arguments: [
        (UnknownPolicy.stickyBad, Ratio(21, of: 23)), (.ignore, Ratio(21, of: 22)), (.asBad, Ratio(21, of: 24)),
        (.asGood, Ratio(23, of: 24)), (.holdLast, Ratio(22, of: 24)),
    ])
    func whatIsUnknownCountsByThePolicy(policy: UnknownPolicy, attained: Ratio) throws {
        let observations =
            hours("ppppppf.ppppppppepspppp", on: "2026-03-02") + hours(".......................p", on: "2026-03-02")
        // The skipped hour is unknown, too: it is put right.
        let repaired = observations.map { one in
            var one = one
            if one.outcome == .skip { one.outcome = .pass }
            return one
        }
        let result = judge(try objective("90%", .occurrences, policy), [history(Self.hourly, repaired)], day)
        #expect(result.attained == attained)
        #expect(result.counts.missing == 1 && result.counts.errored == 1 && result.counts.coverage == Ratio(22, of: 24))
        #expect(result.counts.timeliness == Ratio(22, of: 24))
    }

    @Test func aRunnerThatStopsImprovesNothing() throws {
        // Bad from noon on, and nobody looks from one on: sticky, and the coverage is too low for a verdict.
        let stopped = history(Self.hourly, hours("ppppppppppppf...........", on: "2026-03-02"))
        let result = judge(try objective("50%"), [stopped], day)
        #expect(result.attained == Ratio(12, of: 24) && result.counts.coverage == Ratio(13, of: 24))
        #expect(result.verdict == .insufficientEvidence)
        // Good until it stops: what is not known does not count, and there is no verdict either.
        let quiet = judge(
            try objective("50%"), [history(Self.hourly, hours("pppppppppppp............", on: "2026-03-02"))], day)
        #expect(quiet.attained == Ratio(12, of: 12) && quiet.verdict == .insufficientEvidence)
        #expect(quiet.counts.timeliness == Ratio(12, of: 24))
        let whole = judge(
            try objective("50%"), [history(Self.hourly, hours("ppppppppppppf.ffffffffff", on: "2026-03-02"))], day)
        #expect(whole.attained == Ratio(12, of: 24) && whole.verdict == .met)
    }

    @Test func dailyRunsWithRetriesAndRepairs() throws {
        func run(
            _ outcome: Outcome, _ trigger: RunRecord.Trigger, _ observed: String, slot: String? = nil,
            recorded: String? = nil
        )
            -> Observation
        {
            Observation(
                outcome, trigger, slot: slot.map(Instants.at), observedAt: Instants.at(observed),
                recordedAt: recorded.map(Instants.at))
        }
        let observations = [
            // An error that a retry replaces; a failure that a retry confirms; one that somebody repairs by hand.
            run(.error, .scheduled, "2026-03-01 06:01", slot: "2026-03-01 06:00"),
            run(.pass, .retry, "2026-03-01 06:10", slot: "2026-03-01 06:00"),
            run(.fail, .scheduled, "2026-03-02 06:01", slot: "2026-03-02 06:00"),
            run(.fail, .retry, "2026-03-02 06:20", slot: "2026-03-02 06:00"),
            run(.pass, .manual, "2026-03-02 11:00"),
            // Late, but there; without a slot of its own it belongs to the one it came in.
            run(.pass, .scheduled, "2026-03-03 09:30"),
            // Filled in afterwards: history does not change.
            run(.pass, .backfill, "2026-03-09 12:00", slot: "2026-03-04 06:00"),
            // Known only a week later.
            run(.pass, .scheduled, "2026-03-05 06:01", slot: "2026-03-05 06:00", recorded: "2026-03-12 00:00"),
        ]
        let period = Instants.range("2026-03-01", "2026-03-06")
        let early = judge(try objective("50%"), [history(Self.daily, observations)], period, asOf: "2026-03-08")
        #expect(early.attained == Ratio(2, of: 3) && early.counts.coverage == Ratio(3, of: 5))
        #expect(early.counts.missing == 2 && early.counts.timeliness == Ratio(2, of: 5))
        let late = judge(try objective("50%"), [history(Self.daily, observations)], period, asOf: "2026-03-20")
        #expect(late.attained == Ratio(3, of: 4) && late.counts.coverage == Ratio(4, of: 5))
        // Due, and not over: still to come.
        let morning = judge(try objective(), [history(Self.daily, [])], period, asOf: "2026-03-01 07:00")
        #expect(morning.counts.pending == 1 && morning.attained == .none && morning.verdict == .insufficientEvidence)
        #expect(morning.planned == 5)
    }

    /// What comes after the period says nothing about its last slot.
    @Test func thePeriodEndsWithItsLastSlot() throws {
        let late = hours("pppppppppppppppppppppppf", on: "2026-03-02") + hours("pppp", on: "2026-03-03")
        #expect(judge(try objective(), [history(Self.hourly, late)], day).attained == Ratio(23, of: 24))
        let missing = hours("ppppppppppppppppppppppp.", on: "2026-03-02") + hours("ffff", on: "2026-03-03")
        let result = judge(try objective(), [history(Self.hourly, missing)], day)
        #expect(result.attained == Ratio(23, of: 23) && result.counts.missing == 1)
    }

    /// 99 % until noon of the 3rd, 95 % from then on, of 48 hourly slots: 36 x 0.01 + 12 x 0.05 = 0.96 may be bad.
    @Test func aTargetThatIsChangedCountsFromThen() throws {
        let period = Instants.range("2026-03-02", "2026-03-04")
        let noon = Instants.at("2026-03-03 12:00")
        let promised = try objective("95%")
        func result(_ second: String) throws -> ObjectiveResult {
            let checks = [
                history(
                    Self.hourly, hours("pppppppppppppppppppppppp", on: "2026-03-02") + hours(second, on: "2026-03-03"))
            ]
            return ObjectiveJudge(period: period, asOf: Instants.at("2026-04-01"), zone: .utc).judge(
                promised,
                [
                    ObjectiveVersion(
                        range: TimeRange(period.from, noon), target: try #require(TargetShare("99%")), members: checks),
                    ObjectiveVersion(range: TimeRange(noon, period.to), target: promised.target, members: checks),
                ])
        }
        let one = try result("ppppppppppppppppppfppppp")
        #expect(one.attained == Ratio(47, of: 48) && one.planned == 48 && one.targets.map(\.percent) == ["99", "95"])
        #expect(one.versions.map(\.budget.attained) == [Ratio(36, of: 36), Ratio(11, of: 12)])
        // One of 0.96: 104.2 per cent, rounded up. 97.916 % would have met 95 % and missed 99 %.
        #expect(one.budget.spentTenths(ofPeriod: true) == 1042 && one.verdict == .missed && one.hasSpentBudget)
        #expect(try result("pppppppppppppppppppppppp").verdict == .met)
        // Checks that come and go count while they are promised.
        let versions = try #require(
            AgreementVersions([
                version("99%", ["a", "b"], "2026-01-01"), version("95%", ["a"], "2026-03-03 12:00"),
                version("95%", ["a", "c"], "2026-04-10"),
            ]))
        let parts = versions.objectives(in: period)[0].parts
        #expect(parts.map(\.members) == [["a", "b"], ["a"]] && parts.map(\.range.to) == [noon, period.to])
        #expect(
            versions.changes(in: period).map(\.text) == ["o: target 99 % → 95 %", "o: checks − b"]
                && versions.last(before: period.to).members == [["a"]])
    }

    private func version(_ target: String, _ members: [String], _ from: String) throws -> AgreementVersion {
        let objective = try objective(target)
        return AgreementVersion(
            Agreement(name: "s", objectives: [objective]), members: [members], from: Instants.at(from))
    }

    /// What is filled in afterwards is shown beside what was seen: a missing and a bad slot, both good today.
    @Test func backfillsRestateAndRepairNothing() throws {
        var seen = history(Self.hourly, hours("ppppf.pppppppppppppppppp", on: "2026-03-02"))
        seen.restatements = [
            Restatement(
                window: Instants.range("2026-03-02 04:00", "2026-03-02 06:00"),
                result: Observation(.pass, .backfill, observedAt: Instants.at("2026-03-20")))
        ]
        let judge = ObjectiveJudge(period: day, asOf: Instants.at("2026-03-21"), zone: .utc)
        let result = judge.judge(try objective(), [seen])
        // The missing slot is behind a bad one and counts as bad.
        #expect(result.attained == Ratio(22, of: 24) && result.restated == Ratio(24, of: 24))
        let before = ObjectiveJudge(period: day, asOf: Instants.at("2026-03-19"), zone: .utc).judge(
            try objective(), [seen])
        #expect(before.restated == Ratio(22, of: 24))
    }

    /// 40 of 100 slots may be bad of 1000 at 90 %; 40 were in the first 500, 10 of the last 50: 140 will be, 1.4 budgets.
    @Test func thePaceIsProjected() {
        let budget = ErrorBudget(
            target: TargetShare(numerator: 9, denominator: 10), attained: Ratio(460, of: 500), planned: 1000)
        #expect(
            budget.projectedTenths(at: Ratio(40, of: 50)) == 1400
                && budget.projectedTenths(at: Ratio(50, of: 50)) == 400)
        #expect(budget.projectedTenths(at: .none) == nil && budget.allowedOfPeriod == 100)
    }

    @Test func aMonthWithAClockChangeHoursAndAnExclusion() throws {
        let zone = Instants.berlin
        let schedule = Schedule(rhythm: .cron("0 * * * *", zone: "Europe/Berlin"), grace: .seconds(900))
        let month = TimeRange(Instants.at("2026-02-28 23:00"), Instants.at("2026-03-31 22:00"))
        let plan = SlotPlan(
            [.init(from: Instants.at("2026-01-01"), schedule: schedule)], zones: ["Europe/Berlin": zone])
        let due = plan.slots(in: month).map(\.due)
        #expect(due.count == 743)
        // Every 10th is bad.
        let observations = due.enumerated().map { index, instant in
            Observation(index % 10 == 9 ? .fail : .pass, slot: instant, observedAt: instant)
        }
        let checks = [
            CheckHistory(
                check: "c", dataset: "d", plan: plan, results: observations.map(ObservationRun.init))
        ]
        let all = judge(try objective("90%"), checks, month, zone: zone)
        #expect(all.attained == Ratio(669, of: 743) && all.verdict == .met && all.days.count == 31)
        #expect(all.days[28].counts.due == 23)
        // March 10th is excluded: slots 217 to 240 of the month, of which the 220th, 230th and 240th are bad, of 74.
        let day = TimeRanges(Instants.range("2026-03-09 23:00", "2026-03-10 23:00"))
        let excluded = judge(try objective("90%"), checks, month, zone: zone, exclusions: day)
        #expect(excluded.counts.excluded == 24 && excluded.attained == Ratio(648, of: 719))
        #expect(excluded.withoutExclusions == Ratio(669, of: 743) && excluded.planned == 719)
        // Monday to Friday from 8 to 18, without the 6th: 21 days of 10 hours.
        let holiday = try #require(CivilDate("2026-03-06"))
        let hours = try #require(BusinessHours("Mon-Fri 08:00-18:00", holidays: [holiday]))
        let business = hours.instants(in: month, zone: zone)
        #expect(business.length == 21 * 10 * 3_600_000_000)
        let working = judge(try objective("90%"), checks, month, zone: zone, hours: business)
        #expect(working.counts.due == 210 && working.attained.total == 210)
        #expect(working.attained.bad == observations.count { $0.outcome == .fail && business.contains($0.observedAt) })
    }

    @Test func rowsSlicesAndSlotsAreThreeNumbers() throws {
        // Four hours: 990 of 1000, 5 of 10, 0 of 1, 100 of 100 rows; the second and third fail.
        let rows = [Ratio(990, of: 1000), Ratio(5, of: 10), Ratio(0, of: 1), Ratio(100, of: 100)]
        let checks = [history(Self.hourly, hours("pffp", on: "2026-03-02", rows: rows))]
        let period = Instants.range("2026-03-02", "2026-03-02 04:00")
        #expect(judge(try objective("90%", .rows), checks, period).attained == Ratio(1095, of: 1111))
        #expect(judge(try objective("90%"), checks, period).attained == Ratio(2, of: 4))
        var slices = try objective("50%", .timeslices)
        slices.slice = .seconds(7200)
        #expect(judge(slices, checks, period).attained == Ratio(0, of: 2))
        slices.sliceTarget = try #require(TargetShare("50%"))
        #expect(judge(slices, checks, period).attained == Ratio(2, of: 2) && judge(slices, checks, period).planned == 2)
        // A slice in which nothing is due is none.
        slices.slice = .seconds(1800)
        #expect(judge(slices, checks, period).attained == Ratio(2, of: 4))
    }

    @Test func withoutAnythingThereIsNoVerdict() throws {
        let never = judge(try objective(), [], day)
        #expect(never.attained == .none && never.attained.percent() == nil && never.verdict == .insufficientEvidence)
        #expect(never.budget.remainingPercent() == nil && never.planned == 0)
        let silent = judge(try objective(), [history(Self.hourly, [])], day)
        #expect(silent.counts.missing == 24 && silent.counts.coverage == Ratio(0, of: 24))
        #expect(silent.verdict == .insufficientEvidence && silent.planned == 24)
        // Who says that no evidence is a failure gets one.
        var strict = try objective("99%", .occurrences, .asBad)
        strict.coverage = try #require(TargetShare("0%"))
        #expect(judge(strict, [history(Self.hourly, [])], day).verdict == .missed)
    }

    @Test func numbersAreNeverRoundedTowardsSuccess() throws {
        #expect(
            Ratio(98997, of: 100_000).percent(digits: 2) == "98.99"
                && Ratio(999_999, of: 1_000_000).percent() == "99.999")
        #expect(Ratio(2, of: 3).percent(digits: 0) == "66" && Ratio(5, of: 5).percent() == "100.000")
        let big = Ratio(9_007_199_254_740_993, of: 9_007_199_254_740_994)
        #expect(big.percent(digits: 3) == "99.999" && big.reaches(TargetShare(numerator: 1, denominator: 1)) == false)
        let target = try #require(TargetShare("99.5%"))
        #expect(Ratio(995, of: 1000).reaches(target) == true)
        #expect(Ratio(9949, of: 10000).reaches(target) == false)
        #expect(
            TargetShare("99.5 %")?.percent == "99.5" && TargetShare("0.9999")?.percent == "99.99"
                && TargetShare("100%")?.allowsNothing == true)
        #expect(TargetShare("99.5%")?.decimal == "0.995")
        // What is read can be written and read again.
        for text in ["99.999999%", "99.5000000%", "0.999999999", "100%", "0%"] {
            let share = try #require(TargetShare(text))
            #expect(TargetShare(share.decimal)?.percent == share.percent, "\(text)")
        }
        for wrong in ["101%", "1.5", "-1%", "99,5%", "%", "", "99.%"] { #expect(TargetShare(wrong) == nil, "\(wrong)") }
    }
}

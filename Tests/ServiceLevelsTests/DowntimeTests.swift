import Checks
import ServiceLevels
import Testing

/// How long data were bad, and what is known of it.
struct DowntimeTests {
    private func timeline(
        _ observations: [(String, Outcome)], _ range: TimeRange, asOf: String = "2027-01-01"
    ) -> StateTimeline {
        StateTimeline(
            observations.map { ObservationRun(Observation($0.1, observedAt: Instants.at($0.0))) }, in: range,
            asOf: Instants.at(asOf))
    }

    private func minutes(_ ranges: TimeRanges) -> Int { ranges.length / 60_000_000 }

    @Test func aFailureLastsUntilItIsKnownToBeOver() {
        let day = Instants.range("2026-03-02", "2026-03-03")
        let seen = timeline(
            [
                ("2026-03-02 00:00", .pass), ("2026-03-02 01:00", .fail), ("2026-03-02 02:00", .error),
                ("2026-03-02 03:00", .fail),
                ("2026-03-02 05:00", .warn), ("2026-03-02 06:00", .pass),
            ], day)
        #expect(seen.bad.ranges == [Instants.range("2026-03-02 01:00", "2026-03-02 05:00")])
        let failure = seen.failures.first
        #expect(seen.failures.count == 1 && failure?.lastGood == Instants.at("2026-03-02 00:00"))
        #expect(
            failure?.lastBad == Instants.at("2026-03-02 03:00") && failure?.firstGood == Instants.at("2026-03-02 05:00")
        )
    }

    @Test func anOpenFailureEndsWithThePeriodAndGoesOnInTheNext() {
        let observations: [(String, Outcome)] = [
            ("2026-03-31 22:00", .pass), ("2026-03-31 23:00", .fail), ("2026-04-01 02:00", .pass),
        ]
        let march = timeline(observations, Instants.range("2026-03-01", "2026-04-01"))
        #expect(minutes(march.bad) == 60)
        let april = timeline(observations, Instants.range("2026-04-01", "2026-05-01"))
        #expect(minutes(april.bad) == 120)
        // By what was known on the day itself it is not over.
        let open = timeline(observations, Instants.range("2026-03-01", "2026-04-01"), asOf: "2026-03-31 23:30")
        #expect(minutes(open.bad) == 30 && open.failures.last?.firstGood == nil)
    }

    /// Two checks that fail at times together, over the edge of a month: 420 minutes of a dataset, 480 of its checks.
    @Test func aDatasetIsDownOnceNotTwice() {
        let march = Instants.range("2026-03-01", "2026-04-01")
        let one = timeline(
            [
                ("2026-02-28 22:00", .fail), ("2026-03-01 03:00", .pass), ("2026-03-10 10:00", .fail),
                ("2026-03-10 12:00", .pass),
            ], march)
        let two = timeline(
            [
                ("2026-03-10 11:00", .fail), ("2026-03-10 13:00", .pass), ("2026-03-31 23:00", .fail),
                ("2026-04-01 05:00", .pass),
            ], march)
        func down(_ timelines: [StateTimeline], _ eligible: TimeRanges) -> Downtime {
            Downtime(
                dataset: "d", timelines.map { Downtime.Member($0, eligible: eligible) }, in: march)
        }
        let whole = down([one, two], TimeRanges(march))
        #expect(whole.length / 60_000_000 == 420 && whole.sum / 60_000_000 == 480)
        // What is excluded, or out of hours, is no downtime.
        let rest = TimeRanges(march).subtracting(TimeRanges(Instants.range("2026-03-10 10:30", "2026-03-10 11:30")))
        let less = down([one, two], rest)
        #expect(less.length / 60_000_000 == 360 && less.least <= less.length && less.length <= less.most)
    }

    @Test func slotsAndTimeAgreeWhereNothingIsMissing() {
        // With a whole regular schedule the share of good slots is the share of good time.
        let start = Instants.at("2026-03-02")
        let observations = (0..<48).map { index in
            Observation(
                index % 7 == 3 ? .fail : .pass,
                slot: Timestamp(microseconds: start.microseconds + index * 1_800_000_000),
                observedAt: Timestamp(microseconds: start.microseconds + index * 1_800_000_000))
        }
        let runs = observations.map(ObservationRun.init)
        let day = Instants.range("2026-03-02", "2026-03-03")
        let plan = SlotPlan(
            [.init(from: start, schedule: Schedule(rhythm: .every(.seconds(1800))))], zones: [:])
        let objective = Objective("o", checks: [], target: TargetShare(numerator: 9, denominator: 10))
        let result = ObjectiveJudge(period: day, asOf: Instants.at("2026-03-04"), zone: .utc)
            .judge(objective, [CheckHistory(check: "c", dataset: "d", plan: plan, results: runs)])
        let time = StateTimeline(runs, in: day, asOf: Instants.at("2026-03-04"))
        #expect(result.attained == Ratio(41, of: 48))
        #expect(time.bad.length * 48 == day.length * 7)
    }

    @Test func setsOfInstantsAreExact() {
        func set(_ pairs: [(Int, Int)]) -> TimeRanges {
            TimeRanges(pairs.map { TimeRange(Timestamp(microseconds: $0.0), Timestamp(microseconds: $0.1)) })
        }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            func random() -> [(Int, Int)] {
                (0..<6).map { _ in
                    let from = Int.random(in: 0..<60, using: &generator)
                    return (from, from + Int.random(in: 0..<12, using: &generator))
                }
            }
            let (a, b) = (random(), random())
            func instants(_ pairs: [(Int, Int)]) -> Set<Int> { Set(pairs.flatMap { Array($0.0..<$0.1) }) }
            func instants(_ ranges: TimeRanges) -> Set<Int> {
                Set(ranges.ranges.flatMap { Array($0.from.microseconds..<$0.to.microseconds) })
            }
            let (one, two) = (set(a), set(b))
            #expect(instants(one) == instants(a) && one.length == instants(a).count)
            #expect(instants(one.union(two)) == instants(a).union(instants(b)))
            #expect(instants(one.intersection(two)) == instants(a).intersection(instants(b)))
            #expect(instants(one.subtracting(two)) == instants(a).subtracting(instants(b)))
            for instant in 0..<75 {
                #expect(one.contains(Timestamp(microseconds: instant)) == instants(a).contains(instant))
            }
        }
    }
}

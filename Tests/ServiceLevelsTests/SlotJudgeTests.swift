import Checks
import ServiceLevels
import Testing

/// Runs of slots are judged as their slots are, one by one.
struct SlotJudgeTests {
    private static let hour = 3_600_000_000
    private static let range = Instants.range("2026-03-27", "2026-03-31")

    /// Schedules that follow each other, or a single one.
    private func plan(_ generator: inout SeededGenerator) -> SlotPlan {
        let schedules: [Schedule?] = [
            Schedule(rhythm: .every(.seconds(900)), grace: .seconds(300)), Schedule(rhythm: .every(.seconds(1800))),
            Schedule(rhythm: .cron("0 */2 * * *", zone: "Europe/Berlin"), grace: .seconds(7200)),
            Schedule(rhythm: .cron("15,45 1-4 * * *", zone: "Europe/Berlin")), nil,
        ]
        let count = Int.random(in: 1...3, using: &generator)
        let versions = (0..<count).map { index in
            SlotPlan.Version(
                from: Timestamp(
                    microseconds: Self.range.from.microseconds - 7 * Self.hour
                        + index * Int.random(in: 1...40, using: &generator) * Self.hour
                        + (index == 0 ? 0 : Int.random(in: 0..<Self.hour, using: &generator))),
                schedule: index == 0
                    ? schedules[Int.random(in: 0...3, using: &generator)] : schedules.picked(by: &generator))
        }
        return SlotPlan(versions, zones: ["Europe/Berlin": Instants.berlin])
    }

    /// Results that are mostly regular: some are missing, late, repeated, between the slots, or say nothing.
    private func observations(_ slots: [SlotPlan.Slot], _ generator: inout SeededGenerator) -> [Observation] {
        let trouble = [0, 2, 30].picked(by: &generator)
        var state = Outcome.pass
        return slots.flatMap { slot -> [Observation] in
            func happens(_ perCent: Int) -> Bool {
                Int.random(in: 0..<100, using: &generator) < perCent * trouble / 10
            }
            if happens(10) { return [] }
            if happens(10) { state = state == .pass ? .fail : .pass }
            let lag = happens(10) ? Int.random(in: 0..<2 * Self.hour, using: &generator) : 30_000_000
            let observed = Timestamp(microseconds: slot.due.microseconds + (happens(3) ? lag : 1_000_000))
            let finished = Timestamp(microseconds: slot.due.microseconds + lag + 1_000_000)
            let rows = Ratio(Int.random(in: 0...9, using: &generator), of: 9)
            var first = Observation(
                happens(5) ? .error : state, slot: happens(5) ? nil : slot.due, observedAt: observed,
                finishedAt: finished, rows: state == .fail && trouble > 2 ? nil : rows)
            if happens(2) { first.slot = Timestamp(microseconds: slot.due.microseconds + 60_000_000) }
            guard happens(10) else { return [first] }
            var again = first
            again.trigger = [.retry, .manual, .backfill, .scheduled].picked(by: &generator)
            again.outcome = Outcome.allCases.picked(by: &generator)
            again.observedAt = Timestamp(
                microseconds: observed.microseconds + Int.random(in: 1...3, using: &generator) * Self.hour / 2)
            again.finishedAt = again.observedAt
            again.recordedAt = again.observedAt
            return [first, again]
        }
    }

    @Test(arguments: 0..<400)
    func runsAreWhatTheirSlotsAre(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let plan = plan(&generator)
        let (slots, grid) = (plan.slots(in: Self.range), plan.grid(in: Self.range))
        #expect(grid.count == slots.count && (0..<grid.count).map { grid.due($0) } == slots.map(\.due))
        #expect((0..<grid.count).map { grid.deadline($0) } == slots.map(\.deadline))
        let observations = observations(slots, &generator)
        let asOf = Timestamp(
            microseconds: Self.range.from.microseconds + Int.random(in: 0..<Self.range.length, using: &generator))
        let excluded =
            Bool.random(using: &generator)
            ? TimeRanges() : TimeRanges(Instants.range("2026-03-28 02:10", "2026-03-28 19:00"))
        let policy = UnknownPolicy.allCases.picked(by: &generator)
        let judge = SlotJudge(policy: policy, asOf: asOf, excluded: excluded)
        let singles = observations.map(ObservationRun.init)
        let merged = ObservationRun.merged(
            singles.filter { $0.lastRecorded <= asOf }, on: grid)
        #expect(merged.count <= singles.count)
        // All of the time, and a part of it with results from before: what is later has slots of its own in both.
        for from in [Self.range.from, Instants.at("2026-03-28 01:10")] {
            let (slots, grid) = (
                plan.slots(in: TimeRange(from, Self.range.to)), plan.grid(in: TimeRange(from, Self.range.to))
            )
            let slotwise = SlotBySlot(policy: policy, asOf: asOf, excluded: excluded)
                .judge(slots.filter { $0.due < asOf }, observations)
            for runs in [judge.judge(grid, singles), judge.judge(grid, merged)] {
                let spread = runs.flatMap { run in
                    run.indices.map { index in
                        let rows =
                            run.rows.isEmpty ? nil : run.rows[run.rows.startIndex + index - run.indices.lowerBound]
                        return JudgedSlot(
                            slot: slots[index], verdict: run.verdict, counts: run.counts, isTimely: run.isTimely,
                            rows: rows)
                    }
                }
                #expect(spread.count == slotwise.count)
                for (one, other) in zip(spread, slotwise) where one != other {
                    Issue.record("seed \(seed), \(one.slot.due.minutesText): \(one) is not \(other)")
                    return
                }
            }
        }
    }

    @Test func aQuietMonthIsOneRun() throws {
        let plan = SlotPlan(
            [
                .init(
                    from: Instants.at("2026-01-01"),
                    schedule: Schedule(rhythm: .every(.seconds(900)), grace: .seconds(300)))
            ],
            zones: [:])
        let grid = plan.grid(in: Instants.range("2026-03-01", "2026-04-01"))
        #expect(grid.count == 31 * 96 && grid.runs.count <= 2)
        let results = (0..<grid.count).map { index in
            ObservationRun(Observation(.pass, slot: grid.due(index), observedAt: grid.due(index)))
        }
        let merged = ObservationRun.merged(results, on: grid)
        #expect(merged.count == 1 && merged[0].count == 31 * 96)
        let runs = SlotJudge(policy: .stickyBad, asOf: Instants.at("2026-05-01")).judge(grid, merged)
        #expect(runs.count == grid.runs.count && runs.allSatisfy { $0.verdict == .good && $0.isTimely == true })
    }
}

/// Numbers that are the same for the same seed (xorshift64*).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_f491_4f6c_dd1d
    }
}

extension Array {
    /// One of the elements; there has to be one.
    fileprivate func picked(by generator: inout SeededGenerator) -> Element {
        self[Int.random(in: 0..<count, using: &generator)]
    }
}

import Checks
import ServiceLevels
import Testing

/// When checks are due, on clocks that are changed.
struct ScheduleTests {
    private func instants(_ cron: String, _ range: TimeRange, _ zone: ZoneRules) throws -> [String] {
        try #require(CronExpression(cron)).instants(in: range, zone: zone).map(\.minutesText)
    }

    @Test func fixedTimesAreOncePerDay() throws {
        let cases: [(ZoneRules, String, TimeRange, [String])] = [
            // 02:30 does not exist on March 29th: it comes when the clocks skip it.
            (
                Instants.berlin, "30 2 * * *", Instants.range("2026-03-28", "2026-03-31"),
                ["2026-03-28 01:30Z", "2026-03-29 01:00Z", "2026-03-30 00:30Z"]
            ),
            // 02:30 comes twice on October 25th: the first time counts.
            (
                Instants.berlin, "30 2 * * *", Instants.range("2026-10-24", "2026-10-27"),
                ["2026-10-24 00:30Z", "2026-10-25 00:30Z", "2026-10-26 01:30Z"]
            ),
            (
                Instants.newYork, "30 1 * * *", Instants.range("2026-11-01", "2026-11-03"),
                ["2026-11-01 05:30Z", "2026-11-02 06:30Z"]
            ),
            // Midnight itself does not exist.
            (
                Instants.santiago, "0 0 * * *", Instants.range("2026-09-05", "2026-09-08"),
                ["2026-09-05 04:00Z", "2026-09-06 04:00Z", "2026-09-07 03:00Z"]
            ),
            // Half an hour.
            (
                Instants.lordHowe, "15 2 * * *", Instants.range("2026-10-02", "2026-10-05"),
                ["2026-10-02 15:45Z", "2026-10-03 15:30Z", "2026-10-04 15:15Z"]
            ),
        ]
        for (zone, cron, range, wanted) in cases {
            #expect(try instants(cron, range, zone) == wanted, "\(zone.name) \(cron)")
        }
    }

    @Test func everyHourGoesOnAsTimeDoes() throws {
        for (zone, day, count) in [
            (Instants.berlin, ("2026-03-28 23:00", "2026-03-29 22:00"), 23),
            (Instants.berlin, ("2026-10-24 22:00", "2026-10-25 23:00"), 25),
            (Instants.newYork, ("2026-03-08 05:00", "2026-03-09 04:00"), 23),
        ] {
            #expect(try instants("0 * * * *", Instants.range(day.0, day.1), zone).count == count)
        }
        // The hour of half an hour is due where its clock shows a whole hour.
        let hours = try instants("0 * * * *", Instants.range("2026-10-03 14:00", "2026-10-03 18:00"), Instants.lordHowe)
        #expect(hours == ["2026-10-03 14:30Z", "2026-10-03 16:00Z", "2026-10-03 17:00Z"])
    }

    @Test func expressionsAreReadAsCronDoes() throws {
        let month = Instants.range("2026-06-01", "2026-07-01")
        #expect(try instants("0 6 13 * 5", month, .utc).count == 5)
        #expect(try instants("0 6 13 * *", month, .utc) == ["2026-06-13 06:00Z"])
        #expect(try instants("0 6 * * mon-fri", month, .utc).count == 22)
        #expect(try instants("*/20 8-9 1 jun *", month, .utc).count == 6)
        #expect(try instants("5/25 0 1 6 *", month, .utc).map { $0.suffix(6) } == ["00:05Z", "00:30Z", "00:55Z"])
        #expect(try instants("@weekly", month, .utc).count == 4)
        for wrong in [
            "0 30 * * *", "* * * *", "a * * * *", "0 0 31 2 *", "0 0 * * 8", "5-1 * * * *", "*/0 * * * *", "",
        ] {
            #expect(CronExpression(wrong) == nil, "\(wrong)")
        }
    }

    @Test func intervalsDoNotDependOnWhenSomebodyLooks() {
        let hourly = SlotPlan(
            [
                .init(
                    from: Instants.at("2026-01-01"),
                    schedule: Schedule(rhythm: .every(.seconds(3600)), grace: .seconds(900)))
            ],
            zones: [:])
        let slots = hourly.slots(in: Instants.range("2026-03-01 00:20", "2026-03-01 03:00"))
        #expect(slots.map(\.due.minutesText) == ["2026-03-01 01:00Z", "2026-03-01 02:00Z"])
        #expect(slots[0].end == slots[1].due && slots[0].deadline == Instants.at("2026-03-01 01:15"))
        // Another schedule takes over where it begins, and none before the first.
        let changed = SlotPlan(
            [
                .init(from: Instants.at("2026-03-01"), schedule: Schedule(rhythm: .every(.seconds(3600)))),
                .init(
                    from: Instants.at("2026-03-01 02:30"), schedule: Schedule(rhythm: .cron("0 */12 * * *", zone: nil))),
                .init(from: Instants.at("2026-03-03"), schedule: nil),
            ], zones: [:])
        let all = changed.slots(in: Instants.range("2026-02-01", "2026-04-01"))
        #expect(
            all.map(\.due.minutesText) == [
                "2026-03-01 00:00Z", "2026-03-01 01:00Z", "2026-03-01 02:00Z", "2026-03-01 12:00Z", "2026-03-02 00:00Z",
                "2026-03-02 12:00Z",
            ])
        #expect(all[2].end == Instants.at("2026-03-01 02:30") && all[5].end == Instants.at("2026-03-03"))
    }

    @Test func monthsAreAsLongAsTheyAre() {
        func hours(_ zone: ZoneRules, _ year: Int, _ month: Int) -> Int {
            let first = CivilDate(year: year, month: month, day: 1)
            return TimeRange(
                zone.instant(LocalTime(first)), zone.instant(LocalTime(first.firstOfMonth(advancedBy: 1)))
            ).length / 3_600_000_000
        }
        #expect(hours(Instants.berlin, 2026, 3) == 743 && hours(Instants.berlin, 2026, 10) == 745)
        #expect(hours(.utc, 2026, 2) == 672 && hours(.utc, 2024, 2) == 696)
        for days in stride(from: -400_000, through: 400_000, by: 997) {
            let date = CivilDate(days: days)
            #expect(
                CivilDate(year: date.year, month: date.month, day: date.day) == date
                    && CivilDate(date.text)?.days ?? days == days)
        }
        #expect(CivilDate("2026-02-29") == nil && CivilDate("2026-2-01") == nil)
        #expect(CivilDate("2026-11-21")?.weekday == 6)
    }
}

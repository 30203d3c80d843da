import Checks
import Postgres
import Results
import ServiceLevels
import StructuredSQL
import TestSupport
import Testing

/// Roll-ups say what the measurements say, however those came, and at every instant.
struct RollUpTests {
    private static let checks = ["d.regular", "d.odd"]
    private static let start = CivilDate(year: 2026, month: 3, day: 2).days * 86_400_000_000
    private static let hour = 3_600_000_000

    /// Writes results one statement after another, as runs do: mostly regular ones, and some of everything else.
    private func statements(seed: Int) -> [[SQL]] {
        var generator = Linear(state: UInt64(seed) &* 2_654_435_761 + 1)
        var statements: [[SQL]] = []
        for slot in 0..<60 {
            for check in Self.checks {
                let isOdd = check == "d.odd"
                func happens(_ perCent: Int) -> Bool {
                    Int.random(in: 0..<100, using: &generator) < (isOdd ? perCent : perCent / 20)
                }
                if happens(10) { continue }
                let due = Self.start + slot * Self.hour
                let outcome = happens(20) ? "fail" : happens(10) ? "error" : "pass"
                let trigger = happens(10) ? "manual" : happens(10) ? "retry" : happens(5) ? "backfill" : "scheduled"
                let observed =
                    due + 1_000_000 + (happens(10) ? Int.random(in: 0..<3 * Self.hour, using: &generator) : 0)
                let finished = observed + (happens(20) ? Self.hour : 5_000_000)
                let recorded = finished + (happens(10) ? 30 * Self.hour : 0)
                let hasRows = outcome != "error" && !happens(10)
                statements.append(
                    insert(
                        check, run: statements.count, outcome, trigger, slot: trigger == "manual" ? nil : due, observed,
                        finished, recorded, rows: hasRows ? (slot % 7, 7 + slot % 5) : nil))
            }
        }
        // Some become known in another order than they were seen in.
        for index in statements.indices.dropLast(3) where Int.random(in: 0..<12, using: &generator) == 0 {
            statements.swapAt(index, index + 3)
        }
        return statements
    }

    /// A run and its measurement, each by a statement of its own.
    private func insert(
        _ check: String, run: Int, _ outcome: String, _ trigger: String, slot: Int?, _ observed: Int, _ finished: Int,
        _ recorded: Int, rows: (good: Int, total: Int)?
    ) -> [SQL] {
        func at(_ instant: Int?) -> SQL { "\(bind: instant.map { Timestamp(microseconds: $0).text })::timestamptz" }
        let id: SQL = "md5(\(bind: "\(check) \(run)"))::uuid"
        return [
            """
            INSERT INTO assay.run (run_id, target, server, database, role, trigger, slot, snapshot, observed_at, assay_version,
                definitions_sha256)
            VALUES (\(id), 'test', '', '', '', \(bind: trigger), \(at(slot)), 'none', \(at(observed)), '', '')
            """,
            """
            INSERT INTO assay.measurement (run_id, check_id, definition_id, dataset, kind, columns, outcome, severity, dimension, tags,
                good, total, trigger, slot, observed_at, finished_at, recorded_at)
            VALUES (\(id), \(bind: check), (SELECT min(id) FROM assay.definition), 'd', 'k', '{}', \(bind: outcome), 'now', 'value', '{}',
                \(bind: rows.map { String($0.good) })::int8, \(bind: rows.map { String($0.total) })::int8, \(bind: trigger), \(at(slot)), \(at(observed)), \(at(finished)),
                \(at(recorded)))
            """,
        ]
    }

    /// What an objective of each method comes to, and when the checks were bad.
    private func figures(
        _ connection: Connection, asOf: Timestamp, _ source: ObservationReader.Source
    ) async throws -> (results: [ObjectiveResult], timelines: [StateTimeline], isRolled: Bool) {
        let period = TimeRange(
            Timestamp(microseconds: Self.start + 4 * Self.hour), Timestamp(microseconds: Self.start + 50 * Self.hour))
        let plan = SlotPlan(
            [
                .init(
                    from: Timestamp(microseconds: Self.start - 100 * Self.hour),
                    schedule: Schedule(rhythm: .every(.seconds(3600)), grace: .seconds(600)))
            ], zones: [:])
        let reader = ObservationReader(
            connection: connection, schema: "assay", target: "test", asOf: asOf, source: source)
        let range = TimeRange(
            Timestamp(microseconds: period.from.microseconds - ObjectiveJudge.lookBack),
            Timestamp(microseconds: period.to.microseconds + ObjectiveJudge.lookAhead))
        let results = try await reader.results(
            of: Self.checks.map { .init(check: $0, grid: plan.grid(in: range), needsRows: true) },
            in: TimeRange(period.from, Timestamp(microseconds: period.to.microseconds + 20 * Self.hour)))
        let histories = Self.checks.map {
            CheckHistory(check: $0, dataset: "d", plan: plan, results: results[$0] ?? [])
        }
        let judge = ObjectiveJudge(period: period, asOf: asOf, zone: .utc)
        let target = TargetShare(numerator: 9, denominator: 10)
        let judged = Objective.Method.allCases.map {
            judge.judge(Objective($0.rawValue, checks: [], target: target, method: $0), histories)
        }
        return (
            judged, histories.map { StateTimeline($0.results, in: period, asOf: asOf) },
            histories.contains { $0.results.contains { $0.count > 5 } }
        )
    }

    /// A failure that nobody looked at again until the month had begun goes on into it, whatever came first then.
    @Test(arguments: [ObservationReader.Source.rollups, .measurements])
    func whatWasBadBeforeGoesOn(source: ObservationReader.Source) async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            _ = try await Migrator(connection: connection, schema: "assay").migrate()
            _ = try await connection.rows(ofEach: [
                "SELECT assay.ensure_month('2026-02-01'), assay.ensure_month('2026-03-01')",
                "INSERT INTO assay.definition (check_id, sha256, body) VALUES ('d', repeat('0', 64), '{}')",
            ])
            // Bad from four days before the range on, good again twelve hours after it has begun.
            for (run, (hours, outcome)) in [(-100, "pass"), (-96, "fail"), (-95, "fail"), (16, "pass")].enumerated() {
                let due = Self.start + hours * Self.hour
                _ = try await connection.rows(
                    ofEach: insert("d.odd", run: run, outcome, "scheduled", slot: due, due, due, due, rows: nil))
            }
            let asOf = Timestamp(microseconds: Self.start + 100 * Self.hour)
            let figures = try await figures(connection, asOf: asOf, source)
            // Slots 4 to 15 are bad, one is good, and nothing is known of the others.
            #expect(figures.results[0].attained == Ratio(1, of: 13))
            let failure = try #require(figures.timelines[1].failures.first)
            #expect(failure.firstBad.microseconds == Self.start - 96 * Self.hour)
            #expect(figures.timelines[1].bad.length == 12 * Self.hour)
            await connection.close()
        }
    }

    @Test(arguments: 0..<6)
    func rollUpsAreWhatTheMeasurementsAre(seed: Int) async throws {
        try await TestServer.withDatabase { database in
            let connection = try await Connection.open(database.settings)
            _ = try await Migrator(connection: connection, schema: "assay").migrate()
            let rollUp = RollUp(connection: connection, schema: "assay")
            _ = try await connection.rows(ofEach: [
                "SELECT assay.ensure_month('2026-03-01'), assay.ensure_month('2026-04-01')",
                "INSERT INTO assay.definition (check_id, sha256, body) VALUES ('d', repeat('0', 64), '{}')",
            ])
            let statements = statements(seed: seed)
            for (index, pair) in statements.enumerated() {
                _ = try await connection.rows(ofEach: pair)
                if index % 3 == seed % 3 { try await rollUp.step() }
                guard index % 20 == 19 || index == statements.count - 1 else { continue }
                // By what is known in the end, and by what was known before.
                for hours in [10, 31, 52, 200] {
                    let asOf = Timestamp(microseconds: Self.start + hours * Self.hour + 120_000_000)
                    let rolled = try await figures(connection, asOf: asOf, .rollups)
                    let measured = try await figures(connection, asOf: asOf, .measurements)
                    #expect(rolled.results == measured.results, "seed \(seed), \(index) results, after \(hours) hours")
                    #expect(zip(rolled.results, measured.results).allSatisfy { $0.days == $1.days })
                    #expect(rolled.timelines == measured.timelines)
                }
            }
            try await rollUp.complete()
            let end = Timestamp(microseconds: Self.start + 400 * Self.hour)
            let last = try await figures(connection, asOf: end, .rollups)
            let measured = try await figures(connection, asOf: end, .measurements)
            #expect(last.isRolled && last.results == measured.results)
            // What goes on where the last run ends is no mark.
            let counts = try await connection.row(
                "SELECT count(*), sum(results), (SELECT count(*) FROM assay.measurement), (SELECT count(*) FROM assay.rollup_mark) FROM assay.rollup"
            )
            #expect(try counts.integer(1) == counts.integer(2) && counts.integer(0) < counts.integer(1))
            #expect(try counts.integer(3) == 0)
            await connection.close()
        }
    }
}

/// Numbers that are the same for the same seed (Knuth's linear congruential generator).
private struct Linear: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 33)
    }
}

import Checks
import ExactJSON
import Execution
import Planning
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// A backfill's steps give what each window by itself gives.
struct StepTests {
    private func summary(_ result: CheckResult) -> String {
        let rows = result.rows.sample.map(\.compactText).sorted()
        return """
            \(result.check.id) \(result.outcome) \(result.failing ?? -1)/\(result.total ?? -1) \(result.value ?? "-") \
            \(result.failure?.sqlState ?? "") \(result.groups?.json.compactText ?? "") \(result.rows.problem ?? "") \(rows)
            """
    }

    /// Any suite, with all steps in one run and each window in a run of its own.
    @Test(arguments: [2, 3, 5, 8, 13, 21])
    func anySuiteGivesTheSameInStepsAsInWindows(seed: UInt64) async throws {
        try await TestServer.withDatabase { database in
            var random = RandomSuite(seed: seed)
            try await database.execute(random.script())
            try await database.execute("ANALYZE")
            let checks = try TestProject.checks(random.suite(checkCount: 14)).filter { !($0.kind is Fresh) }
            let day = try await database.rows(
                "SELECT (current_date + i)::text, (current_date + i + 1)::text FROM generate_series(-3, 1) AS i")
            let steps = day.map { (from: $0[0] ?? "", to: $0[1] ?? "") }
            var settings = AuditSettings(jobs: 2, usesProofs: false, sampleSize: .max)
            settings.ignoresCosts = seed % 2 == 0
            let audit = try await Audit.begin(database.settings, checks: checks, settings: settings, steps: steps)
            try await audit.evaluate()
            try await audit.collectRows(into: nil)
            let together = await audit.finish()
            #expect(together.count == steps.count * checks.count)
            for (step, window) in steps.enumerated() {
                let alone = try await TestProject.run(checks, on: database, settings: settings, window: window)
                for (index, result) in alone.enumerated() {
                    let stepped = together[step * checks.count + index]
                    #expect(
                        summary(stepped) == summary(result), "seed \(seed), step \(step): \(result.check.definition)")
                }
            }
        }
    }

    @Test
    func stepsOfSimpleRowChecksAreOneScan() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE t AS SELECT i, timestamptz '2026-01-01Z' + i * interval '1 hour' AS at, i % 7 AS n
                FROM generate_series(0, 719) AS i; ANALYZE t
                """)
            let checks = try TestProject.checks(
                """
                dataset: t
                time: {column: at, zone: UTC}
                checks:
                  - {in_range: {column: n, max: 5}}
                  - {not_null: i}
                  - {expect: i >= 0, where: n = 1}
                  - {row_count: {equals: 24}}
                  - {avg: {column: n, max: 4}}
                """)
            let steps = (1...30).map { day in
                (
                    from: "2026-01-\(day < 10 ? "0" : "")\(day)",
                    to: day < 30 ? "2026-01-\(day < 9 ? "0" : "")\(day + 1)" : "2026-01-31"
                )
            }
            let audit = try await Audit.begin(
                database.settings, checks: checks,
                settings: AuditSettings(jobs: 1, usesProofs: false, sampleSize: .max),
                steps: steps)
            #expect(audit.plan.scans.count == 1)
            try await audit.evaluate()
            try await audit.collectRows(into: nil)
            let results = await audit.finish()
            #expect(results.filter { $0.check.kind is RowCount }.map(\.value) == Array(repeating: "24", count: 30))
            let failing = results.filter { $0.check.kind is InRange }.compactMap(\.failing)
            #expect(failing.reduce(0, +) == 102)
            #expect(results.filter { $0.check.kind is InRange }.map(\.rows.keptCount) == failing)
        }
    }
}

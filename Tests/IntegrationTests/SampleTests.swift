import CheckFiles
import Checks
import ExactJSON
import Execution
import Planning
import StructuredSQL
import TestSupport
import Testing

struct SampleTests {
    /// 100,000 rows, of which every 50th is negative.
    private static let table: SQL = """
        CREATE TABLE t AS SELECT i AS id, CASE WHEN i % 50 = 0 THEN -1 ELSE 1 END AS amount, i % 7 AS parent
        FROM generate_series(1, 100000) AS i;
        CREATE TABLE parents AS SELECT i AS id FROM generate_series(1, 6) AS i;
        CREATE VIEW seen AS SELECT * FROM t; ANALYZE t
        """

    private static let settings = AuditSettings(jobs: 2, sampleSize: .max)

    @Test(arguments: ["rows", "blocks"])
    func aSampleStandsForAllRowsAndItsRowsAreTheOnesThatFail(method: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let checks = try TestProject.checks(
                """
                dataset: t
                key: id
                keep: all
                sample: {percent: 10, method: \(method), seed: 1}
                columns:
                  amount: [{in_range: {min: 0}}, {in_range: {min: 0}, fail: percent > 5, id: some}]
                  parent: [{references: parents.id}]
                  id: [{in_range: {min: 1}}, unique]
                """)
            let first = try await TestProject.run(checks, on: database, settings: Self.settings)
            let truths = ["t.amount.in_range": 0.02, "t.some": 0.02, "t.parent.references": 1.0 / 7]
            for result in first where result.check.kindName != "unique" {
                let total = try #require(result.total)
                #expect((6000...14000).contains(total))
                #expect(result.rows.keptCount == (result.outcome == .fail ? result.failing : 0))
                #expect(result.rows.problem == nil)
                let estimate = try #require(result.estimate)
                let truth = truths[result.check.id] ?? 0
                #expect(estimate.low <= truth && truth <= estimate.high)
            }
            #expect(first.map(\.outcome) == [.fail, .pass, .fail, .pass, .pass])
            #expect(first[4].total == 100_000)
            #expect(first[4].estimate == nil)
            let again = try await TestProject.run(checks, on: database, settings: Self.settings)
            #expect(again.map(\.failing) == first.map(\.failing))
            #expect(
                again.map { $0.rows.sample.map(\.compactText).sorted() }
                    == first.map { $0.rows.sample.map(\.compactText).sorted() })
        }
    }

    /// `count > 1500` is about all rows, of which some 2,000 fail.
    @Test(arguments: [(1500, Outcome.fail), (2500, .pass)])
    func aCountIsProjectedOnAllRows(limit: Int, outcome: Outcome) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let checks = try TestProject.checks(
                "{dataset: t, columns: {amount: {in_range: {min: 0}, fail: count > \(limit), sample: 20}}}")
            let result = try await TestProject.run(checks, on: database, settings: Self.settings)[0]
            #expect(result.outcome == outcome)
            #expect((300...500).contains(result.failing ?? 0))
        }
    }

    /// A sample of a few rows says nothing, and one without rows less than that.
    @Test
    func aSmallTableIsLookedAtAsAWhole() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let checks = try TestProject.checks("{dataset: t, columns: {amount: {in_range: {min: 0}, sample: 0.5}}}")
            let result = try await TestProject.run(checks, on: database, settings: Self.settings)[0]
            #expect(result.total == 100_000)
            #expect(result.estimate == nil)
            var eager = Self.settings
            eager.ignoresCosts = true
            let nothing = try TestProject.checks(
                "{dataset: t, columns: {amount: {in_range: {min: 0}, sample: 0.00001}}}")
            let empty = try await TestProject.run(nothing, on: database, settings: eager)[0]
            #expect(empty.outcome == .error)
            #expect(empty.failure?.message == "the sample has no rows")
        }
    }

    @Test
    func aViewCannotBeSampled() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let checks = try TestProject.checks("{dataset: seen, sample: 1, columns: {amount: [not_null]}}")
            let result = try await TestProject.run(checks, on: database, settings: Self.settings)[0]
            #expect(result.failure?.message == "a view cannot be sampled")
        }
    }

    /// What fits is looked at as a whole; what does not is sampled where the suite allows it, and refused where not.
    @Test(arguments: [
        ("{cost: 1000000, over: sample}", [Outcome.fail, .pass], 100_000),
        ("{cost: 1000, over: sample}", [.fail, .error], 1),
        ("{cost: 1000}", [.error, .error], 0),
    ])
    func aBudgetMayFallToASample(budget: String, outcomes: [Outcome], total: Int) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let checks = try TestProject.checks(
                "{dataset: t, budget: \(budget), columns: {amount: {in_range: {min: 0}}, id: unique}}")
            let alone = try TestProject.checks(
                "{dataset: t, budget: \(budget), columns: {amount: {in_range: {min: 0}}}}")
            let both = try await TestProject.run(checks, on: database, settings: Self.settings)
            let result = try await TestProject.run(alone, on: database, settings: Self.settings)[0]
            #expect(result.outcome == outcomes[0])
            #expect(total == 1 ? result.estimate != nil : result.estimate == nil)
            #expect(total == 1 ? (1000...60_000).contains(result.total ?? 0) : (result.total ?? 0) == total)
            // Uniqueness needs all rows, and alone costs more than that; the other check is none the worse for it.
            #expect(both[0].outcome == outcomes[0])
            #expect(both[1].outcome == outcomes[1])
        }
    }

    @Test(arguments: [
        (
            "{dataset: t, sample: 0, checks: [{expect: x}]}",
            "a sample is more than 0 and less than 100 percent of the rows"
        ),
        ("{dataset: t, columns: {id: {unique: , sample: 5}}}", "\"sample\" changes nothing about unique"),
        ("{dataset: t, sample: {seed: 1}, checks: [{expect: x}]}", "\"sample\" needs a \"percent\""),
    ])
    func aSampleThatMeansNothingIsAMistake(suite: String, message: String) {
        let project = ProjectLoader.load([SourceFile(path: "t.yaml", text: suite)])
        #expect(project.diagnostics.map(\.message) == [message])
    }
}

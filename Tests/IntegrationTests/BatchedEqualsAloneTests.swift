import Checks
import ExactJSON
import Execution
import Planning
import StructuredSQL
import TestSupport
import Testing

struct BatchedEqualsAloneTests {
    /// What must not depend on company.
    private struct Finding: Equatable, CustomStringConvertible {
        var outcome: Outcome
        var failing: Int?
        var total: Int?
        var value: String?
        var rows: [String]
        var groups: String?
        var sqlState: String?

        init(_ result: CheckResult) {
            outcome = result.outcome
            failing = result.failing
            total = result.total
            // An age in seconds differs from run to run.
            value = result.check.kind is Fresh ? nil : result.value
            // What the catalog says of objects changes while tests run: ages, numbers of dead rows.
            let isOfRows = type(of: result.check.kind).definition.source == .rows
            rows = isOfRows ? result.rows.sample.map(\.compactText).sorted() : []
            groups = result.check.kind is Fresh ? nil : result.groups?.json.compactText
            sqlState = result.failure?.sqlState
        }

        var description: String {
            "\(outcome) \(failing.map(String.init) ?? "-")/\(total.map(String.init) ?? "-") \(value ?? "-") \(sqlState ?? "") \(groups ?? "") rows \(rows)"
        }
    }

    /// Any suite, fused and one check at a time, on any table, with any optimisations: the same outcomes, counts and rows.
    @Test(arguments: 1...24)
    func anySuiteGivesTheSameFusedAsAlone(seed: UInt64) async throws {
        try await TestServer.withDatabase { database in
            var random = RandomSuite(seed: seed)
            try await database.execute(random.script())
            // What ANALYZE found is known to others only after a moment.
            try await database.execute(
                """
                ANALYZE; DO $$ BEGIN PERFORM pg_stat_force_next_flush();
                EXCEPTION WHEN undefined_function THEN PERFORM pg_sleep(1); END $$
                """)
            let checks = try TestProject.checks(random.suite(checkCount: 10))
            let window = random.window()
            let plain = AuditSettings(
                jobs: seed % 2 == 0 ? 1 : 3, usesProofs: false, optimisations: [], sampleSize: .max)
            var eager = plain
            eager.ignoresCosts = true
            eager.optimisations = random.optimisations()
            let past = TestProject.past(for: checks)
            let fused = try await TestProject.run(checks, on: database, settings: plain, window: window, past: past)
            let optimised = try await TestProject.run(checks, on: database, settings: eager, window: window, past: past)
            for (index, check) in checks.enumerated() {
                let comment: Comment = "seed \(seed), \(eager.optimisations): \(check.definition)"
                func alone(_ settings: AuditSettings) async throws -> Finding {
                    let results = try await TestProject.run(
                        [check], on: database, settings: settings, window: window, past: past)
                    return Finding(results[0])
                }
                let (plainAlone, optimisedAlone) = (try await alone(plain), try await alone(eager))
                #expect(Finding(fused[index]) == plainAlone, comment)
                #expect(Finding(optimised[index]) == optimisedAlone, comment)
                // Where costs are ignored a sample is taken of the smallest table, too.
                if check.sample == nil { #expect(optimisedAlone == plainAlone, comment) }
                for together in [fused[index], optimised[index]] {
                    #expect(together.rows.problem == nil, comment)
                    let source = type(of: check.kind).definition.source
                    if together.outcome == .fail, source != .catalog, let failing = together.wantedFailing {
                        #expect(together.rows.keptCount == failing, comment)
                    }
                }
            }
        }
    }

    @Test
    func randomSuitesKnowEveryKind() {
        #expect(Set(KindTemplates.byKind.keys) == Set(KindCatalogue.names))
    }

    /// The test above compares nothing unless every form comes up.
    @Test
    func everyOptimisationIsTakenWhereCostsAreIgnored() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE t AS SELECT i, i % 3 AS g, 'text ' || i % 2 AS t FROM generate_series(1, 300) AS i;
                ANALYZE t
                """)
            let checks = try TestProject.checks(
                "{dataset: t, columns: {g: [{in_range: [0, 2]}], t: [{length: {max: 9}}], i: [unique]}}")
            var settings = AuditSettings(jobs: 1)
            settings.ignoresCosts = true
            let audit = try await Audit.begin(database.settings, checks: checks, settings: settings)
            let taken = Set(audit.plan.scans.flatMap(\.choices).filter(\.isTaken).map(\.optimisation))
            _ = await audit.finish()
            #expect(taken.isSuperset(of: [.grouping, .hashing]))
        }
    }

    /// Where few columns find nothing, more have nothing to find; where they do, more are asked for themselves.
    @Test
    func uniquenessThatFollowsIsTheSameAsAsked() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE t AS SELECT nullif(i, 7) AS i, i % 3 AS g, i % 100 AS h FROM generate_series(1, 200) AS i;
                INSERT INTO t VALUES (NULL, 1, 1); ANALYZE t
                """)
            let checks = try TestProject.checks(
                """
                dataset: t
                checks:
                  - {unique: [i]}
                  - {unique: [i, g]}
                  - {unique: [g]}
                  - {unique: [g, h]}
                  - {unique: [h, g, i]}
                  - {unique: [i], nulls: fail, id: i_nulls}
                  - {unique: [g, i], nulls: fail, id: gi_nulls}
                """)
            var settings = AuditSettings(jobs: 2, usesProofs: false, sampleSize: .max)
            let implied = try await TestProject.run(checks, on: database, settings: settings).map(Finding.init)
            settings.optimisations = []
            let asked = try await TestProject.run(checks, on: database, settings: settings).map(Finding.init)
            #expect(implied == asked)
            #expect(asked.map(\.failing) == [0, 0, 201, 2, 0, 2, 2])
        }
    }
}

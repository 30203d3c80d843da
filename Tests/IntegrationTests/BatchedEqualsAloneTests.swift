import Checks
import ExactJSON
import Execution
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
        var sqlState: String?

        init(_ result: CheckResult) {
            outcome = result.outcome
            failing = result.failing
            total = result.total
            // An age in seconds differs from run to run.
            value = result.check.kind is Fresh ? nil : result.value
            rows = result.rows.sample.map(\.compactText).sorted()
            sqlState = result.failure?.sqlState
        }

        var description: String {
            "\(outcome) \(failing.map(String.init) ?? "-")/\(total.map(String.init) ?? "-") \(value ?? "-") \(sqlState ?? "") rows \(rows)"
        }
    }

    /// Any suite, fused and one check at a time, on any table: the same outcomes, counts and rows.
    @Test(arguments: 1...24)
    func anySuiteGivesTheSameFusedAsAlone(seed: UInt64) async throws {
        try await TestServer.withDatabase { database in
            var random = RandomSuite(seed: seed)
            try await database.execute(random.script())
            let checks = try TestProject.checks(random.suite(checkCount: 14))
            let settings = AuditSettings(jobs: seed % 2 == 0 ? 1 : 3, usesProofs: false, sampleSize: .max)
            let fused = try await TestProject.run(checks, on: database, settings: settings)
            for (check, together) in zip(checks, fused) {
                let alone = try await TestProject.run([check], on: database, settings: settings)[0]
                #expect(Finding(together) == Finding(alone), "seed \(seed): \(check.definition)")
                #expect(together.rows.problem == nil, "seed \(seed): \(check.definition)")
                if together.outcome == .fail, let failing = together.failing {
                    #expect(together.rows.keptCount == failing, "seed \(seed): \(check.definition)")
                }
            }
        }
    }
}

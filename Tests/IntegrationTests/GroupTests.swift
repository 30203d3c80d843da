import Catalog
import Checks
import Execution
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// A check that is judged by group comes to what it comes to for the rows of each group by themselves.
struct GroupTests {
    /// A column may be called what a statement calls one of its own, and the column by which rows are grouped may be the one
    /// that is looked at.
    @Test(arguments: ["g", "i", "mood", "short"])
    func namesOfColumnsClashWithNothing(group: String) async throws {
        try await TestServer.withDatabase { database in
            var random = RandomSuite(seed: 6, namesLikeOurs: true)
            try await database.execute(random.script())
            let checks = try TestProject.checks(random.exhaustiveSuite(groupedBy: group))
            let results = try await TestProject.run(checks, on: database, past: TestProject.past(for: checks))
            for result in results {
                // A name that is ambiguous, there twice or not there at all.
                #expect(
                    !["42702", "42701", "42703"].contains(result.failure?.sqlState),
                    "\(result.check.id): \(result.failure?.message ?? "")")
            }
        }
    }

    /// Checks of every kind, by group and for one group after the other.
    @Test(arguments: [1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31])
    func aGroupIsJudgedAsItsRowsAre(seed: UInt64) async throws {
        try await TestServer.withDatabase { database in
            var random = RandomSuite(seed: seed)
            try await database.execute(random.script())
            let checks = try TestProject.checks(random.suite(checkCount: 14)).filter { check in
                // Per period and per deadline a group without rows in the time is no group.
                type(of: check.kind).definition.allowsGroups && check.sample == nil && !(check.kind is Fresh)
                    && check.kindName != "row_count" && check.kindName != "sequence_without_gaps"
                    // A group is compared with the same group of its baseline, not with all of it.
                    && !check.definition.contains("baseline")
            }
            let settings = AuditSettings(jobs: 2, usesProofs: false, sampleSize: .max)
            for check in checks {
                let name = random.columnName("g")
                let relation = check.dataset.relation.sql
                var grouped = check
                grouped.groupBy = [name]
                let together = try await TestProject.run([grouped], on: database, settings: settings)[0]
                guard let findings = together.groups else {
                    // What cannot be asked of the groups cannot be asked of the rows either.
                    var whole = check
                    whole.groupBy = []
                    let result = try await TestProject.run([whole], on: database, settings: settings)[0]
                    #expect(together.failure != nil && (result.failure != nil), "\(check.definition)")
                    continue
                }
                let filter: SQL = check.filter ?? "true"
                let present = try await database.rows(
                    "SELECT DISTINCT \(identifier: name)::text FROM \(relation) WHERE (\(filter))")
                var counts: [Outcome: Int] = Dictionary(uniqueKeysWithValues: Outcome.allCases.map { ($0, 0) })
                var failing = 0
                for row in present {
                    var one = check
                    one.groupBy = []
                    let isGroup: SQL =
                        row[0].map { "\(identifier: name) = \(SQL(quotedByServer: $0))" }
                        ?? "\(identifier: name) IS NULL"
                    one.filter = check.filter.map { "(\($0)) AND \(isGroup)" } ?? isGroup
                    let alone = try await TestProject.run([one], on: database, settings: settings)[0]
                    counts[alone.outcome, default: 0] += 1
                    failing += alone.failing ?? 0
                }
                #expect(findings.counts == counts, "seed \(seed): \(check.definition)")
                if together.failing != nil { #expect(together.failing == failing, "seed \(seed): \(check.definition)") }
            }
        }
    }
}

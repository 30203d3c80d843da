import Checks
import Execution
import StructuredSQL
import TestSupport
import Testing

/// What cannot be asked of a column is said in words of the check, before the server has to.
struct KindMistakeTests {
    @Test(
        arguments: [
            (
                "{acyclic: {column: i, parent: t}}",
                "column \"t\" is text, \"i\" integer: none is the other's parent"
            ),
            ("{json_schema: {column: i, schema: true}}", "column \"i\" is integer, not json or jsonb"),
            ("{change: {of: {avg: t}, max: 1}}", "column \"t\" is text, not a number"),
        ])
    func wrongTypesAreNamed(check: String, message: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE data (i int, t text)")
            let checks = try TestProject.checks("dataset: data\nchecks: [\(check)]")
            let result = try await TestProject.run(checks, on: database, past: TestProject.past(for: checks))[0]
            #expect(result.outcome == .error && result.failure?.message == message, "\(result.failure?.message ?? "")")
        }
    }

    @Test
    func aColumnThatTheRoleMayNotReadIsNamed() async throws {
        try await TestServer.withDatabase { database in
            let role = "reader_\(database.name)"
            try await database.execute(
                """
                CREATE TABLE data (i int, secret int); CREATE ROLE \(identifier: role) LOGIN;
                GRANT SELECT (i) ON data TO \(identifier: role)
                """)
            let checks = try TestProject.checks(
                "{dataset: data, checks: [{primary_key: secret}, {within_iqr: {column: secret}}, {not_null: secret}, {not_null: i}]}"
            )
            let audit = try await Audit.begin(
                database.settings(role: role), checks: checks, settings: AuditSettings(jobs: 1))
            try await audit.evaluate()
            let results = await audit.finish()
            try await database.execute("DROP OWNED BY \(identifier: role); DROP ROLE \(identifier: role)")
            #expect(results.map(\.outcome) == [.error, .error, .error, .pass])
            for result in results.prefix(3) {
                #expect(result.failure?.sqlState == "42501")
                #expect(result.failure?.message == "permission denied for column \"secret\" of public.data")
            }
        }
    }

    /// Periods of a date and an instant are compared by the suite's clock.
    @Test
    func periodsOfTwoTypesAreCompared() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE data (id int, a date, b timestamptz);
                INSERT INTO data VALUES (1, '2026-01-01', '2026-01-02Z'), (2, '2026-01-02', '2026-01-03Z'), (3, '2026-01-02', NULL)
                """)
            let checks = try TestProject.checks(
                "{dataset: data, time: {column: a, zone: UTC}, checks: [{no_overlaps: {columns: [a, b]}}]}")
            let result = try await TestProject.run(checks, on: database)[0]
            #expect(result.failing == 2, "\(result.failure?.message ?? "")")
        }
    }

    @Test
    func whatRunsRecordIsNotByGroup() {
        #expect {
            _ = try TestProject.checks(
                "{dataset: d, checks: [{psi: {column: x, baseline_run: first, max: 1}, group_by: g}]}")
        } throws: { "\($0)".contains("what runs record is not by group") }
    }

    @Test
    func anEdgeIsANumber() {
        #expect {
            _ = try TestProject.checks(
                "{dataset: d, checks: [{histogram: {column: x, edges: [a], shares: [[0, 1], [0, 1]]}}]}")
        } throws: { "\($0)".hasSuffix("\"a\" is not a number") }
    }
}

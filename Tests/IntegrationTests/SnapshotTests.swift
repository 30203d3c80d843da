import CheckFiles
import Checks
import Execution
import Postgres
import StructuredSQL
import TestSupport
import Testing

struct SnapshotTests {
    /// Takes the rows that a run keeps.
    private actor Kept {
        private(set) var rows: [(check: String, key: String?, violated: [String])] = []

        func append(_ kept: KeptRows) {
            rows += kept.entries.map { (kept.checks[$0.check], kept.text($0.key), kept.violations[$0.violated]) }
        }
    }

    private static let suite = """
        dataset: entries
        key: id
        keep: all
        columns:
          amount: {in_range: {min: 0}}
          parent: {references: entries.id}
        checks:
          - unique: [code]
          - {expect: amount <> -1, id: not_minus_one}
        """

    private static let table: SQL = """
        CREATE TABLE entries (id int, amount int, parent int, code int);
        INSERT INTO entries SELECT i, i % 100 - 1, i, i FROM generate_series(1, 20000) AS i;
        INSERT INTO entries VALUES (20001, 5, -7, 1)
        """

    /// Rows change between counting and fetching, and while both go on; every count must still equal its rows.
    ///
    /// Fails if the snapshot is dropped: after the first pass every check has more failing rows than it counted.
    @Test(arguments: [1, 3])
    func countsAndRowsAgreeWhileOthersWrite(jobs: Int) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let settings = AuditSettings(jobs: jobs)
            let audit = try await Audit.begin(
                database.settings, checks: TestProject.checks(Self.suite), settings: settings)
            let writer = Task {
                let connection = try await Connection.open(database.settings)
                var next = 100_000
                // Ends with the insert that the cancellation hits.
                while (try? await connection.rows("INSERT INTO entries VALUES (\(bind: next), -1, -1, 1)")) != nil {
                    next += 1
                }
                await connection.close()
                return next - 100_000
            }
            try await Task.sleep(for: .milliseconds(50))
            try await audit.evaluate()
            try await database.execute("INSERT INTO entries SELECT -i, -1, -1, 1 FROM generate_series(1, 500) AS i")
            let kept = Kept()
            try await audit.collectRows { await kept.append($0) }
            let results = await audit.finish()
            writer.cancel()
            let written = try await writer.value

            #expect(written > 0)
            #expect(results.map(\.failing) == [200, 1, 2, 200])
            for result in results {
                #expect(result.outcome == .fail)
                #expect(result.rows.problem == nil)
                #expect(result.rows.keptCount == result.failing)
                let rows = await kept.rows.filter { $0.check == result.check.id }
                #expect(rows.count == result.failing)
                #expect(rows.allSatisfy { $0.key?.contains(/"id":(-|1\d{5})/) == false })
            }
        }
    }

    @Test
    func everyRowNamesAllTheChecksItViolates() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let audit = try await Audit.begin(
                database.settings, checks: TestProject.checks(Self.suite), settings: .init())
            try await audit.evaluate()
            let kept = Kept()
            try await audit.collectRows { await kept.append($0) }
            _ = await audit.finish()
            let row = try #require(await kept.rows.first { $0.check == "entries.not_minus_one" })
            #expect(row.violated == ["entries.amount.in_range", "entries.not_minus_one"])
            #expect(row.key == "{\"id\":100}")
        }
    }

    /// A custom query that changes settings must not blind the checks after it.
    @Test
    func settingsAUsersSQLChangesAreTakenBack() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE entries (id int, hidden boolean);
                INSERT INTO entries VALUES (1, true), (2, false);
                CREATE FUNCTION sneak() RETURNS text LANGUAGE sql AS $$SELECT set_config('row_security', 'on', true)$$;
                ALTER TABLE entries ENABLE ROW LEVEL SECURITY;
                CREATE POLICY visible ON entries USING (NOT hidden);
                CREATE ROLE \(identifier: "reader_" + database.name) LOGIN;
                GRANT SELECT ON entries TO \(identifier: "reader_" + database.name)
                """)
            let checks = try TestProject.checks(
                files: [
                    .init(
                        path: "a.sql",
                        text: """
                            -- check: sneaky
                            -- dataset: entries
                            SELECT 1 WHERE public.sneak() = 'off'
                            """),
                    .init(path: "b.yaml", text: "dataset: entries\nchecks: [{row_count: 1}, {expect: not hidden}]"),
                ])
            let audit = try await Audit.begin(
                database.settings(role: "reader_" + database.name), checks: checks, settings: AuditSettings(jobs: 1))
            try await audit.evaluate()
            let results = await audit.finish()
            let others = results.filter { $0.check.id != "sneaky" }
            #expect(others.map(\.outcome) == [.error, .error])
            #expect(others.allSatisfy { $0.failure?.sqlState == "42501" })
            #expect(others[0].failure?.hint?.contains("BYPASSRLS") == true)
            try await database.execute(
                "DROP OWNED BY \(identifier: "reader_" + database.name); DROP ROLE \(identifier: "reader_" + database.name)"
            )
        }
    }
}

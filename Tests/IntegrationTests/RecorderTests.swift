import Checks
import Execution
import Postgres
import Results
import StructuredSQL
import TestSupport
import Testing

struct RecorderTests {
    private static let table: SQL = """
        CREATE TABLE entries (id int PRIMARY KEY, note text, email text);
        INSERT INTO entries SELECT i, CASE WHEN i % 3 > 0 THEN E'tab\\t back\\\\ line\\n "q" é' END, 'p' || i || '@example.com'
        FROM generate_series(1, 3000) AS i
        """

    private static let suite = """
        dataset: entries
        pii: {email: hash}
        keep: all
        columns:
          note: [not_null, {length: 3}]
          id: {in_range: {min: 0}}
        checks:
          - {metric: avg(id), fail: value > 5000}
          - {expect: id / 0 > 1, id: broken}
        """

    private func record(id: String, observedAt: Timestamp) -> RunRecord {
        RunRecord(
            id: id, target: "test", server: "PostgreSQL", startedAt: observedAt, observedAt: observedAt, snapshot: .run,
            trigger: .manual, assayVersion: "test", definitionsSHA256: Digest.sha256("x"))
    }

    /// Runs the suite and records it under `id`.
    private func run(_ id: String, on database: TestServer.Database, as settings: ConnectionSettings? = nil)
        async throws
    {
        let audit = try await Audit.begin(database.settings, checks: TestProject.checks(Self.suite), settings: .init())
        let recorder = Recorder(connection: try await Connection.open(settings ?? database.settings), schema: "Led ger")
        let run = record(id: id, observedAt: audit.snapshot.takenAt)
        _ = try await recorder.start(run, database: database.name, role: "r", host: nil)
        try await audit.evaluate()
        try await recorder.record(run) { sink in
            try await audit.collectRows(into: sink)
        } finish: {
            var run = run
            run.results = await audit.conclude()
            return (run, 1)
        }
        _ = await audit.finish()
        await recorder.close()
    }

    private func migrate(_ database: TestServer.Database) async throws -> Int {
        let connection = try await Connection.open(database.settings)
        let steps = try await Migrator(connection: connection, schema: "Led ger").migrate()
        await connection.close()
        return steps.count
    }

    private static let firstRun = "01900000-0000-7000-8000-000000000001"

    @Test
    func everythingOfARunIsThereAndMasked() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            #expect(try await migrate(database) == Migration.all.count)
            #expect(try await migrate(database) == 0)
            try await run(Self.firstRun, on: database)
            let measurements = try await database.rows(
                """
                SELECT check_id, outcome, good, total, value, rows_kept, rows_complete, error ->> 'sqlstate', recorded_at >= observed_at
                FROM "Led ger".measurement ORDER BY check_id
                """)
            #expect(
                measurements.map { $0.cells.prefix(8).map { $0 ?? "-" } } == [
                    ["entries.broken", "error", "-", "-", "-", "0", "t", "22012"],
                    ["entries.id.in_range", "pass", "3000", "3000", "-", "0", "t", "-"],
                    ["entries.metric.avg_id", "pass", "-", "-", "1500.5000000000000000", "0", "t", "-"],
                    ["entries.note.length", "fail", "1000", "3000", "-", "2000", "t", "-"],
                    ["entries.note.not_null", "fail", "2000", "3000", "-", "1000", "t", "-"],
                ])
            #expect(measurements.allSatisfy { $0[8] == "t" })
            // Every kept row is the whole row, byte for byte, but for the masked column.
            let wrong = try await database.rows(
                """
                SELECT count(*), count(*) FILTER (WHERE r.row ->> 'note' IS DISTINCT FROM e.note
                    OR r.row ->> 'email' NOT LIKE 'sha256:%' OR r.key <> jsonb_build_object('id', e.id))
                FROM "Led ger".failing_row AS r JOIN entries AS e ON e.id = (r.row ->> 'id')::int
                """)[0]
            #expect(wrong.cells == ["3000", "0"])
            #expect(try await database.rows("SELECT state FROM \"Led ger\".run_status")[0][0] == "finished")
        }
    }

    @Test
    func writingARunTwiceAddsNothing() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            _ = try await migrate(database)
            let recorder = Recorder(connection: try await Connection.open(database.settings), schema: "Led ger")
            let now = Timestamp(microseconds: 1_790_000_000_000_000)
            var run = record(id: Self.firstRun, observedAt: now)
            let check = try TestProject.checks(Self.suite)[0]
            run.results = [CheckResult(check: check, outcome: .pass)]
            for _ in 1...2 {
                _ = try await recorder.start(run, database: "d", role: "r", host: nil)
                let finished = run
                try await recorder.record(run, rows: { _ in }, finish: { (finished, 0) })
            }
            let count = try await database.rows(
                "SELECT (SELECT count(*) FROM \"Led ger\".measurement), (SELECT count(*) FROM \"Led ger\".run_end)")[0]
            #expect(count.cells == ["1", "1"])
            await recorder.close()
        }
    }

    @Test
    func aRunThatDiedIsMarkedByTheNext() async throws {
        try await TestServer.withDatabase { database in
            _ = try await migrate(database)
            let recorder = Recorder(connection: try await Connection.open(database.settings), schema: "Led ger")
            let now = Timestamp(microseconds: 1_790_000_000_000_000)
            _ = try await recorder.start(
                record(id: Self.firstRun, observedAt: now), database: "d", role: "r", host: nil)
            #expect(try await database.rows("SELECT state FROM \"Led ger\".run_status")[0][0] == "running")
            try await database.execute("UPDATE \"Led ger\".run_lease SET expires_at = now() - interval '1 second'")
            let second = record(id: "01900000-0000-7000-8000-000000000002", observedAt: now)
            #expect(try await recorder.start(second, database: "d", role: "r", host: nil) == 1)
            let states = try await database.rows("SELECT state FROM \"Led ger\".run_status ORDER BY run_id")
            #expect(states.map { $0[0] } == ["abandoned", "running"])
            await recorder.close()
        }
    }

    @Test(arguments: [
        "UPDATE \"Led ger\".measurement SET outcome = 'pass'", "DELETE FROM \"Led ger\".failing_row",
        "DELETE FROM \"Led ger\".run_end", "UPDATE \"Led ger\".definition SET body = 'null'",
        "TRUNCATE \"Led ger\".measurement", "TRUNCATE \"Led ger\".run_end",
    ])
    func factsCannotBeChanged(statement: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            _ = try await migrate(database)
            try await run(Self.firstRun, on: database)
            let error = await #expect(throws: PostgresError.self) {
                try await database.execute(SQL(quotedByServer: statement))
            }
            #expect(error?.sqlState?.rawValue == "23001")
        }
    }

    @Test
    func aMissingSchemaIsSaidBeforeTheScans() async throws {
        try await TestServer.withDatabase { database in
            let recorder = Recorder(connection: try await Connection.open(database.settings), schema: "assay")
            let now = Timestamp(microseconds: 0)
            let error = await #expect(throws: PostgresError.self) {
                try await recorder.start(
                    record(id: Self.firstRun, observedAt: now), database: "d", role: "r", host: nil)
            }
            #expect(error?.hint == "Run \"assay migrate\" once.")
            await recorder.close()
        }
    }

    @Test
    func theScriptForPsqlMakesTheSameSchema() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(SQL(quotedByServer: Migrator.script(schema: "Led ger")))
            #expect(try await migrate(database) == 0)
        }
    }

    @Test
    func historyReadsThemBackOldestFirst() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            _ = try await migrate(database)
            try await run(Self.firstRun, on: database)
            try await database.execute("UPDATE entries SET note = 'abc' WHERE note IS NULL")
            try await run("01900000-0000-7000-8000-000000000002", on: database)
            let connection = try await Connection.open(database.settings)
            let series = try await History(connection: connection, schema: "Led ger").series(
                matching: "entries.note.*", limit: 10)
            #expect(series.map(\.check) == ["entries.note.length", "entries.note.not_null"])
            #expect(series[1].points.map(\.outcome) == [.fail, .pass])
            #expect(series[1].points.map(\.failing) == [1000, 0])
            await connection.close()
        }
    }
}

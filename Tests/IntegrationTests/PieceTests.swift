import Checks
import Execution
import Planning
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// Tables that are read in pieces, while others do to them what they may do.
struct PieceTests {
    /// 2,000 rows on 20 blocks and more; an index to write them anew in the opposite order.
    private static let table: SQL = """
        CREATE TABLE t (id int, amount int, pad text);
        INSERT INTO t SELECT i, i % 10, repeat('x', 60) FROM generate_series(1, 2000) AS i;
        CREATE INDEX backwards ON t ((-id)); ANALYZE t
        """

    private static func settings(jobs: Int = 1) -> AuditSettings {
        var settings = AuditSettings(jobs: jobs, optimisations: [.addresses])
        settings.ignoresCosts = true
        return settings
    }

    private static func isReadInPieces(_ audit: Audit) -> Bool {
        audit.plan.scans.contains { scan in
            scan.choices.contains { $0.optimisation == .addresses && $0.isTaken }
        }
    }

    /// The first piece waits until somebody stands in line to rewrite the table, who then comes before the second.
    @Test
    func aTableWrittenAnewBetweenPiecesIsReadAgain() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            try await database.execute(
                """
                CREATE TABLE before AS SELECT pg_relation_filenode('t') AS file;
                CREATE FUNCTION wait(id int) RETURNS boolean LANGUAGE plpgsql AS $$
                BEGIN
                    WHILE id = 1 AND (SELECT file FROM public.before) = pg_relation_filenode('public.t')
                        AND NOT EXISTS (SELECT FROM pg_locks WHERE relation = 'public.t'::regclass AND NOT granted)
                    LOOP PERFORM pg_sleep(0.01); END LOOP;
                    RETURN true;
                END $$
                """)
            let checks = try TestProject.checks(
                "{dataset: t, key: id, keep: all, checks: [{expect: amount <> 3, id: three}, {expect: public.wait(id), id: w}]}"
            )
            let audit = try await Audit.begin(database.settings, checks: checks, settings: Self.settings())
            #expect(Self.isReadInPieces(audit))
            async let rewriting: Void = database.execute("CLUSTER t USING backwards")
            try await audit.evaluate()
            try await rewriting
            try await audit.collectRows(into: nil)
            let results = await audit.finish()
            #expect(results.map(\.failing) == [200, 0])
            #expect(results.map(\.total) == [2000, 2000])
            #expect(results[0].rows.keptCount == 200)
            #expect(results[0].rows.problem == nil)
        }
    }

    @Test(arguments: ["CLUSTER t USING backwards", "VACUUM FULL t"])
    func rowsAreFoundInATableWrittenAnewSinceTheyWereCounted(rewriting: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let checks = try TestProject.checks(
                "{dataset: t, key: id, keep: all, checks: [{expect: amount <> 3, id: three}, {expect: id > 9, id: low}]}"
            )
            let audit = try await Audit.begin(database.settings, checks: checks, settings: Self.settings(jobs: 3))
            try await audit.evaluate()
            let connection = try await Connection.open(database.settings)
            try await connection.execute(script: SQL(quotedByServer: rewriting))
            await connection.close()
            try await audit.collectRows(into: nil)
            let results = await audit.finish()
            #expect(results.map(\.failing) == [200, 9])
            #expect(results.map(\.rows.keptCount) == [200, 9])
            #expect(results.allSatisfy { $0.rows.problem == nil })
        }
    }

    /// An error in a late piece is the error of its check and of no other.
    @Test(arguments: [1, 3])
    func anErrorInAPieceIsItsChecksError(jobs: Int) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let checks = try TestProject.checks(
                "{dataset: t, checks: [{expect: 1 / (id - 1990) < 2, id: zero}, {expect: amount <> 3, id: three}]}")
            let audit = try await Audit.begin(database.settings, checks: checks, settings: Self.settings(jobs: jobs))
            #expect(Self.isReadInPieces(audit))
            try await audit.evaluate()
            let results = await audit.finish()
            #expect(results.map(\.outcome) == [.error, .fail])
            #expect(results[0].failure?.sqlState == "22012")
            #expect(results[1].failing == 200)
        }
    }

    @Test
    func aLockedTableIsAnError() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            var settings = Self.settings()
            settings.lockTimeout = .milliseconds(50)
            let checks = try TestProject.checks("{dataset: t, checks: [{expect: amount <> 3, id: three}]}")
            let audit = try await Audit.begin(database.settings, checks: checks, settings: settings)
            let other = try await Connection.open(database.settings)
            try await other.execute(script: "BEGIN; LOCK TABLE t")
            try await audit.evaluate()
            let results = await audit.finish()
            await other.close()
            #expect(results[0].failure?.sqlState == "55P03")
        }
    }

    @Test
    func theRunsTimeMayEndBetweenPieces() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            var settings = Self.settings()
            settings.maximumDuration = .milliseconds(400)
            let checks = try TestProject.checks(
                "{dataset: t, checks: [{expect: pg_sleep(0.002) IS NOT NULL, id: slow}, {expect: amount <> 3, id: three}]}"
            )
            let audit = try await Audit.begin(database.settings, checks: checks, settings: settings)
            try await audit.evaluate()
            let results = await audit.finish()
            #expect(results.map(\.outcome) == [.error, .error])
            #expect(results.map(\.failure?.message) == Array(repeating: "the run's time of 400ms is over", count: 2))
        }
    }
}

import CheckFiles
import Checks
import ExactJSON
import Execution
import StructuredSQL
import TestSupport
import Testing

/// Ways in which a check once passed without having been evaluated, each kept as a test.
struct FalsePassTests {
    private static let table: SQL = """
        CREATE TABLE t (id int, email text, at timestamptz);
        INSERT INTO t SELECT i, 'p' || i || '@example.com', '2026-10-31 12:00Z'::timestamptz + i * interval '1 hour'
        FROM generate_series(1, 22) AS i;
        CREATE TABLE empty (id int); CREATE TABLE zero (); CREATE TYPE pair AS (x int, y int)
        """

    private func run(
        _ files: [SourceFile], on database: TestServer.Database, window: (from: String, to: String)? = nil
    ) async throws -> [CheckResult] {
        let audit = try await Audit.begin(
            database.settings, checks: TestProject.checks(files: files), settings: AuditSettings(jobs: 1),
            window: window)
        try await audit.evaluate()
        try await audit.collectRows(into: nil)
        return await audit.finish()
    }

    /// One that is none, or two columns, must not move the results of the ones behind it.
    @Test
    func anExpressionThatIsNotOneColumnMovesNothing() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let suite = """
                dataset: t
                checks:
                  - {metric: "(NULL::public.zero).*", id: none, fail: value > 5}
                  - {metric: count(*), id: count, fail: value > 5}
                  - {metric: "(ROW(1, 2)::public.pair).*", id: two, fail: value > 5}
                  - {metric: "max(0), 0", id: comma, fail: value > 5}
                  - {metric: "generate_series(1, 0)", id: no_row, fail: value > 5}
                  - {metric: "generate_series(1, 9)", id: rows, fail: value > 5}
                  - {metric: id, id: bare, fail: value > 5}
                  - {expect: id < 0, id: all_fail}
                """
            let results = try await run([SourceFile(path: "t.yaml", text: suite)], on: database)
            let errors = ["t.none", "t.two", "t.comma", "t.no_row", "t.rows", "t.bare"]
            for result in results {
                #expect(result.outcome == (errors.contains(result.check.id) ? .error : .fail), "\(result.check.id)")
            }
            #expect(results.first { $0.check.id == "t.count" }?.value == "22")
            #expect(results.last?.failing == 22)
        }
    }

    @Test(arguments: ["count > 0", "percent > 1", "percent >= 100"])
    func aCustomCheckFailsThoughItsDatasetIsEmpty(threshold: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let text = "-- check: c\n-- dataset: empty\n-- fail: \(threshold)\nSELECT * FROM public.t"
            let results = try await run([SourceFile(path: "c.sql", text: text)], on: database)
            #expect(results[0].outcome == .fail)
            #expect(results[0].failing == 22)
        }
    }

    @Test
    func aFeedThatStoppedOrNeverBeganFails() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            try await database.execute(
                """
                CREATE TABLE stopped AS SELECT now() - interval '9 days' AS at; CREATE TABLE never (at timestamptz);
                CREATE TABLE young AS SELECT now() AS at
                """)
            let files = ["stopped", "never", "young"].map { name in
                SourceFile(
                    path: "\(name).yaml", text: "dataset: \(name)\ntime: at\nchecks: [{row_count: {min: 1, per: day}}]")
            }
            let outcomes = try await run(files, on: database).map { ($0.check.dataset.name, $0.outcome) }
            #expect(outcomes.map(\.0) == ["never", "stopped", "young"])
            #expect(outcomes.map(\.1) == [.fail, .fail, .skip])
        }
    }

    @Test
    func periodsOfAWindowAreJudgedFromItsBeginningToItsEnd() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let suite = "dataset: t\ntime: at\nchecks: [{row_count: {min: 1, per: hour}}, {expect: id < 0}]"
            let results = try await run(
                [SourceFile(path: "t.yaml", text: suite)], on: database,
                window: ("2026-10-31 08:00Z", "2026-10-31 20:00Z"))
            // Rows from 13:00 on: 5 of the 12 hours are empty. 7 rows lie in the window.
            #expect(results[0].failing == 5)
            #expect(results[0].total == 12)
            #expect(results[1].failing == 7)
            #expect(results[1].total == 7)
        }
    }

    @Test(arguments: [
        ("2026-10-31", "2026-10-31"), ("2026-11-01", "2026-10-31"), ("-infinity", "infinity"), ("yesterdayish", "now"),
    ])
    func aWindowOfNothingIsRefused(from: String, to: String) async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            await #expect(throws: WindowError.self) {
                _ = try await run(
                    [SourceFile(path: "t.yaml", text: "dataset: t\ntime: at\nchecks: [{expect: id < 0}]")],
                    on: database,
                    window: (from, to))
            }
        }
    }

    @Test
    func personalColumnsAreMaskedWhereverTheyAreRead() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let files = [
                SourceFile(
                    path: "a.yaml", text: "dataset: t\npii: {email: hash}\nchecks: [{expect: id > 21, id: low}]"),
                SourceFile(path: "b.sql", text: "-- check: b\n-- dataset: t\nSELECT * FROM public.t WHERE id = 1"),
                SourceFile(
                    path: "c.sql",
                    text:
                        "-- check: c\n-- dataset: public.t\n-- columns: [id]\nSELECT *, email AS x FROM public.t WHERE id = 1"
                ),
            ]
            let results = try await run(files, on: database)
            for result in results {
                #expect(result.outcome == .fail)
                let text = result.rows.sample.map(\.compactText).joined()
                #expect(!text.isEmpty)
                #expect(!text.contains("@example.com"), "\(result.check.id): \(text)")
            }
            #expect(results[2].rows.sample.map(\.compactText) == [#"{"id":1}"#])
        }
    }

    /// Names that statements of our own use inside; a column may have them too.
    @Test
    func columnsMayHaveAnyName() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE t ("assay:row" text, "assay:rows" int, "assay:count" int, "assay::x" int, "assay:0.0" int);
                INSERT INTO t SELECT 'secret ' || i % 3, i % 2, i % 5, i % 2, i % 2 FROM generate_series(1, 30) AS i;
                ANALYZE t
                """)
            let suite = """
                dataset: t
                pii: {"assay:row": hash}
                columns: {"assay:rows": [{in_range: {max: 0}}], "assay::x": [{in_range: {max: 0}}]}
                checks: [{unique: ["assay:count"]}, {unique: ["assay:count", "assay:rows"], id: both}]
                """
            let query = """
                -- check: q
                -- dataset: t
                SELECT "assay:row", 5 AS x FROM public.t WHERE "assay:rows" = 1
                """
            var settings = AuditSettings(jobs: 1, sampleSize: .max)
            settings.ignoresCosts = true
            let checks = try TestProject.checks(
                files: [SourceFile(path: "t.yaml", text: suite), SourceFile(path: "q.sql", text: query)])
            let results = try await TestProject.run(checks, on: database, settings: settings)
            #expect(results.map(\.failure?.message) == Array(repeating: nil, count: checks.count))
            #expect(Set(results.map(\.failing)) == [15, 30])
            for result in results {
                let rows = result.rows.sample.map(\.compactText)
                #expect(rows.count == result.failing)
                #expect(rows.allSatisfy { $0.contains(#""assay:row":"sha256:"#) && !$0.contains("secret") })
            }
        }
    }
}

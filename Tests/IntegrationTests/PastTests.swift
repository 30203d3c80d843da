import CheckFiles
import Checks
import ExactJSON
import Execution
import Planning
import Postgres
import Results
import StructuredSQL
import TestSupport
import Testing

/// What runs record is what later runs compare with.
struct PastTests {
    /// A results schema in a test's database, and runs that use it as `assay run` does.
    private struct Ledger {
        let database: TestServer.Database
        private(set) var runCount = 0

        init(_ database: TestServer.Database) async throws {
            self.database = database
            let connection = try await Connection.open(database.settings)
            _ = try await Migrator(connection: connection, schema: "assay").migrate()
            await connection.close()
        }

        /// Reads the past, evaluates and records.
        mutating func run(
            _ suite: String, target: String = "main", window: (from: String, to: String)? = nil, slot: String? = nil,
            files: [SourceFile] = []
        ) async throws -> [CheckResult] {
            runCount += 1
            let checks = try TestProject.checks(files: [SourceFile(path: "suite.yaml", text: suite)] + files)
            let connection = try await Connection.open(database.settings)
            let past = try await PastReader(connection: connection, schema: "assay", target: target, database: "d")
                .past(for: checks, windows: window.map { [$0] } ?? [], slot: slot)
            await connection.close()
            let audit = try await Audit.begin(
                database.settings, checks: checks, settings: AuditSettings(jobs: 1, sampleSize: .max), window: window,
                slot: slot, past: { _ in .known(past) })
            var record = RunRecord(
                id: "00000000-0000-7000-8000-" + String(100_000_000_000 + runCount), target: target, server: "test",
                startedAt: audit.snapshot.takenAt, observedAt: audit.snapshot.takenAt, snapshot: .run,
                trigger: .manual, assayVersion: "test", definitionsSHA256: Digest.sha256("x"))
            record.window = window
            record.slot = slot
            record.schemas = audit.schemas
            let recorder = Recorder(connection: try await Connection.open(database.settings), schema: "assay")
            _ = try await recorder.start(record, database: "d", role: "r", host: nil)
            try await audit.evaluate()
            let started = record
            try await recorder.record(started) { sink in
                try await audit.collectRows(into: sink)
            } finish: {
                var run = started
                run.results = await audit.conclude()
                return (run, 0)
            }
            await recorder.close()
            return await audit.finish()
        }

        func mark(_ mark: FeedbackMark, _ check: String, at instant: String? = nil) async throws -> MeasurementPoint? {
            let connection = try await Connection.open(database.settings)
            let marked = try await FeedbackLedger(connection: connection, schema: "assay").mark(
                mark, measurementOf: check, on: nil, run: nil, at: instant, reason: "a test", actor: "tester")
            await connection.close()
            return marked?.point
        }
    }

    private static let table: SQL =
        "CREATE TABLE t (i int, at timestamptz, name text); INSERT INTO t SELECT i FROM generate_series(1, 100) AS i"

    @Test
    func aChangeIsMeasuredFromWhatWasRecordedOnTheSameTarget() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, checks: [{change: {of: row_count, min: -10, max: 10}}]}"
            #expect(try await ledger.run(suite)[0].outcome == .skip)
            try await database.execute("DELETE FROM t WHERE i > 90")
            let less = try await ledger.run(suite)[0]
            #expect(
                less.outcome == .pass && less.value == "-10" && less.metric == "90" && less.expectation?.value == "100")
            try await database.execute("DELETE FROM t WHERE i > 80")
            let least = try await ledger.run(suite)[0]
            #expect(least.outcome == .fail && least.value == "-11.11111111111111", "\(least.value ?? "")")
            // Another target has a past of its own, and a check with another condition measures something else.
            #expect(try await ledger.run(suite, target: "other")[0].outcome == .skip)
            let filtered = "{dataset: t, checks: [{change: {of: row_count, max: 10}, where: i > 5}]}"
            #expect(try await ledger.run(filtered)[0].outcome == .skip)
            // Bounds change nothing about what is measured, and neither does the id.
            let renamed = "{dataset: t, checks: [{id: again, change: {of: row_count, as: difference, equals: 0}}]}"
            let again = try await ledger.run(renamed)[0]
            #expect(again.outcome == .pass && again.value == "0")
        }
    }

    @Test
    func whatAnotherCheckMeasuredCounts() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            var ledger = try await Ledger(database)
            _ = try await ledger.run(
                """
                {dataset: t, columns: {i: [{avg: {min: 0}}], name: [{not_null: {}, fail: count > 100}]},
                 checks: [{row_count: {min: 1}}]}
                """)
            try await database.execute("UPDATE t SET name = 'x' WHERE i <= 40; DELETE FROM t WHERE i = 100")
            let results = try await ledger.run(
                """
                dataset: t
                columns:
                  i: [{change: {of: avg, as: difference, max: 10}}]
                  name:
                    - {change: {of: not_null, as: difference, max: 0}}
                    - {id: share, change: {of: not_null, quantity: percent, as: difference, max: 0}}
                checks: [{change: {of: row_count, as: difference, max: 0}}]
                """)
            #expect(results.map(\.value) == ["-0.5", "-41", "-40.4040404040404", "-1"])
            #expect(results.map(\.outcome) == [.pass, .pass, .pass, .pass])
            #expect(results[1].failing == 59 && results[1].metric == "59")
        }
    }

    @Test
    func rowsThatFailTheMeasuredCheckAreShown() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table + "; UPDATE t SET name = 'x'")
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, key: i, columns: {name: [{change: {of: not_null, as: difference, max: 0}}]}}"
            _ = try await ledger.run(suite)
            try await database.execute("UPDATE t SET name = NULL WHERE i IN (3, 7)")
            let result = try await ledger.run(suite)[0]
            #expect(result.outcome == .fail && result.rows.keptCount == 2)
            #expect(
                result.reason?.hasPrefix("2 fail not_null of name, 2 more than 0") == true, "\(result.reason ?? "")")
        }
    }

    @Test
    func anAnomalyLearnsAndListens() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE t AS SELECT timestamptz '2026-03-01Z' + d * interval '1 day' AS at
                FROM generate_series(0, 19) AS d CROSS JOIN LATERAL generate_series(1, 50 + d % 3) AS i
                """)
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, time: {column: at, zone: UTC}, checks: [{anomaly: {of: row_count}}]}"
            func day(_ number: Int) -> (from: String, to: String) {
                ("2026-03-\(number) 00:00Z", "2026-03-\(number + 1) 00:00Z")
            }
            for number in 1...14 {
                let result = try await ledger.run(suite, window: day(number))[0]
                #expect(result.outcome == .skip && result.reason == "learning: \(number - 1) of 14 measurements")
            }
            #expect(try await ledger.run(suite, window: day(15))[0].outcome == .pass)
            try await database.execute(
                "INSERT INTO t SELECT timestamptz '2026-03-16 12:00Z' FROM generate_series(1, 60)")
            let sale = try await ledger.run(suite, window: day(16))[0]
            #expect(sale.outcome == .fail && sale.metric == "110")
            // A window of another length is something else.
            let week = try await ledger.run(suite, window: ("2026-03-10Z", "2026-03-17Z"))[0]
            #expect(week.reason == "learning: 0 of 14 measurements")
            // Said to be expected, the same is no anomaly any more, and neither is what is like it.
            let point = try await ledger.mark(.expected, "t.anomaly.row_count", at: "2026-03-16Z")
            #expect(point?.metric == "110")
            try await database.execute(
                "INSERT INTO t SELECT timestamptz '2026-03-17 12:00Z' FROM generate_series(1, 59)")
            let after = try await ledger.run(suite, window: day(17))[0]
            #expect(after.outcome == .pass && after.reason?.contains("like one marked expected") == true)
            _ = try await ledger.mark(.withdrawn, "t.anomaly.row_count", at: "2026-03-16Z")
            #expect(try await ledger.run(suite, window: day(17))[0].outcome == .fail)
            #expect(try await ledger.mark(.bad, "t.nothing") == nil)
        }
    }

    @Test
    func whatIsMarkedBadIsLeftOut() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, checks: [{change: {of: row_count, min: -10, max: 10}}]}"
            _ = try await ledger.run(suite)
            try await database.execute("CREATE TABLE kept AS TABLE t; TRUNCATE t; INSERT INTO t VALUES (1)")
            #expect(try await ledger.run(suite)[0].outcome == .fail)
            _ = try await ledger.mark(.bad, "t.change.row_count")
            try await database.execute("INSERT INTO t SELECT * FROM kept")
            let result = try await ledger.run(suite)[0]
            #expect(result.outcome == .pass && result.value == "1")
        }
    }

    @Test
    func theSchemaOfTheLastRunIsRemembered() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, price numeric(10,2), note varchar(20), at date)")
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, checks: [schema_unchanged]}"
            #expect(try await ledger.run(suite)[0].outcome == .skip)
            #expect(try await ledger.run(suite)[0].outcome == .pass)
            try await database.execute(
                """
                ALTER TABLE t DROP COLUMN at, ALTER price TYPE numeric(8,2), ALTER note TYPE varchar(40), ADD added text,
                    DROP CONSTRAINT t_pkey, ALTER id DROP NOT NULL
                """)
            let result = try await ledger.run(suite)[0]
            #expect(result.outcome == .fail && result.failing == 4 && result.total == 5)
            #expect(
                result.rows.sample.map(\.compactText) == [
                    #"{"change":"nullable","column":"id","before":"NOT NULL","after":"NULL"}"#,
                    #"{"change":"narrowed","column":"price","before":"numeric(10,2)","after":"numeric(8,2)"}"#,
                    #"{"change":"dropped","column":"at","before":"date","after":null}"#,
                    #"{"change":"key","column":null,"before":"(id)","after":null}"#,
                ])
            #expect(
                result.reason
                    == "widened note: character varying(20) → character varying(40); added added: text")
            #expect(try await ledger.run(suite)[0].outcome == .pass)
            let versions = try await database.rows("SELECT count(*) FROM assay.relation_version")
            #expect(versions[0][0] == "2")
        }
    }

    @Test
    func aBaselineIsReadFromItsFile() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE t (id int PRIMARY KEY, \"Weird: name\" text)")
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, checks: [{schema_unchanged: baseline}]}"
            let missing = try await ledger.run(suite)[0]
            #expect(missing.outcome == .error && missing.failure?.message.hasSuffix("has no baseline") == true)
            let connection = try await Audit.begin(
                database.settings, checks: TestProject.checks(suite), settings: AuditSettings(jobs: 1))
            let text = connection.schemas["t"]?.baseline(of: "t") ?? ""
            _ = await connection.finish()
            let file = SourceFile(path: "t.baseline.yaml", text: text)
            #expect(try await ledger.run(suite, files: [file])[0].outcome == .pass)
            try await database.execute("ALTER TABLE t ALTER \"Weird: name\" TYPE int USING NULL")
            #expect(try await ledger.run(suite, files: [file])[0].failing == 1)
        }
    }

    /// Against the same comparison with a table: the bins and the numbers in them are the same.
    @Test
    func aRecordedHistogramIsAsGoodAsTheTable() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE t AS SELECT i AS id, sqrt(i)::float8 AS x, i % 7 AS n, 'c' || i % 5 AS c FROM generate_series(1, 500) AS i;
                CREATE TABLE before AS TABLE t
                """)
            var ledger = try await Ledger(database)
            func suite(_ baseline: String) -> String {
                """
                dataset: t
                columns:
                  x: [{psi: {\(baseline), max: 0}}, {chi_square: {\(baseline), bins: 5, min: 1}}]
                  n: [{hellinger: {\(baseline), bins: 0, max: 0}}]
                  c: [{jensen_shannon: {\(baseline), max: 0}}, {no_new_categories: {\(baseline)}}, {no_vanished_categories: {\(baseline)}}]
                """
            }
            #expect(
                try await ledger.run(suite("baseline_run: first")).allSatisfy {
                    $0.outcome == .skip && $0.histogram != nil
                })
            let same = try await ledger.run(suite("baseline_run: first"))
            #expect(same.allSatisfy { $0.outcome == .pass }, "\(same.map { $0.failure?.message ?? $0.value ?? "" })")
            try await database.execute(
                "UPDATE t SET x = x + 3, n = n + 1 WHERE id % 3 = 0; UPDATE t SET c = 'new' WHERE id % 5 = 2")
            let recorded = try await ledger.run(suite("baseline_run: first"))
            let direct = try await TestProject.run(TestProject.checks(suite("baseline: before")), on: database)
            #expect(recorded.map(\.value) == direct.map(\.value))
            #expect(recorded.map(\.failing) == direct.map(\.failing))
            #expect(recorded.map(\.outcome) == Array(repeating: .fail, count: 6))
            #expect(recorded[5].rows.sample.map(\.compactText) == [#"{"value":"c2","rows":100}"#])
            // The previous run saw what is there now.
            let previous = try await ledger.run(suite("baseline_run: previous"))
            #expect(previous.allSatisfy { $0.outcome == .pass })
        }
    }

    @Test
    func whatCannotBeRecordedIsAnError() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                "CREATE TABLE t AS SELECT i, 'v' || i AS v, 'p' AS p FROM generate_series(1, 1001) AS i")
            var ledger = try await Ledger(database)
            let results = try await ledger.run(
                """
                {dataset: t, pii: {p: mask}, columns: {v: [{psi: {baseline_run: first, max: 1}}], p: [{psi: {baseline_run: first, max: 1}}]}}
                """)
            #expect(results.map(\.outcome) == [.error, .error])
            #expect(results[0].failure?.message == "the column has 1001 different values, too many to record")
            #expect(results[1].failure?.message == "column \"p\" is personal: its values cannot be recorded")
        }
    }

    /// Without a look at the past nothing is compared, and nothing passes.
    @Test
    func aPastThatWasNotReadIsAnError() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            let suite = "{dataset: t, checks: [{change: {of: row_count, max: 10}}, {anomaly: {of: row_count}}]}"
            let checks = try TestProject.checks(suite)
            #expect(try await TestProject.run(checks, on: database).map(\.outcome) == [.error, .error])
            let failure = CheckFailure(.plan, "no results")
            let refused = try await TestProject.run(
                checks + TestProject.checks("{dataset: t, checks: [schema_unchanged]}"), on: database,
                past: .unavailable(failure))
            #expect(refused.map(\.failure?.message) == ["no results", "no results", "no results"])
        }
    }

    // MARK: What once passed, or compared with the wrong past

    @Test
    func aNumberBeyondAllNumbersIsAnError() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE t (n numeric); INSERT INTO t VALUES (1)")
            var ledger = try await Ledger(database)
            let suite = """
                dataset: t
                checks:
                  - {id: c, change: {of: {metric: sum(n)}, min: -10}}
                  - {id: a, anomaly: {of: {metric: sum(n)}, direction: down}}
                """
            _ = try await ledger.run(suite)
            try await database.execute("UPDATE t SET n = '1e400'")
            #expect(try await ledger.run(suite).map(\.outcome) == [.error, .error])
        }
    }

    @Test
    func numbersAreSubtractedExactly() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                "CREATE TABLE t (n numeric, i int8); INSERT INTO t VALUES (100000000000000000000, -5)")
            var ledger = try await Ledger(database)
            let suite = """
                dataset: t
                columns:
                  n: [{id: d, change: {of: max, as: difference, equals: 0}}, {id: p, change: {of: max, equals: 0}}]
                  i: [{id: o, change: {of: max, as: difference, max: 0}}]
                """
            _ = try await ledger.run(suite)
            try await database.execute("UPDATE t SET n = n + 1, i = 9223372036854775807")
            let results = try await ledger.run(suite)
            #expect(results.map(\.outcome) == [.fail, .fail, .fail])
            #expect(results.map(\.value) == ["1", "1e-18", "9223372036854775812"])
        }
    }

    @Test
    func aRetryOfASlotAndOtherChecksDoNotHideAChangeOfTheSchema() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE t (a int, b int)")
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, checks: [schema_unchanged]}"
            _ = try await ledger.run(suite, slot: "2026-03-01Z")
            try await database.execute("ALTER TABLE t DROP COLUMN b")
            // Another schedule looks at the same relation.
            _ = try await ledger.run("{dataset: t, checks: [row_count: {min: 0}]}")
            #expect(try await ledger.run(suite, slot: "2026-03-02Z")[0].outcome == .fail)
            #expect(try await ledger.run(suite, slot: "2026-03-02Z")[0].outcome == .fail)
            #expect(try await ledger.run(suite, slot: "2026-03-03Z")[0].outcome == .pass)
        }
    }

    @Test
    func aMomentThatWasMeasuredAgainIsItsNewestMeasurement() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(
                """
                CREATE TABLE t AS SELECT timestamptz '2026-03-01Z' + i * interval '2 hours' AS at FROM generate_series(0, 35) AS i
                """)
            var ledger = try await Ledger(database)
            let suite =
                "{dataset: t, time: {column: at, zone: UTC}, checks: [{change: {of: row_count, min: -10, max: 10}}]}"
            func day(_ number: Int) -> (from: String, to: String) {
                ("2026-03-0\(number) 00:00Z", "2026-03-0\(number + 1) 00:00Z")
            }
            try await database.execute("DELETE FROM t WHERE at >= '2026-03-02Z' AND at < '2026-03-02 20:00Z'")
            _ = try await ledger.run(suite, window: day(1))
            _ = try await ledger.run(suite, window: day(2))
            _ = try await ledger.mark(.bad, "t.change.row_count", at: "2026-03-02")
            // Left out, the day before is what it is compared with; repaired, it is itself.
            #expect(try await ledger.run(suite, window: day(3))[0].expectation?.value == "12")
            try await database.execute("INSERT INTO t SELECT timestamptz '2026-03-02Z' FROM generate_series(1, 9)")
            _ = try await ledger.run(suite, window: day(2))
            #expect(try await ledger.run(suite, window: day(3))[0].expectation?.value == "11")
            // What was said of an older measurement of the same day can be taken back.
            _ = try await ledger.mark(.expected, "t.change.row_count", at: "2026-03-02")
            _ = try await ledger.run(suite, window: day(2))
            _ = try await ledger.mark(.withdrawn, "t.change.row_count", at: "2026-03-02")
            let checks = try TestProject.checks(suite)
            let connection = try await Connection.open(database.settings)
            let past = try await PastReader(connection: connection, schema: "assay", target: "main", database: "d")
                .past(for: checks, windows: [day(3)], slot: nil)
            await connection.close()
            #expect(past["t.change.row_count"]?.measurements.map(\.mark) == [nil, nil, nil])
        }
    }

    @Test
    func windowsOfOneLengthAreCompared() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE t AS SELECT timestamptz '2026-01-01Z' AS at")
            var ledger = try await Ledger(database)
            let suite =
                "{dataset: t, time: {column: at, zone: Europe/Berlin}, checks: [{change: {of: row_count, as: difference, max: 0}}]}"
            func isKnown(_ from: String, _ to: String) async throws -> Bool {
                try await ledger.run(suite, window: (from, to))[0].outcome != .skip
            }
            #expect(try await !isKnown("2026-03-01 00:00+01", "2026-03-05 00:00+01"))
            #expect(try await !isKnown("2026-03-05 00:00+01", "2026-03-10 00:00+01"))
            #expect(try await !isKnown("2026-03-27 00:00+01", "2026-03-28 00:00+01"))
            #expect(try await !isKnown("2026-03-28 00:00+01", "2026-03-28 20:00+01"))
            // A day of 23 hours is a day, and months are months.
            #expect(try await isKnown("2026-03-29 00:00+01", "2026-03-30 00:00+02"))
            #expect(try await !isKnown("2026-01-01 00:00+01", "2026-02-01 00:00+01"))
            #expect(try await isKnown("2026-02-01 00:00+01", "2026-03-01 00:00+01"))
            #expect(try await isKnown("2026-03-01 00:00+01", "2026-04-01 00:00+02"))
            #expect(try await !isKnown("2026-04-02 00:00+02", "2026-05-05 00:00+02"))
        }
    }

    @Test
    func aMeasurementLongAgoIsFoundAmongMany() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.table)
            var ledger = try await Ledger(database)
            let suite = "{dataset: t, checks: [{change: {of: row_count, days_ago: 30, max: 0}}]}"
            _ = try await ledger.run(suite, slot: "2026-01-01Z")
            try await database.execute(
                """
                INSERT INTO assay.run SELECT gen_random_uuid(), target, server, database, role, trigger,
                    timestamptz '2026-01-03Z' + i * interval '1 minute', NULL, NULL, snapshot, observed_at, assay_version, NULL, definitions_sha256, host
                FROM assay.run, generate_series(1, 25000) AS i;
                INSERT INTO assay.measurement (run_id, check_id, definition_id, dataset, kind, columns, outcome, severity, dimension, tags, trigger, slot, observed_at, finished_at, metric)
                SELECT r.run_id, m.check_id, m.definition_id, m.dataset, m.kind, m.columns, m.outcome, m.severity, m.dimension, m.tags, m.trigger, r.slot, m.observed_at, m.finished_at, 7
                FROM assay.measurement AS m, assay.run AS r WHERE r.slot > '2026-01-02Z'
                """)
            let result = try await ledger.run(suite, slot: "2026-01-31 00:30Z")[0]
            #expect(result.outcome == .pass && result.expectation?.value == "100", "\(result.reason ?? "")")
        }
    }

    @Test
    func anEmptyRunIsNoBaseline() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute("CREATE TABLE t (x int[], c text, b bit(3))")
            var ledger = try await Ledger(database)
            let suite = """
                dataset: t
                columns:
                  x: [{no_new_categories: {baseline_run: first}}]
                  c: [{psi: {baseline_run: first, min_rows: 3, max: 0.1}}]
                  b: [{no_vanished_categories: {baseline_run: first}}]
                """
            #expect(try await ledger.run(suite).map(\.outcome) == [.skip, .skip, .skip])
            try await database.execute(
                "INSERT INTO t SELECT ARRAY[i % 3, i], 'c' || i % 2, (i % 4)::bit(3) FROM generate_series(1, 8) AS i")
            #expect(try await ledger.run(suite).map(\.outcome) == [.skip, .skip, .skip])
            let same = try await ledger.run(suite)
            #expect(same.map(\.outcome) == [.pass, .pass, .pass], "\(same.map { $0.failure?.message ?? "" })")
            try await database.execute("DELETE FROM t WHERE b = '011'; INSERT INTO t VALUES ('{9}', 'c0', '001')")
            let changed = try await ledger.run(suite)
            #expect(changed[0].rows.sample.map(\.compactText) == [#"{"value":"{9}","rows":1}"#])
            #expect(changed[2].rows.sample.map(\.compactText) == [#"{"value":"011","rows":2}"#])
        }
    }
}

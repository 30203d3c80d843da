import Checks
import Execution
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// What others do to a table after the snapshot was taken, and whether its check still stands.
struct VerificationTests {
    private static let tables: SQL = """
        CREATE TABLE parent AS SELECT i AS id FROM generate_series(1, 9) AS i;
        CREATE TABLE plain AS SELECT i AS id FROM generate_series(1, 50) AS i; CREATE INDEX i ON plain (id);
        CREATE TABLE big AS SELECT id FROM plain; CREATE TABLE spare AS SELECT -i AS id FROM generate_series(1, 50) AS i;
        CREATE TABLE parts (id int) PARTITION BY RANGE (id);
        CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (25);
        CREATE TABLE high PARTITION OF parts FOR VALUES FROM (25) TO (100);
        INSERT INTO parts SELECT id FROM plain;
        CREATE MATERIALIZED VIEW stored AS SELECT id FROM plain;
        CREATE VIEW seen AS SELECT id FROM plain WHERE id > 0;
        CREATE TABLE nothing (id int); CREATE TABLE family (id int); CREATE TABLE child () INHERITS (family);
        INSERT INTO family VALUES (1); INSERT INTO child VALUES (2);
        CREATE SCHEMA other; CREATE TABLE other.plain AS SELECT 1 AS id
        """

    /// The result of a check on a table to which something was done after the snapshot.
    private func result(
        of table: String, after change: String, columns: String = "checks: [{expect: id > 0, id: c}]"
    ) async throws -> CheckResult {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let checks = try TestProject.checks("{dataset: \(table), \(columns)}")
            let audit = try await Audit.begin(database.settings, checks: checks, settings: AuditSettings(jobs: 1))
            let other = try await Connection.open(database.settings)
            for statement in change.split(separator: ";") {
                try await other.execute(script: SQL(quotedByServer: String(statement)))
            }
            await other.close()
            try await audit.evaluate()
            return try #require(await audit.finish().first)
        }
    }

    @Test(arguments: [
        ("plain", "TRUNCATE plain"), ("plain", "TRUNCATE plain; INSERT INTO plain VALUES (-1)"),
        ("big", "ALTER TABLE big ALTER id TYPE bigint"),
        ("plain", "ALTER TABLE plain RENAME TO old; CREATE TABLE plain AS SELECT -1 AS id"),
        ("plain", "ALTER TABLE plain RENAME TO old; ALTER TABLE spare RENAME TO plain"),
        ("plain", "BEGIN; TRUNCATE plain; COPY plain FROM PROGRAM 'echo 1' (FREEZE); COMMIT"),
        ("plain", "ALTER SCHEMA public RENAME TO old; ALTER SCHEMA other RENAME TO public"),
        ("stored", "REFRESH MATERIALIZED VIEW stored"), ("family", "ALTER TABLE child NO INHERIT family"),
        ("plain", "BEGIN; ALTER TABLE plain RENAME id TO was; ALTER TABLE plain ADD id int DEFAULT 1; COMMIT"),
        ("seen", "CREATE OR REPLACE VIEW seen AS SELECT id FROM plain WHERE id > 40"),
        ("parts", "DROP TABLE low"), ("parts", "TRUNCATE low"), ("parts", "ALTER TABLE parts DETACH PARTITION low"),
        ("parts", "TRUNCATE parts"),
        ("seen", "TRUNCATE plain"),
    ])
    func aTableEmptiedDuringTheRunIsNotEvaluated(table: String, change: String) async throws {
        let result = try await result(of: table, after: change)
        #expect(result.outcome == .error)
        #expect(result.failure?.message.contains("while the run was on") == true)
    }

    @Test(arguments: [
        ("plain", "CLUSTER plain USING i"), ("plain", "VACUUM FULL plain"),
        ("plain", "CREATE INDEX ON plain (id); GRANT SELECT ON plain TO PUBLIC"),
        ("parts", "CREATE TABLE newest PARTITION OF parts FOR VALUES FROM (100) TO (200)"),
        ("plain", "VACUUM FULL plain; INSERT INTO plain VALUES (-7)"),
        ("parts", "VACUUM FULL low"), ("seen", "CLUSTER plain USING i"), ("nothing", "TRUNCATE spare"),
        ("plain", "DELETE FROM plain"), ("plain", "ALTER TABLE plain ADD x int DEFAULT 5"),
    ])
    func whatKeepsTheRowsChangesNothing(table: String, change: String) async throws {
        let result = try await result(of: table, after: change)
        #expect(result.outcome == .pass)
        #expect(result.total == (table == "nothing" ? 0 : 50))
    }

    /// What a check lost is no loss to others that divide by the same number of rows.
    @Test
    func anotherChecksParentIsNobodyElsesLoss() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            let checks = try TestProject.checks(
                "{dataset: plain, columns: {id: [not_null, {references: parent.id}, {in_range: [1, 9]}]}}")
            let audit = try await Audit.begin(database.settings, checks: checks, settings: AuditSettings(jobs: 1))
            try await database.execute("TRUNCATE parent")
            try await audit.evaluate()
            let results = await audit.finish()
            #expect(results.map(\.outcome) == [.pass, .error, .fail])
            #expect(results.map(\.total) == [50, nil, 50])
        }
    }

    /// A view may read what the role may not; that is no reason to doubt it.
    @Test
    func aViewOfAPrivateSchemaIsEvaluated() async throws {
        try await TestServer.withDatabase { database in
            let role: SQL = "\(identifier: "reader_" + database.name)"
            try await database.execute(
                """
                CREATE SCHEMA private; CREATE TABLE private.t AS SELECT generate_series(1, 5) AS id;
                CREATE VIEW shown AS SELECT id FROM private.t; CREATE ROLE \(role) LOGIN; GRANT SELECT ON shown TO \(role)
                """)
            let checks = try TestProject.checks("{dataset: shown, checks: [{expect: id > 0, id: c}]}")
            let audit = try await Audit.begin(
                database.settings(role: "reader_" + database.name), checks: checks, settings: AuditSettings(jobs: 1))
            try await audit.evaluate()
            let result = try #require(await audit.finish().first)
            #expect(result.outcome == .pass)
            #expect(result.total == 5)
            try await database.execute("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
    }

    /// One expression fails, so the scan is asked in halves; between them the table is emptied.
    @Test
    func halvesOfAScanSpeakForThemselves() async throws {
        try await TestServer.withDatabase { database in
            try await database.execute(Self.tables)
            try await database.execute(
                """
                CREATE FUNCTION late(id int) RETURNS boolean LANGUAGE plpgsql AS $$
                BEGIN
                    IF id = 1 AND pg_try_advisory_lock(4711) THEN RETURN true; END IF;
                    WHILE id = 1 AND NOT EXISTS (
                        SELECT FROM pg_locks WHERE relation = 'public.plain'::regclass AND NOT granted)
                    LOOP PERFORM pg_sleep(0.01); END LOOP;
                    RETURN true;
                END $$
                """)
            let checks = try TestProject.checks(
                """
                dataset: plain
                checks:
                  - {expect: public.late(id), id: late}
                  - {expect: id > 0, id: one}
                  - {expect: 1 / (id - 50) < 9, id: zero}
                  - {expect: id > 1, id: two}
                """)
            let audit = try await Audit.begin(database.settings, checks: checks, settings: AuditSettings(jobs: 1))
            async let emptying: Void = database.execute("TRUNCATE plain")
            try await audit.evaluate()
            try await emptying
            let results = await audit.finish()
            // Whatever half it was: a check of rows that are gone neither passes nor fails.
            for result in results where result.outcome != .error { #expect(result.total == 50) }
            #expect(results[3].outcome != .pass)
        }
    }

    /// A value may be there without any row.
    @Test(arguments: [
        "{row_count: {max: 50}}", "{metric: 'coalesce(max(id), 5)', fail: value < 5}",
        "{metric: 'coalesce(count(distinct id), 0)', fail: value > 99}",
        "{metric: 'count(distinct id) + 1', fail: value > 99}",
    ])
    func aValueOfAnEmptiedTableIsNone(check: String) async throws {
        let columns = "checks: [\(check)]"
        #expect(try await result(of: "plain", after: "SELECT 1", columns: columns).outcome == .pass)
        #expect(try await result(of: "plain", after: "TRUNCATE plain", columns: columns).outcome == .error)
    }

    /// Its children are no orphans: their parents are only out of sight.
    @Test(arguments: [("SELECT 1", Outcome.fail), ("TRUNCATE parent", .error)])
    func aParentEmptiedDuringTheRunIsNoReasonToFail(change: String, outcome: Outcome) async throws {
        let result = try await result(of: "plain", after: change, columns: "columns: {id: {references: parent.id}}")
        #expect(result.outcome == outcome)
    }
}

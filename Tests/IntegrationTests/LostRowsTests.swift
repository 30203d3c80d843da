import Checks
import Execution
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// A table emptied after the snapshot looks empty to it; an empty table has no failing rows.
struct LostRowsTests {
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
        CREATE TABLE nothing (id int)
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
        ("parts", "TRUNCATE low"), ("parts", "TRUNCATE parts"), ("seen", "TRUNCATE plain"),
    ])
    func aTableEmptiedDuringTheRunIsNotEvaluated(table: String, change: String) async throws {
        let result = try await result(of: table, after: change)
        #expect(result.outcome == .error)
        #expect(result.failure?.message.contains("was emptied or replaced while the run was on") == true)
    }

    @Test(arguments: [
        ("plain", "CLUSTER plain USING i"), ("plain", "VACUUM FULL plain"),
        ("stored", "REFRESH MATERIALIZED VIEW stored"),
        ("parts", "VACUUM FULL low"), ("seen", "CLUSTER plain USING i"), ("nothing", "TRUNCATE spare"),
        ("plain", "DELETE FROM plain"), ("plain", "ALTER TABLE plain ADD x int DEFAULT 5"),
        ("plain", "ALTER TABLE plain RENAME TO old; ALTER TABLE spare RENAME TO plain"),
    ])
    func whatKeepsTheRowsChangesNothing(table: String, change: String) async throws {
        let result = try await result(of: table, after: change)
        #expect(result.outcome == (change.contains("spare RENAME") ? .fail : .pass))
        #expect(result.total == (table == "nothing" ? 0 : 50))
    }

    /// A value may be there without any row.
    @Test(arguments: [
        "{row_count: {max: 50}}", "{metric: 'coalesce(max(id), 5)', fail: value < 5}",
        "{metric: 'coalesce(count(distinct id), 0)', fail: value > 99}",
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

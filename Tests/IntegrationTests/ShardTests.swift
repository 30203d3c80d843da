import Catalog
import Checks
import EmbeddedPostgres
import ExactJSON
import Execution
import Planning
import Postgres
import StructuredSQL
import TestSupport
import Testing

/// Partitions on other servers (postgres_fdw): three real servers, one table.
struct ShardTests {
    private static let suite = """
        dataset: sales
        key: id
        keep: all
        columns:
          id: [not_null, unique]
          region: {accepted_values: [eu, us, local]}
          amount: [{in_range: {min: 0}}, not_null]
        checks:
          - row_count: {min: 1}
          - metric: avg(amount)
            fail: value > 1
          - metric: max(id)
            fail: value > 1
        """

    @Test
    func partitionsOnOtherServersCountTheirOwnRows() async throws {
        try await TestServer.withDatabase { database in
            try await TestServer.withServer { europe in
                try await TestServer.withServer { america in
                    for (server, first) in [(europe, 1), (america, 1001)] {
                        let connection = try await Connection.open(ConnectionSettings(conninfo: server.conninfo()))
                        try await connection.execute(script: Self.shard(from: first))
                        await connection.close()
                    }
                    try await database.execute(Self.table(europe.directory, america.directory))
                    try await check(database)
                }
            }
        }
    }

    private func check(_ database: TestServer.Database) async throws {
        let checks = try TestProject.checks(Self.suite)
        let audit = try await Audit.begin(database.settings, checks: checks, settings: AuditSettings())
        let scan = try #require(audit.plan.scans.first { $0.isShared })
        #expect(scan.partitions.map(\.name) == ["sales_america", "sales_europe", "sales_local"])
        let statement = scan.statement(in: audit.plan)
        let explained = try await database.rows("EXPLAIN (VERBOSE) \(SQL(quotedByServer: statement.literalText))")
        let lines = explained.compactMap { $0[0] }
        // The other servers are asked for counts, and both at once.
        #expect(lines.count { $0.contains("Remote SQL: SELECT") && $0.contains("count(*)") } == 2)
        #expect(lines.count { $0.contains("Async Foreign Scan") } == 2)
        _ = await audit.finish()

        // The server would take all rows of the foreign partitions, and a share of the others.
        let sampled = try TestProject.checks("{dataset: sales, sample: 50, columns: {id: [not_null]}}")
        let refused = try await TestProject.run(sampled, on: database, settings: AuditSettings())
        #expect(refused[0].failure?.message == "a relation with parts on other servers cannot be sampled")

        let pushed = try await TestProject.run(checks, on: database, settings: AuditSettings(sampleSize: .max))
        let plain = try await TestProject.run(
            checks, on: database, settings: AuditSettings(optimisations: [], sampleSize: .max))
        #expect(pushed.map(\.outcome) == [.pass, .fail, .pass, .fail, .fail, .pass, .fail, .fail])
        for (one, other) in zip(pushed, plain) {
            #expect(one.outcome == other.outcome, "\(one.check.id)")
            #expect(one.failing == other.failing, "\(one.check.id)")
            #expect(one.total == other.total, "\(one.check.id)")
            #expect(one.value == other.value, "\(one.check.id)")
            #expect(
                Set(one.rows.sample.map(\.compactText)) == Set(other.rows.sample.map(\.compactText)), "\(one.check.id)")
            #expect(one.rows.problem == nil, "\(one.check.id)")
        }
        #expect(pushed[3].failing == 20)
        #expect(pushed[4].failing == 10)
        #expect(pushed[5].value == "2001")
    }

    private static func shard(from first: Int) -> SQL {
        """
        CREATE TABLE sales (id int, region text, amount numeric(10,2));
        INSERT INTO sales SELECT i, CASE WHEN \(bind: first)::int = 1 THEN 'eu' ELSE 'us' END,
            CASE i % 100 WHEN 0 THEN -1 WHEN 7 THEN NULL ELSE i END::numeric(10,2)
        FROM generate_series(\(bind: first)::int, \(bind: first)::int + 999) AS i WHERE i % 200 <> 7
        """
    }

    private static func table(_ europe: String, _ america: String) -> SQL {
        """
        CREATE EXTENSION postgres_fdw;
        CREATE TABLE sales (id int, region text, amount numeric(10,2)) PARTITION BY LIST (region);
        CREATE TABLE sales_local PARTITION OF sales FOR VALUES IN ('local');
        INSERT INTO sales SELECT i, 'local', i FROM generate_series(2001, 2010) AS i;
        INSERT INTO sales VALUES (2010, 'local', 1);
        CREATE SERVER europe FOREIGN DATA WRAPPER postgres_fdw
            OPTIONS (host \(bind: europe), dbname 'postgres', async_capable 'true');
        CREATE SERVER america FOREIGN DATA WRAPPER postgres_fdw
            OPTIONS (host \(bind: america), dbname 'postgres', async_capable 'true');
        CREATE USER MAPPING FOR postgres SERVER europe OPTIONS (user 'postgres');
        CREATE USER MAPPING FOR postgres SERVER america OPTIONS (user 'postgres');
        CREATE FOREIGN TABLE sales_europe PARTITION OF sales FOR VALUES IN ('eu')
            SERVER europe OPTIONS (table_name 'sales');
        CREATE FOREIGN TABLE sales_america PARTITION OF sales FOR VALUES IN ('us')
            SERVER america OPTIONS (table_name 'sales')
        """
    }
}
